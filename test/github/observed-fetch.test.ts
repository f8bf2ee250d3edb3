import { describe, expect, test } from "@jest/globals";
import { type GithubAnswer, observedFetch } from "../../src/github/observed-fetch.ts";

const API = "https://github.example.com/api/v3";

async function answersOf(url: string, send: () => Promise<Response>): Promise<readonly GithubAnswer[]> {
  const answers: GithubAnswer[] = [];
  await observedFetch(send, (answer) => answers.push(answer))(url).catch(() => {});
  return answers;
}

describe("of a request is told", () => {
  test.each([
    ["graphql", "https://github.example.com/api/graphql"],
    ["token", `${API}/app/installations/7/access_tokens`],
    ["delivery", `${API}/app/hook/deliveries?per_page=100`],
    ["app", `${API}/app`],
    ["check", `${API}/repos/acme/check-runs/check-runs/5`],
    ["comment", `${API}/repos/acme/orders/issues/1/comments`],
    ["reaction", `${API}/repos/acme/orders/issues/comments/1/reactions`],
    ["pull_request", `${API}/repos/acme/orders/pulls/1`],
    ["tree", `${API}/repos/acme/orders/git/trees/abc?recursive=1`],
    ["blob", `${API}/repos/acme/orders/git/blobs/abc`],
    ["archive", `${API}/repos/acme/orders/tarball/abc`],
    ["permission", `${API}/repos/acme/orders/collaborators/ada/permission`],
    ["other", `${API}/repos/acme/orders`],
  ])("that it is of the kind %s", async (kind, url) => {
    const [answer] = await answersOf(url, async () => new Response("{}", { status: 201 }));
    expect(answer).toEqual({ kind, status: 201, seconds: expect.any(Number) });
  });

  test("what is left of the hour's budget", async () => {
    const headers = {
      ...{ "x-ratelimit-remaining": "12", "x-ratelimit-limit": "5000" },
      ...{ "x-ratelimit-reset": "1700000000", "x-ratelimit-resource": "graphql" },
    };
    const [answer] = await answersOf(API, async () => new Response("{}", { headers }));
    const budget = { resource: "graphql", remaining: 12, limit: 5000, resetAt: 1_700_000_000_000 };
    expect(answer).toMatchObject({ budget });
  });

  test("that no answer came", async () => {
    const [answer] = await answersOf(API, async () => Promise.reject(new TypeError("fetch failed")));
    expect(answer).toEqual({ kind: "other", status: null, seconds: expect.any(Number) });
  });
});
