import { generateKeyPairSync } from "node:crypto";
import type { ServerResponse } from "node:http";
import { describe, expect, test } from "@jest/globals";
import { type App, createApp } from "../../src/github/app.ts";
import { NotHeld, NotInstalled } from "../../src/github/failures.ts";
import { type ScriptedAnswer, type ScriptedRequest, withScriptedServer } from "../support/scripted-server.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const READ = { contents: "read", metadata: "read" } as const;
const HOUR = 3_600_000;

/** An App of which GitHub answers like this in turn. */
function withApp<Result>(
  answers: readonly ScriptedAnswer[],
  run: (app: App, requests: readonly ScriptedRequest[]) => Promise<Result>,
) {
  return withScriptedServer(answers, async ({ url, requests }) => {
    const connection = { patience: { pausesMs: [1, 1] } };
    const app = await createApp(
      { appId: 7, privateKey, webhookSecret: "secret", apiUrl: url, connection },
      async () => {},
    );
    return run(app, requests);
  });
}

const token = (name: string): ScriptedAnswer => ({ status: 201, body: { token: name } });
const tokens = Array.from({ length: 9 }, (_, index) => token(`t${index + 1}`));
const named = async (credentials: ReturnType<App["credentials"]>) => (await credentials.current()).token;

describe("a token", () => {
  test("is minted for one repository and one purpose, and used again for these alone", async () => {
    await withApp(tokens, async (app, requests) => {
      const read = () => named(app.credentials(1, 10, READ));
      expect([await read(), await read()]).toEqual(["t1", "t1"]);
      expect(await named(app.credentials(1, 11, READ))).toBe("t2");
      expect(await named(app.credentials(1, 10, { checks: "write" }))).toBe("t3");
      expect(await named(app.credentials(2, 10, READ))).toBe("t4");
      expect(await named(app.credentials(1, undefined, READ))).toBe("t5");
      expect(requests.map(({ body }) => (JSON.parse(body) as { repository_ids?: unknown }).repository_ids)).toEqual([
        [10],
        [11],
        [10],
        [10],
        undefined,
      ]);
    });
  });

  test("is minted once for all that ask at a time", async () => {
    await withApp(tokens, async (app) => {
      const asked = Array.from({ length: 5 }, () => named(app.credentials(1, 10, READ)));
      expect(await Promise.all(asked)).toEqual(["t1", "t1", "t1", "t1", "t1"]);
    });
  });

  test("is minted for many repositories at a time: one waits for none of the others", async () => {
    const held: (() => void)[] = [];
    const answeredTogether = (response: ServerResponse): void => {
      held.push(() => response.writeHead(201, { "content-type": "application/json" }).end('{"token":"t"}'));
      if (held.length === 3) for (const answer of held) answer();
    };
    await withApp([answeredTogether], async (app) => {
      const asked = [10, 11, 12].map((repository) => named(app.credentials(1, repository, READ)));
      expect(await Promise.all(asked)).toEqual(["t", "t", "t"]);
    });
  });

  test("that GitHub does not know any more is not used again", async () => {
    await withApp(tokens, async (app) => {
      const credentials = app.credentials(1, 10, READ);
      const first = await credentials.current();
      credentials.discard(first);
      expect(await named(credentials)).toBe("t2");
      credentials.discard(first);
      expect(await named(credentials)).toBe("t2");
    });
  });

  test("of before a change is not used, and one of after it is, whatever the clocks say", async () => {
    await withApp(tokens, async (app) => {
      expect(await named(app.credentials(1, 10, READ))).toBe("t1");
      const changed = app.credentials(1, 10, READ, Date.now() + HOUR);
      expect([await named(changed), await named(changed)]).toEqual(["t2", "t2"]);
      expect(await named(app.credentials(1, 10, READ, Date.now() - HOUR))).toBe("t2");
    });
  });

  test("is asked for again after a passing fault: a second one does no harm", async () => {
    await withApp([502, token("t1")], async (app) => {
      expect(await named(app.credentials(1, 10, READ))).toBe("t1");
    });
  });

  test("asks for no more than was granted", async () => {
    const installation = { body: { id: 1, permissions: { contents: "read", checks: "read" } } };
    await withApp([422, installation, token("t1")], async (app, requests) => {
      expect(await named(app.credentials(1, 10, { contents: "read", checks: "write", pull_requests: "write" }))).toBe(
        "t1",
      );
      expect(JSON.parse(requests[2]?.body ?? "").permissions).toEqual({ contents: "read", checks: "read" });
    });
  });
});

test("a token for a repository by its name is asked for once, and is for it alone", async () => {
  await withApp([token("t1"), 422], async (app, requests) => {
    expect(await named(app.credentials(1, ".github", READ))).toBe("t1");
    expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ repositories: [".github"] });
    await expect(app.credentials(2, ".github", READ).current()).rejects.toBeInstanceOf(NotHeld);
    expect(requests).toHaveLength(2);
  });
});

describe("no token is there", () => {
  const granted = { body: { id: 1, permissions: READ } };
  test.each<[string, readonly ScriptedAnswer[], boolean]>([
    ["of an installation that is deleted", [404], false],
    [
      "of one that is suspended, which may come back",
      [{ status: 403, body: { message: "This installation has been suspended" } }],
      true,
    ],
    ["for a repository that it does not hold any more", [422, granted, 422], false],
  ])("%s", async (_, answers, isSuspended) => {
    await withApp(answers, async (app) => {
      const error: unknown = await named(app.credentials(1, 10, READ)).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(NotInstalled);
      expect(error).toMatchObject({ isSuspended });
    });
  });
});

test("the App's own token is corrected by GitHub's clock where that is another", async () => {
  const there = new Date(Date.now() + 2 * HOUR);
  const message =
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  const tooOld = { status: 401, headers: { date: there.toUTCString() }, body: { message } };
  await withApp([tooOld, { body: { id: 7, slug: "pyready" } }], async (app, requests) => {
    expect(await app.identity()).toEqual({ id: 7, slug: "pyready" });
    const claims = requests.map(({ token: jwt }) => JSON.parse(atob(jwt.split(".")[1] ?? "")) as { exp: number });
    expect(claims.map(({ exp }) => Math.round((exp * 1000 - Date.now()) / HOUR))).toEqual([0, 2]);
  });
});
