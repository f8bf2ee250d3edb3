import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { sandboxClient } from "../support/sandbox-client.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import type { PullRequest, Repository } from "./state.ts";

let sandbox: Sandbox;
let client: ReturnType<typeof sandboxClient>;
let repository: Repository;
let pull: PullRequest;
let token: string;
let names = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = sandboxClient(sandbox);
});

beforeEach(async () => {
  sandbox.state.clockSkewMs = 0;
  repository = sandbox.createRepository({ owner: "acme", name: `shop-${++names}`, files: { "a.py": "" } });
  await sandbox.install([repository]);
  pull = await sandbox.openPullRequest(repository, {
    title: "Add",
    author: "ada",
    branch: "add",
    files: { "b.py": "" },
  });
  token = await client.tokenFor(repository);
});

afterAll(() => sandbox?.close());

const path = (rest = "") => `/repos/${repository.owner.login}/${repository.name}${rest}`;
const read = () => client.ask(token, "GET", path());
const createRun = (at = path()) =>
  client.ask(token, "POST", `${at}/check-runs`, { name: "ready", head_sha: pull.headSha });
const comment = () => client.ask(token, "POST", path("/issues/1/comments"), { body: "Well." });
const mint = () => client.askAsApp("POST", `/app/installations/${repository.installationId}/access_tokens`);

describe("what becomes of a repository", () => {
  test("a new name leads there from the old one, for reads and writes", async () => {
    const old = path();
    await sandbox.rename(repository, `store-${names}`);
    const moved = await fetch(`${sandbox.url}/api/v3${old}`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "manual",
    });
    expect([moved.status, moved.headers.get("location")]).toEqual([
      301,
      `${sandbox.url}/api/v3/repositories/${repository.id}`,
    ]);
    expect((await createRun(old)).status).toBe(201);
    expect(repository.checkRuns).toHaveLength(1);
  });

  test("a new owner without the App takes it out of sight", async () => {
    await sandbox.transfer(repository, "umbrella");
    expect((await read()).status).toBe(404);
  });

  test.each<[string, () => Promise<void>, number, number]>([
    ["archived: read and not written", () => sandbox.archive(repository), 200, 403],
    ["deleted: not there", () => sandbox.deleteRepository(repository), 404, 404],
    ["not selected any more: not there", () => sandbox.deselect(repository), 404, 404],
    ["uninstalled: its tokens are unknown", () => sandbox.uninstall(repository), 401, 401],
    ["suspended: refused", () => sandbox.suspend(repository), 403, 403],
    ["private: as before", () => sandbox.setPrivate(repository, true), 200, 201],
  ])("%s", async (_, happen, reads, writes) => {
    await happen();
    expect([(await read()).status, (await createRun()).status]).toEqual([reads, writes]);
  });

  test("deleted or suspended, an installation mints no tokens, and does again", async () => {
    await sandbox.suspend(repository);
    const refused = await mint();
    expect([refused.status, await refused.text()]).toEqual([403, '{"message":"This installation has been suspended"}']);
    await sandbox.unsuspend(repository);
    expect((await mint()).status).toBe(201);
    const { installationId } = repository;
    await sandbox.uninstall(repository);
    expect((await client.askAsApp("GET", `/app/installations/${installationId}`)).status).toBe(404);
  });
});

describe("a token", () => {
  test("loses a permission that its installation loses, and is told which it needs", async () => {
    await sandbox.grant(repository, { contents: "read", metadata: "read" });
    const refused = await createRun();
    expect([refused.status, refused.headers.get("x-accepted-github-permissions")]).toEqual([403, "checks=write"]);
  });

  test.each([401, 403] as const)("is refused with %d while it is new", async (status) => {
    sandbox.delayTokens(repository, 60_000, status);
    token = await client.tokenFor(repository);
    expect((await read()).status).toBe(status);
    sandbox.state.clockSkewMs = 60_000;
    expect((await read()).status).toBe(200);
  });

  test("is refused when it was revoked, and when its hour is over", async () => {
    sandbox.revokeTokens(repository);
    expect((await read()).status).toBe(401);
    token = await client.tokenFor(repository);
    expect((await read()).status).toBe(200);
    sandbox.state.clockSkewMs = 3_600_000;
    expect((await read()).status).toBe(401);
  });

  test("of the App fits the sandbox's clock, which every answer tells", async () => {
    const statusAt = async (skew: number) => (await client.ask(client.appToken(skew), "GET", "/app")).status;
    expect([await statusAt(0), await statusAt(600), await statusAt(-600)]).toEqual([200, 401, 401]);
    sandbox.state.clockSkewMs = 600_000;
    const { headers } = await client.ask(client.appToken(600), "GET", "/app");
    expect(Date.parse(headers.get("date") ?? "") - Date.now()).toBeGreaterThan(590_000);
  });
});

describe("a new head that is not readable yet", () => {
  const readPull = async () => {
    const response = await client.ask(token, "GET", path("/pulls/1"));
    const { head, updated_at } = (await response.json()) as { head?: { sha: string }; updated_at?: string };
    return { status: response.status, sha: head?.sha, updatedAt: updated_at };
  };

  test("shows the pull request as it was, with the time that it had", async () => {
    const before = await readPull();
    sandbox.lagReads(repository, { requests: 3 });
    sandbox.state.clockSkewMs = 5000;
    const sha = await sandbox.push(repository, "add", { "b.py": "1" });
    expect(await readPull()).toEqual(before);
    expect((await client.ask(token, "GET", path(`/git/trees/${sha}`))).status).toBe(404);
    expect((await client.ask(token, "GET", path(`/commits/${sha}`))).status).toBe(422);
    expect(await readPull()).toMatchObject({ sha, updatedAt: pull.updatedAt });
    expect(pull.updatedAt > (before.updatedAt ?? "")).toBe(true);
  });

  test("or does not show it at all", async () => {
    sandbox.lagReads(repository, { requests: 1, pullRequest: "not found" });
    await sandbox.forcePush(repository, "add", { "c.py": "" });
    expect([(await readPull()).status, (await readPull()).status]).toEqual([404, 200]);
  });
});

describe("a conversation", () => {
  test("that is locked takes no comment", async () => {
    sandbox.lock(pull);
    expect([(await comment()).status, await (await comment()).text()]).toEqual([
      403,
      '{"message":"Unable to create comment because issue is locked."}',
    ]);
  });

  test("takes 2,500 comments and no more", async () => {
    sandbox.fillConversation(repository, 1, 2499);
    expect([(await comment()).status, (await comment()).status]).toEqual([201, 403]);
  });

  test("remembers what a comment was before somebody changed or deleted it", async () => {
    await comment();
    const [ours] = sandbox.ourComments(repository, 1);
    if (!ours) throw new Error("there is no comment");
    await sandbox.editComment(repository, ours, "ada", "Mine now.");
    sandbox.deleteComment(repository, ours);
    expect(sandbox.ourComments(repository, 1)).toEqual([]);
    expect(repository.removedComments.map(({ history }) => history.map(({ body }) => body))).toEqual([
      ["Well.", "Mine now."],
    ]);
  });
});

describe("open heads", () => {
  const HEADS = `query($o: String!, $n: String!) {
    here: repository(owner: $o, name: $n) { ...heads }
    gone: repository(owner: $o, name: "gone") { ...heads }
  }
  fragment heads on Repository {
    nameWithOwner isArchived owner { login }
    defaultBranchRef { name target { oid } }
    pullRequests(states: OPEN, first: 1, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number headRefOid isDraft updatedAt } pageInfo { hasNextPage endCursor }
    }
  }`;

  test("of many repositories come in one answer, beside what is not found", async () => {
    await sandbox.openPullRequest(repository, { title: "B", author: "ada", branch: "b", files: {}, openedAt: 0 });
    const { body } = await client.graphql(token, HEADS, { o: "acme", n: repository.name });
    expect(body.data).toMatchObject({
      gone: null,
      here: {
        nameWithOwner: `acme/${repository.name}`,
        defaultBranchRef: { name: "main", target: { oid: repository.branches.get("main") } },
        pullRequests: {
          nodes: [{ number: 1, headRefOid: pull.headSha, isDraft: false }],
          pageInfo: { hasNextPage: true },
        },
      },
    });
    expect(body.errors).toMatchObject([{ type: "NOT_FOUND" }]);
  });

  test("are listed by REST too, by the permission that it needs", async () => {
    await sandbox.closePullRequest(repository, pull);
    const numbers = async (state: string) => {
      const response = await client.ask(token, "GET", path(`/pulls?state=${state}`));
      return ((await response.json()) as { number: number }[]).map(({ number }) => number);
    };
    expect([await numbers("open"), await numbers("closed")]).toEqual([[], [1]]);
    const narrow = await client.tokenFor(repository, { permissions: { contents: "read" } });
    const { body } = await client.graphql(narrow, HEADS, { o: "acme", n: repository.name });
    expect(body.errors?.map(({ type }) => type)).toContain("FORBIDDEN");
  });

  test("are limited in an answer of 200", async () => {
    sandbox.limits.block(repository.installationId ?? 0, 60_000);
    const { status, headers, body } = await client.graphql(token, HEADS, { o: "acme", n: repository.name });
    expect([status, headers.get("retry-after"), body.errors?.[0]?.type]).toEqual([200, "60", "RATE_LIMITED"]);
    expect(sandbox.requests.at(-1)?.limited?.kind).toBe("secondary");
  });
});

test("the App lists its installations, and an installation its repositories", async () => {
  const installations = (await (await client.askAsApp("GET", "/app/installations?per_page=100")).json()) as {
    id: number;
  }[];
  expect(installations.map(({ id }) => id)).toContain(repository.installationId);
  const listed = await client.ask(token, "GET", "/installation/repositories");
  expect(await listed.json()).toMatchObject({ total_count: 1, repositories: [{ id: repository.id }] });
  const limit = await client.ask(token, "GET", "/rate_limit");
  expect(await limit.json()).toMatchObject({ resources: { core: { limit: 5000 } } });
});
