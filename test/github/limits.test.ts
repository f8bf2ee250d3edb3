import { describe, expect, test } from "@jest/globals";
import { fixedToken } from "../../src/github/credentials.ts";
import { type Limited, NotPermitted } from "../../src/github/failures.ts";
import { repositoryClient } from "../../src/github/repository-client.ts";
import type { RequestBudget } from "../../src/github/request-budget.ts";
import { type ScriptedAnswer, withScriptedServer } from "../support/scripted-server.ts";

const SHA = "a".repeat(40);
const inSeconds = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

/** What the budget is told to hold, and what comes of asking. */
function ask(
  answer: ScriptedAnswer,
  call: (client: ReturnType<typeof repositoryClient>) => Promise<unknown> = (client) => client.repository(),
) {
  return withScriptedServer([answer], async ({ url, requests }) => {
    const held: Limited[] = [];
    const budget: RequestBudget = {
      spend: async () => {},
      learn: () => {},
      hold: async (limit) => {
        held.push(limit);
        return limit;
      },
    };
    const patience = { pausesMs: [1, 1] };
    const client = repositoryClient(
      { apiUrl: url, credentials: fixedToken("ghs_word"), budget, patience },
      { owner: "acme", name: "orders" },
    );
    const error = (await call(client).then(
      () => undefined,
      (caught: unknown) => caught,
    )) as (Error & { status?: number }) | undefined;
    return { error, held, requests: requests.length };
  });
}

/** The kind of limit that is held, whether GitHub left its length open, and its seconds. */
const said = ({ held: [limit] }: { readonly held: readonly Limited[] }) =>
  limit && `${limit.kind}${limit.isGuess ? "?" : ""} ${Math.round((limit.until.getTime() - Date.now()) / 1000)}`;

const message = (text: string) => ({ body: { message: text } });
const graphql = (client: ReturnType<typeof repositoryClient>) => client.reader.blobs([SHA]);
const comment = (client: ReturnType<typeof repositoryClient>) => client.createComment(1, "x");

describe("a limit", () => {
  const spent = () => ({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": inSeconds(3300) });
  test.each<[string, () => ScriptedAnswer, string]>([
    ["of an hour, as 403", () => ({ status: 403, headers: spent() }), "primary 3300"],
    ["of an hour, as 429", () => ({ status: 429, headers: spent() }), "primary 3300"],
    ["of a moment, that tells its length", () => ({ status: 403, headers: { "retry-after": "60" } }), "secondary 60"],
    ["of a moment, as 429", () => ({ status: 429 }), "secondary? 60"],
    [
      "of a moment, in words alone",
      () => ({ status: 403, ...message("You have exceeded a secondary rate limit.") }),
      "secondary? 60",
    ],
    [
      "of a moment, while the hour's budget is spent too",
      () => ({ status: 403, headers: spent(), ...message("You have exceeded a secondary rate limit.") }),
      "secondary? 60",
    ],
    ["of maintenance", () => ({ status: 503, headers: { "retry-after": "3600" } }), "maintenance 3600"],
    [
      "whose end is told as a date",
      () => ({ status: 503, headers: { "retry-after": new Date(Date.now() + 600_000).toUTCString() } }),
      "maintenance 600",
    ],
    ["that would hold for ever", () => ({ status: 429, headers: { "retry-after": "99999999" } }), "secondary 21600"],
    [
      "by GitHub's clock, which is not ours",
      () => ({
        status: 403,
        headers: {
          date: new Date(Date.now() - 600_000).toUTCString(),
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": inSeconds(100 - 600),
        },
      }),
      "primary 100",
    ],
  ])("%s is held, and nothing is asked again", async (_, answer, expected) => {
    const asked = await ask(answer());
    const seconds = Number(expected.split(" ")[1]);
    expect([
      expected,
      expected.replace(/\d+$/, String(seconds - 1)),
      expected.replace(/\d+$/, String(seconds + 1)),
    ]).toContain(said(asked));
    expect(asked).toMatchObject({ error: { status: 429 }, requests: 1 });
  });

  test.each([
    ["type", [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }]],
    ["words", [{ message: "You have exceeded a secondary rate limit" }]],
    ["words that it had before", [{ message: "was submitted too quickly" }]],
  ])("of GraphQL, that comes with 200, is known by its %s", async (_, errors) => {
    const asked = await ask({ body: { data: null, errors } }, graphql);
    expect([said(asked), asked.requests]).toEqual(["secondary? 60", 1]);
  });

  test("of GraphQL for the hour is known by the headers", async () => {
    const errors = [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }];
    expect(said(await ask({ headers: spent(), body: { errors } }, graphql))).toMatch(/^primary (3299|3300)$/);
  });

  test("is a limit of writes, too, which have not happened", async () => {
    const asked = await ask({ status: 403, headers: { "retry-after": "7" } }, comment);
    expect([said(asked), asked.error?.status, asked.requests]).toEqual(["secondary 7", 429, 1]);
  });

  test("is not read out of a file that speaks of one", async () => {
    const text = 'raise Error("rate limit exceeded")  # "errors": [{"type": "RATE_LIMITED"}]\n';
    const body = { data: { repository: { b0: { text, isBinary: false, isTruncated: false } } } };
    expect(await ask({ body }, graphql)).toEqual({ error: undefined, held: [], requests: 1 });
  });
});

describe("what GitHub refuses", () => {
  test("for want of a permission says which, and is not asked again", async () => {
    const headers = { "x-accepted-github-permissions": "issues=write; pull_requests=write" };
    const answer = { status: 403, headers, ...message("Resource not accessible by integration") };
    const { error, requests } = await ask(answer, comment);
    expect(error).toBeInstanceOf(NotPermitted);
    expect(error).toMatchObject({ status: 403, needed: "issues=write; pull_requests=write" });
    expect(requests).toBe(1);
  });

  test.each<[string, string | undefined, number]>([
    ["is not there", "NOT_FOUND", 404],
    ["is not permitted", "FORBIDDEN", 403],
    ["it could not answer", undefined, 502],
  ])("by GraphQL because it %s is told like anything else", async (_, type, status) => {
    const errors = [{ ...(type && { type }), message: "Something" }];
    expect((await ask({ body: { data: { repository: null }, errors } }, graphql)).error).toMatchObject({ status });
  });
});

test("no error tells what was sent or received", async () => {
  const secrets = ["ghs_word", `ghs_42_eyJhbGciOi.eyJpc3Mi.c2ln`, "https://codeload.github.com/x?token=AB", "zzfile"];
  const errors = [{ field: "body", value: "zzfile" }];
  const long = { message: `Bad ${secrets.slice(0, 3).join(" ")} ${"x".repeat(1000)}`, errors };
  for (const answer of [
    { status: 422, body: long },
    { status: 500, body: long },
    { status: 404, body: long },
  ]) {
    const { error } = await ask(answer, (client) => client.createComment(1, "zzfile"));
    const whole = JSON.stringify([
      error,
      error?.message,
      error?.cause,
      Object.getOwnPropertyNames(error).map((name) => (error as unknown as Record<string, unknown>)[name]),
    ]);
    expect(error?.message).toMatch(/^Bad \[token\] \[token\] \[address\]/);
    expect(error?.message.length).toBeLessThanOrEqual(200);
    for (const secret of [...secrets, "acme"]) expect(whole).not.toContain(secret);
  }
});
