import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { githubFetch, type RequestOptions } from "../../src/github/requests.ts";

const API = "https://api.github.example";

beforeAll(() => nock.disableNetConnect());
beforeEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** The statuses (or failures) that GitHub gives in turn, and what comes of asking once. */
async function ask(method: string, path: string, answers: readonly (number | "reset")[], options: RequestOptions = {}) {
  for (const answer of answers) {
    const exchange = nock(API).intercept(path, method);
    if (answer === "reset") exchange.replyWithError("socket hang up");
    else exchange.reply(answer, {});
  }
  let requests = 0;
  const fetch = githubFetch({ pausesMs: [0, 0], onRequest: () => requests++, ...options });
  const outcome = await fetch(API + path, { method }).then(
    ({ status }) => status,
    () => "failed",
  );
  return { outcome, requests };
}

describe("a read", () => {
  test.each<[string, readonly (number | "reset")[], number | "failed", number]>([
    ["is asked once when it is answered", [200], 200, 1],
    ["is asked again after a passing fault", [502, 200], 200, 2],
    ["is asked again after a lost connection", ["reset", "reset", 200], 200, 3],
    ["is given up after three times", [503, 503, 503], 503, 3],
    ["is not repeated when GitHub refuses it", [403], 403, 1],
    ["is not repeated when it is not there", [404], 404, 1],
    ["is not repeated with a token that was good for long", [401], 401, 1],
  ])("%s", async (_, answers, outcome, requests) => {
    expect(await ask("GET", "/repos/acme/orders", answers)).toEqual({ outcome, requests });
  });

  test("is asked again when a fresh token is not known everywhere yet", async () => {
    const options = { tokenMintedAt: Date.now() };
    expect(await ask("GET", "/repos/acme/orders", [401, 200], options)).toEqual({ outcome: 200, requests: 2 });
  });

  test("by GraphQL is a read", async () => {
    expect(await ask("POST", "/graphql", [502, 200])).toEqual({ outcome: 200, requests: 2 });
  });
});

describe("a write", () => {
  test.each<[string, string, number | "reset", number | "failed"]>([
    ["POST", "whose answer is a fault", 502, 502],
    ["POST", "whose answer was lost", "reset", "failed"],
    ["PATCH", "whose answer is a fault", 500, 500],
    ["DELETE", "whose answer was lost", "reset", "failed"],
  ])("%s %s is not repeated", async (method, _, answer, outcome) => {
    expect(await ask(method, "/repos/acme/orders/check-runs", [answer])).toEqual({ outcome, requests: 1 });
  });
});
