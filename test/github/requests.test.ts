import { describe, expect, test } from "@jest/globals";
import { repositoryClient } from "../../src/github/repository-client.ts";
import { githubFetch, type Patience } from "../../src/github/requests.ts";
import { type ScriptedAnswer, withScriptedServer } from "../support/scripted-server.ts";

/** Short enough for tests. */
const PATIENCE: Partial<Patience> = { pausesMs: [1, 1], firstByteMs: 1500, totalMs: 5000, archiveMs: 5000 };

const reset: ScriptedAnswer = (response) => response.destroy();
const hang: ScriptedAnswer = () => {};
const GARBLED = { "content-type": "text/html" };

/** What comes of asking once where GitHub answers like this in turn. */
function ask(method: string, answers: readonly ScriptedAnswer[], path = "/repos/acme/orders", patience = {}) {
  return withScriptedServer(answers, async ({ url, requests }) => {
    const fetch = githubFetch({ apiUrl: url, patience: { ...PATIENCE, ...patience } });
    const headers = { accept: "application/vnd.github+json" };
    const outcome = await fetch(url + path, { method, headers }).then(
      async (response) => {
        await response.text();
        return response.status;
      },
      ({ name }: Error) => name,
    );
    return { outcome, requests: requests.length };
  });
}

describe("a read", () => {
  test.each<[string, readonly ScriptedAnswer[], number | string, number]>([
    ["is asked once when it is answered", [200], 200, 1],
    ["is asked again after a passing fault", [502, 200], 200, 2],
    ["is asked again after a lost connection", [reset, reset, 200], 200, 3],
    ["is given up after three times", [500, 503, 504], 504, 3],
    ["is not repeated when GitHub refuses it", [403], 403, 1],
    ["is not repeated when it is not there", [404], 404, 1],
    ["is asked again after a page of HTML that comes with 200", [{ headers: GARBLED, body: "<p>" }, 200], 200, 2],
    ["is asked again after half a JSON document", [{ body: '{"tree": [' }, 200], 200, 2],
    ["is asked again after nothing with 200", [{ body: "" }, 200], 200, 2],
    ["is asked again after JSON that says that it is none", [{ headers: GARBLED }, 200], 200, 2],
    ["fails when what comes is never an answer", [{ body: "" }], "Error", 3],
    ["is asked again when no answer begins", [hang, 200], 200, 2],
  ])("%s", async (_, answers, outcome, requests) => {
    expect(await ask("GET", answers)).toEqual({ outcome, requests });
  });

  test("tells its address, which Octokit asks for when it turns pages", async () => {
    await withScriptedServer([200], async ({ url }) => {
      const response = await githubFetch({ apiUrl: url, patience: PATIENCE })(`${url}/repos?page=2`);
      expect(response.url).toBe(`${url}/repos?page=2`);
    });
  });

  test("by GraphQL is a read", async () => {
    expect(await ask("POST", [502, 200], "/graphql")).toEqual({ outcome: 200, requests: 2 });
  });

  test("is given up after its time, however slowly its bytes arrive", async () => {
    const dribble: ScriptedAnswer = (response) => {
      response.writeHead(200, { "content-type": "application/json" }).write("[");
      const more = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(more));
    };
    const startedAt = performance.now();
    expect((await ask("GET", [dribble], "/repos", { totalMs: 1000 })).outcome).toMatch(/Error/);
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });

  test.each([
    ["an answer", "/repos/acme/orders", { bytes: 100_000 }, 3],
    ["an archive", "/repos/acme/orders/tarball/main", { archiveBytes: 100_000 }, 1],
  ])("keeps no more of %s than it may have", async (_, path, bounds, requests) => {
    let sent = 0;
    const endless: ScriptedAnswer = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        sent += 50_000;
        if (!response.destroyed) response.write("x".repeat(50_000), more);
      };
      more();
    };
    const answer = await ask("GET", [endless], path, bounds).catch(({ name }: Error) => ({ outcome: name, requests }));
    expect(answer).toEqual({ outcome: "Error", requests });
    expect(sent).toBeLessThan(30_000_000);
  });
});

describe("a write", () => {
  test.each<[string, string, ScriptedAnswer, number | string]>([
    ["POST", "whose answer is a fault", 502, 502],
    ["POST", "whose answer was lost", reset, "TypeError"],
    ["POST", "whose answer is no JSON", { status: 201, body: "<p>" }, "Error"],
    ["PATCH", "whose answer is a fault", 500, 500],
    ["PATCH", "whose answer does not come", hang, "Error"],
    ["DELETE", "whose answer was lost", reset, "TypeError"],
  ])("%s %s is not repeated", async (method, _, answer, outcome) => {
    expect(await ask(method, [answer])).toEqual({ outcome, requests: 1 });
  });
});

test("a host whose name is not known is a fault that passes", async () => {
  const client = repositoryClient(
    { apiUrl: "https://api.github.invalid", patience: { pausesMs: [1] } },
    { owner: "acme", name: "orders" },
  );
  await expect(client.repository()).rejects.toMatchObject({ status: 500 });
});

describe("a redirect", () => {
  const to = (location: string, status = 302): ScriptedAnswer => ({ status, headers: { location } });

  test("within GitHub is followed", async () => {
    expect(await ask("GET", [to("/repositories/1", 301), 200])).toEqual({ outcome: 200, requests: 2 });
  });

  test("keeps a write a write, where it is one of those that say so", async () => {
    await withScriptedServer([to("/repositories/1/check-runs", 307), 201], async ({ url, requests }) => {
      await githubFetch({ apiUrl: url })(`${url}/x`, { method: "POST", body: "{}" });
      expect(requests.map(({ method, body }) => `${method} ${body}`)).toEqual(["POST {}", "POST {}"]);
    });
    expect(await ask("POST", [to("/x", 301)])).toEqual({ outcome: 301, requests: 1 });
  });

  test("that goes in circles ends", async () => {
    expect(await ask("GET", [to("/repos/acme/orders")])).toEqual({ outcome: "Error", requests: 4 });
  });

  test.each(["http://169.254.169.254/latest/meta-data", "http://localhost:1/", "https://github.com.evil.example/"])(
    "to %s is not followed",
    async (address) => {
      expect(await ask("GET", [to(address)])).toEqual({ outcome: "Error", requests: 1 });
    },
  );

  test("is not needed to stay at home: any other address is refused", async () => {
    const fetch = githubFetch({ apiUrl: "https://api.github.example" });
    await expect(fetch("https://evil.example/repos")).rejects.toThrow("away from GitHub");
  });
});
