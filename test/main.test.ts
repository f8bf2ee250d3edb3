import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { healthy, poor } from "./support/repositories.ts";
import { startTestBed, type TestBed } from "./support/running-server.ts";

let bed: TestBed;
let names = 0;

beforeAll(async () => {
  bed = await startTestBed();
}, 60_000);

afterAll(() => bed.close(), 60_000);

/** A repository with the App installed, new for every test. */
async function newRepository(files = healthy, permissions = {}) {
  const repository = bed.sandbox.createRepository({ owner: "acme", name: `orders-${++names}`, files, permissions });
  await bed.sandbox.install([repository]);
  return repository;
}

type Repository = Awaited<ReturnType<typeof newRepository>>;

const completedRun = (repository: Repository, sha: string) =>
  bed.sandbox.waitFor("a completed check run", () =>
    bed.sandbox.checkRuns(repository, sha).find(({ status }) => status === "completed"),
  );

const comments = (repository: Repository, number = 1) => bed.sandbox.ourComments(repository, number);

/** A pull request in bad order, once it has its comment. */
async function commentedPullRequest(permissions = {}) {
  const repository = await newRepository(healthy, permissions);
  const pull = await bed.sandbox.openPullRequest(repository, {
    title: "Change",
    author: "ada",
    branch: "change",
    files: poor,
  });
  await bed.sandbox.waitFor("a comment", () => comments(repository)[0]);
  await bed.settled();
  return { repository, pull };
}

const reactionsTo = (comment: { reactions: readonly { content: string }[] }) =>
  comment.reactions.map(({ content }) => content);

describe("a pull request", () => {
  test("in bad order gets one check run and one comment", async () => {
    const { repository, pull } = await commentedPullRequest();
    const [run] = bed.sandbox.checkRuns(repository, pull.headSha);
    expect(run).toMatchObject({
      name: "pyready",
      status: "completed",
      conclusion: "failure",
      title: expect.stringMatching(/^Not ready: 1 blocker · \d+$/),
    });
    expect(run?.summary).toContain("documentation/readme-present");
    expect(comments(repository)[0]?.body).toContain("`Dockerfile:2`");
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
    expect(comments(repository)).toHaveLength(1);
  });

  test("in good order gets a check run and silence", async () => {
    const repository = await newRepository(poor);
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: healthy,
    });
    expect(await completedRun(repository, pull.headSha)).toMatchObject({
      conclusion: "success",
      title: expect.stringContaining("Ready"),
    });
    await bed.settled();
    expect(comments(repository)).toEqual([]);
  });

  test("that is mended has its comment edited to one line", async () => {
    const { repository } = await commentedPullRequest();
    await bed.sandbox.push(repository, "change", healthy);
    const comment = await bed.sandbox.waitFor("the edit", () => comments(repository).find(({ edits }) => edits > 0));
    expect(comment.body.split("\n")).toHaveLength(2);
    expect(comments(repository)).toHaveLength(1);
  });

  test("of a fork is read through the base repository", async () => {
    const repository = await newRepository();
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "eve",
      branch: "main",
      files: poor,
      fork: "eve",
    });
    expect(await completedRun(repository, pull.headSha)).toMatchObject({ conclusion: "failure" });
  });

  test("that is a draft gets a check and no comment until it is ready", async () => {
    const repository = await newRepository();
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: poor,
      draft: true,
    });
    await completedRun(repository, pull.headSha);
    await bed.settled();
    expect(comments(repository)).toEqual([]);
    await bed.sandbox.markReady(repository, pull);
    await bed.sandbox.waitFor("the comment", () => comments(repository)[0]);
    await bed.settled();
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  });

  test("of a bot gets a check and no comment", async () => {
    const repository = await newRepository();
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Bump",
      author: "renovate[bot]",
      authorType: "Bot",
      branch: "bump",
      files: poor,
    });
    await completedRun(repository, pull.headSha);
    await bed.settled();
    expect(comments(repository)).toEqual([]);
  });

  test("whose comment a person deleted stays without one, until somebody asks", async () => {
    const { repository, pull } = await commentedPullRequest();
    const [comment] = comments(repository);
    if (comment) bed.sandbox.deleteComment(repository, comment);
    const sha = await bed.sandbox.push(repository, "change", { ...poor, "notes.txt": "x" });
    await completedRun(repository, sha);
    await bed.settled();
    expect(comments(repository)).toEqual([]);
    await bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    await bed.sandbox.waitFor("the comment", () => comments(repository)[0]);
  });

  test("without Python is neutral, and nothing is said", async () => {
    const repository = await newRepository({ "main.go": "package main\n" });
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: { "main.go": "package main // x\n" },
    });
    expect(await completedRun(repository, pull.headSha)).toMatchObject({ conclusion: "neutral" });
    await bed.settled();
    expect(comments(repository)).toEqual([]);
  });

  test("that was closed is left alone", async () => {
    const repository = await newRepository();
    const { deliveries } = bed.sandbox;
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: poor,
      draft: true,
    });
    await completedRun(repository, pull.headSha);
    await bed.sandbox.closePullRequest(repository, pull);
    const opened = deliveries.find(
      ({ event, body }) => event === "pull_request" && body.includes(`"full_name":"acme/${repository.name}"`),
    );
    if (opened) await bed.sandbox.redeliver({ ...opened, guid: randomUUID() });
    await bed.settled();
    expect(comments(repository)).toEqual([]);
  });

  test("whose events come five times is reviewed once", async () => {
    const { repository, pull } = await commentedPullRequest();
    const opened = bed.sandbox.deliveries.filter(
      ({ event, body }) => event === "pull_request" && body.includes(pull.headSha),
    )[0];
    const before = bed.sandbox.requests.length;
    await Promise.all(Array.from({ length: 5 }, async () => opened && bed.sandbox.redeliver(opened)));
    await bed.settled();
    expect(bed.sandbox.requests.length).toBe(before);
    if (opened) await bed.sandbox.redeliver({ ...opened, guid: randomUUID() });
    await bed.settled();
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
    expect(comments(repository)[0]?.edits).toBe(0);
  });
});

describe("/recheck", () => {
  test.each([
    ["the author", "ada", {}],
    ["a person who may write", "grace", { grace: "write" }],
  ])("by %s is seen, done and answered", async (_, login, permissions) => {
    const { repository, pull } = await commentedPullRequest(permissions);
    const command = await bed.sandbox.comment(repository, pull.number, login, "/recheck\nplease");
    await bed.sandbox.waitFor("the answer", () => reactionsTo(command).includes("rocket") || undefined);
    expect(reactionsTo(command)).toEqual(["eyes", "rocket"]);
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  });

  test("by a stranger is refused, once", async () => {
    const { repository, pull } = await commentedPullRequest();
    const first = await bed.sandbox.comment(repository, pull.number, "eve", "/recheck");
    await bed.sandbox.waitFor("the refusal", () => reactionsTo(first)[0]);
    const second = await bed.sandbox.comment(repository, pull.number, "eve", "/recheck");
    await bed.settled();
    expect([reactionsTo(first), reactionsTo(second)]).toEqual([["confused"], []]);
  });

  test.each([
    ["of a bot", "helper[bot]", "Bot" as const, "/recheck"],
    ["in the middle of a text", "ada", "User" as const, "Please /recheck"],
    ["on the second line", "ada", "User" as const, "Thanks!\n/recheck"],
  ])("%s is no command", async (_, login, type, body) => {
    const { repository, pull } = await commentedPullRequest();
    const comment = await bed.sandbox.comment(repository, pull.number, login, body, type);
    await bed.settled();
    expect(comment.reactions).toEqual([]);
  });

  test("on a pull request that was closed is seen and refused", async () => {
    const { repository, pull } = await commentedPullRequest();
    await bed.sandbox.closePullRequest(repository, pull);
    const command = await bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    await bed.sandbox.waitFor("the refusal", () => reactionsTo(command).includes("confused") || undefined);
    expect(reactionsTo(command)).toEqual(["eyes", "confused"]);
  });

  test("a seventh time within the hour is refused", async () => {
    const { repository, pull } = await commentedPullRequest();
    for (let time = 0; time < 6; time++) {
      const command = await bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
      await bed.sandbox.waitFor("the answer", () => reactionsTo(command).includes("rocket") || undefined);
    }
    const seventh = await bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    await bed.sandbox.waitFor("the refusal", () => reactionsTo(seventh)[0]);
    expect(reactionsTo(seventh)).toEqual(["confused"]);
  }, 60_000);
});

describe("other events", () => {
  test("a push to the default branch gets a check run, one elsewhere nothing", async () => {
    const repository = await newRepository();
    const elsewhere = await bed.sandbox.push(repository, "topic", poor);
    const sha = await bed.sandbox.push(repository, "main", poor);
    await completedRun(repository, sha);
    await bed.settled();
    expect(bed.sandbox.checkRuns(repository, elsewhere)).toEqual([]);
  });

  test("a re-run updates the run that is there", async () => {
    const { repository, pull } = await commentedPullRequest();
    const run = await completedRun(repository, pull.headSha);
    const before = run.externalId;
    await bed.sandbox.rerun(repository, run);
    await bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  });

  test("a re-run of a fork's head, which names no pull request, finds it", async () => {
    const repository = await newRepository();
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "eve",
      branch: "main",
      files: poor,
      fork: "eve",
    });
    const run = await completedRun(repository, pull.headSha);
    const before = run.externalId;
    await bed.sandbox.rerunSuite(repository, pull.headSha, null);
    await bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
  });

  test("a merge group gets a check on its head, so that the queue goes on", async () => {
    const repository = await newRepository();
    const sha = await bed.sandbox.requestMergeGroup(repository, healthy);
    expect(await completedRun(repository, sha)).toMatchObject({ conclusion: "success" });
  });

  test("an App that was uninstalled is done with its work", async () => {
    const repository = await newRepository();
    await bed.sandbox.uninstall(repository);
    await bed.settled();
  });
});

describe("what goes wrong", () => {
  test("a head that cannot be read yet is tried again", async () => {
    bed.sandbox.fault({ method: "GET", path: /orders-\d+\/git\/trees/, effect: { status: 404 } });
    const repository = await newRepository();
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: poor,
    });
    await completedRun(repository, pull.headSha);
  });

  test.each([
    ["check run", "POST", /check-runs$/],
    ["comment", "POST", /issues\/\d+\/comments$/],
  ])("a %s whose answer was lost is not written twice", async (_, method, path) => {
    const repository = await newRepository();
    bed.sandbox.fault({ method, path, effect: "reset after commit" });
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: poor,
    });
    await bed.sandbox.waitFor("the comment", () => comments(repository)[0]);
    await bed.settled();
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
    expect(comments(repository)).toHaveLength(1);
  });

  test.each([
    ["a limit when a token is minted is waited out", 403, "You have exceeded a secondary rate limit"],
    ["a fault when a token is minted is waited out", 502, "Server Error"],
  ])("%s", async (_, status, message) => {
    bed.sandbox.fault({
      method: "POST",
      path: /access_tokens$/,
      effect: { status, body: JSON.stringify({ message }) },
    });
    const repository = await newRepository();
    const sha = await bed.sandbox.push(repository, "main", poor);
    await completedRun(repository, sha);
  });

  test("a permission that was not granted is not asked for", async () => {
    const repository = bed.sandbox.createRepository({ owner: "acme", name: `orders-${++names}`, files: healthy });
    await bed.sandbox.install([repository], { contents: "read", metadata: "read", checks: "write" });
    const sha = await bed.sandbox.push(repository, "main", { ...healthy, "x.py": "" });
    await completedRun(repository, sha);
  });
});

describe("what a review costs", () => {
  /** Requests by kind since a point in the log, minting of tokens not counted. */
  const costsSince = (start: number) => {
    const made = bed.sandbox.requests.slice(start).filter(({ kind }) => kind !== "token");
    return {
      rest: made.filter(({ kind }) => kind === "rest").length,
      graphql: made.filter(({ kind }) => kind === "graphql").length,
    };
  };
  const median = {
    ...poor,
    ...Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [
        `.github/workflows/ci-${index}.yml`,
        `on: push\njobs:\n  a:\n    steps:\n      - run: echo ${index}\n`,
      ]),
    ),
    ...Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [
        `k8s/service-${index}.yaml`,
        `apiVersion: v1\nkind: Service\nmetadata: {name: a${index}}\n`,
      ]),
    ),
  };

  test("cold at most 8 REST and 2 GraphQL requests, after a change of one file at most 5", async () => {
    const repository = await newRepository();
    const cold = bed.sandbox.requests.length;
    await bed.sandbox.openPullRequest(repository, { title: "Change", author: "ada", branch: "change", files: median });
    const comment = await bed.sandbox.waitFor("the comment", () => comments(repository)[0]);
    await bed.settled();
    const { rest, graphql } = costsSince(cold);
    expect(rest).toBeLessThanOrEqual(8);
    expect(graphql).toBeLessThanOrEqual(2);
    const warm = bed.sandbox.requests.length;
    await bed.sandbox.push(repository, "change", { ...median, "README.md": "# Orders\n\nShort.\n" });
    await bed.sandbox.waitFor("the edit", () => (comment.edits > 0 ? comment : undefined));
    await bed.settled();
    const after = costsSince(warm);
    expect(after.rest + after.graphql).toBeLessThanOrEqual(5);
  });

  test("with 1,300 files to read at most 14 in all", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1300 }, (_, index) => [`requirements/team-${index}.txt`, `package${index}==1.0\n`]),
    );
    const repository = await newRepository();
    const start = bed.sandbox.requests.length;
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: { ...healthy, ...files },
    });
    const run = await completedRun(repository, pull.headSha);
    await bed.settled();
    expect(run.summary).toMatch(/13\d\d files read/);
    const made = bed.sandbox.requests.slice(start).filter(({ kind }) => kind !== "token");
    expect(made.length).toBeLessThanOrEqual(14);
  }, 60_000);
});

describe("the door", () => {
  const PATH = "/api/github/webhooks";
  const sign = (body: string) =>
    `sha256=${createHmac("sha256", bed.sandbox.app.webhookSecret).update(body).digest("hex")}`;
  const send = (body: string, headers: Record<string, string>) =>
    fetch(bed.url + PATH, { method: "POST", body, headers });
  const JSON_TYPE = { "content-type": "application/json", "x-github-event": "ping" };

  test.each<[number, string, () => Promise<Response>]>([
    [401, "without a signature", () => send("{}", { ...JSON_TYPE, "x-github-delivery": "1" })],
    [
      401,
      "with a wrong signature",
      () => send("{}", { ...JSON_TYPE, "x-github-delivery": "1", "x-hub-signature-256": sign("{ }") }),
    ],
    [
      401,
      "with SHA-1 alone",
      () => send("{}", { ...JSON_TYPE, "x-github-delivery": "1", "x-hub-signature": "sha1=00" }),
    ],
    [
      415,
      "with another content type",
      () => send("{}", { "content-type": "text/plain", "x-hub-signature-256": sign("{}") }),
    ],
    [
      400,
      "that is signed and no JSON",
      () => send("{", { ...JSON_TYPE, "x-github-delivery": "1", "x-hub-signature-256": sign("{") }),
    ],
    [400, "without a delivery's id", () => send("{}", { ...JSON_TYPE, "x-hub-signature-256": sign("{}") })],
    [
      202,
      "with an unknown event",
      () =>
        send("{}", {
          ...JSON_TYPE,
          "x-github-event": "unheard_of",
          "x-github-delivery": "2",
          "x-hub-signature-256": sign("{}"),
        }),
    ],
    [
      202,
      "whose body is JSON and no object",
      () =>
        send("[]", {
          ...JSON_TYPE,
          "x-github-event": "push",
          "x-github-delivery": "3",
          "x-hub-signature-256": sign("[]"),
        }),
    ],
    [405, "by GET", () => fetch(bed.url + PATH)],
    [404, "to another path", () => fetch(`${bed.url}/probot`)],
    [200, "for its health", () => fetch(`${bed.url}/healthz`)],
    [200, "for its readiness", () => fetch(`${bed.url}/readyz`)],
  ])("answers %d to a request %s", async (status, _, ask) => {
    expect((await ask()).status).toBe(status);
  });

  test("refuses 200 MB at once and keeps little of them", async () => {
    const before = process.memoryUsage().rss;
    const answered = await new Promise<number | string>((resolve) => {
      const sending = request(bed.url + PATH, {
        method: "POST",
        headers: { ...JSON_TYPE, "transfer-encoding": "chunked" },
      });
      let sent = 0;
      let isOver = false;
      const chunk = Buffer.alloc(1_000_000);
      const more = (): void => {
        if (!isOver && sent++ < 200) sending.write(chunk, more);
      };
      sending.on("response", ({ statusCode }) => {
        isOver = true;
        resolve(statusCode ?? 0);
      });
      sending.on("error", ({ code }: NodeJS.ErrnoException) => {
        isOver = true;
        resolve(code ?? "");
      });
      more();
    });
    expect(answered).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
  });

  test("refuses what announces too much before it is sent", async () => {
    const status = await new Promise((resolve) => {
      const asking = request(
        bed.url + PATH,
        { method: "POST", headers: { ...JSON_TYPE, "content-length": "200000000" } },
        ({ statusCode }) => resolve(statusCode),
      );
      asking.on("error", () => {});
      asking.flushHeaders();
    });
    expect(status).toBe(413);
  });
});

test("the log holds no secret, no payload and no source", async () => {
  const log = bed.log.join("");
  const tokens = [...bed.sandbox.state.tokens.keys()];
  expect(tokens.length).toBeGreaterThan(0);
  for (const secret of [
    ...tokens,
    bed.sandbox.app.webhookSecret,
    "BEGIN PRIVATE KEY",
    "from fastapi import",
    "WAREHOUSE_TOKEN",
    "sha256=",
  ]) {
    expect(log.includes(secret)).toBe(false);
  }
});
