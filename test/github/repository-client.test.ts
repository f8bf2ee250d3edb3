import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { fixedToken } from "../../src/github/credentials.ts";
import { repositoryClient } from "../../src/github/repository-client.ts";

const API = "https://api.github.example";
const [FIRST, SECOND, THIRD] = ["a", "b", "c"].map((digit) => digit.repeat(40)) as [string, string, string];

beforeAll(() => nock.disableNetConnect());
beforeEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const client = repositoryClient(
  { apiUrl: API, credentials: fixedToken("ghs_secret") },
  { owner: "acme", name: "orders" },
);
const github = () => nock(API, { reqheaders: { authorization: "token ghs_secret" } });

describe("many blobs in one query", () => {
  test("are asked for by id, and told apart", async () => {
    let asked = "";
    github()
      .post("/graphql", ({ query, variables }) => {
        asked = query;
        return variables.owner === "acme" && variables.name === "orders";
      })
      .reply(200, {
        data: {
          repository: {
            b0: { text: "print()\n", isBinary: false, isTruncated: false },
            b1: { text: null, isBinary: true, isTruncated: false },
            b2: null,
          },
        },
      });
    const answers = await client.reader.blobs([FIRST, SECOND, THIRD]);
    expect(Object.fromEntries(answers)).toEqual({
      [FIRST]: { text: "print()\n", isBinary: false, isTruncated: false },
      [SECOND]: { text: null, isBinary: true, isTruncated: false },
    });
    expect(asked.match(/object\(oid: "[abc]{40}"\)/g)).toHaveLength(3);
  });

  test.each([
    ["names no repository", { data: { repository: null } }],
    ["is a limit that comes with 200", { errors: [{ type: "RATE_LIMITED", message: "limit" }] }],
    ["is no answer of GraphQL", { message: "maintenance" }],
  ])("fail when the answer %s: it never means that files are missing", async (_, answer) => {
    github().post("/graphql").reply(200, answer);
    await expect(client.reader.blobs([FIRST])).rejects.toThrow();
  });

  test("whose id is none are not asked for", async () => {
    await expect(client.reader.blobs(['"){evil}'])).rejects.toThrow("not hexadecimal");
  });
});

describe("a tree", () => {
  test("keeps the modes of links and submodules", async () => {
    github()
      .get(`/repos/acme/orders/git/trees/${FIRST}?recursive=1`)
      .reply(200, {
        truncated: false,
        tree: [
          { path: "a.py", mode: "100644", type: "blob", sha: SECOND, size: 5 },
          { path: "lib", mode: "160000", type: "commit", sha: THIRD },
        ],
      });
    expect(await client.reader.tree(FIRST, true)).toEqual({
      truncated: false,
      entries: [
        { path: "a.py", mode: "100644", sha: SECOND, size: 5 },
        { path: "lib", mode: "160000", sha: THIRD, size: null },
      ],
    });
  });

  test.each([
    ["a page of HTML", "<html>Unicorn!</html>", { "content-type": "text/html" }],
    ["nothing", "", {}],
  ])("that is %s fails, and is never taken for an empty one", async (_, body, headers) => {
    github().get(`/repos/acme/orders/git/trees/${FIRST}?recursive=1`).reply(200, body, headers);
    await expect(client.reader.tree(FIRST, true)).rejects.toThrow();
  });
});

test("a run is found by its external id, among runs of the same name", async () => {
  github()
    .get(`/repos/acme/orders/commits/${FIRST}/check-runs?check_name=pyready&filter=all&per_page=100`)
    .reply(200, {
      total_count: 2,
      check_runs: [
        { id: 1, external_id: "rv_1" },
        { id: 2, external_id: "rv_2" },
      ],
    });
  expect(await client.findCheckRun(FIRST, ["rv_2"], "pyready")).toBe(2);
});

test("of the pull requests of a commit, those count that are open and have it as their head", async () => {
  github()
    .get(`/repos/acme/orders/commits/${FIRST}/pulls`)
    .reply(200, [
      { number: 1, state: "open", head: { sha: FIRST } },
      { number: 2, state: "closed", head: { sha: FIRST } },
      { number: 3, state: "open", head: { sha: SECOND } },
    ]);
  expect(await client.pullRequestsOf(FIRST)).toEqual([1]);
});

describe("where a pull request left its base", () => {
  const pull = { number: 7, headSha: FIRST, baseRef: "release/1.0" };
  const commits = (headRefOid: string) => ({
    headRefOid,
    commits: {
      totalCount: 1,
      nodes: [{ commit: { oid: FIRST, parents: { totalCount: 1, nodes: [{ oid: SECOND }] } } }],
    },
  });
  const blobs = (pullRequest: object) =>
    github()
      .post(
        "/graphql",
        ({ query, variables }) => /pullRequest\(number: \$number\)/.test(query) && variables.number === 7,
      )
      .reply(200, { data: { repository: { b0: null, pullRequest } } });
  const compare = () =>
    github()
      .get(`/repos/acme/orders/compare/release%2F1.0...${FIRST}?per_page=1`)
      .reply(200, { merge_base_commit: { sha: SECOND } });

  test("comes along with the first files that are asked for", async () => {
    client.askMergeBaseAlong(pull);
    blobs(commits(FIRST));
    await client.reader.blobs([THIRD]);
    expect(await client.mergeBase(pull)).toBe(SECOND);
  });

  test("is asked for by itself where it did not, or of another head", async () => {
    client.askMergeBaseAlong(pull);
    blobs(commits(THIRD));
    await client.reader.blobs([THIRD]);
    compare();
    expect(await client.mergeBase(pull)).toBe(SECOND);
  });
});

test("an error carries GitHub's status, and not the token", async () => {
  github().get("/repos/acme/orders").reply(403, { message: "Resource not accessible by integration" });
  const error = await client.repository().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ status: 403 });
  expect(String(error)).not.toContain("ghs_secret");
});
