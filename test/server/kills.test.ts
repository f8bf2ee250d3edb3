import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import type { PullRequest, Repository } from "../sandbox/state.ts";
import { healthy, poor } from "../support/repositories.ts";
import { environmentFor, type ServerProcess, serverProcesses } from "../support/server-process.ts";

const processes = serverProcesses();
let sandbox: Sandbox;
let environment: Readonly<Record<string, string>>;
let server: ServerProcess;

beforeAll(async () => {
  sandbox = await startSandbox();
  environment = { ...environmentFor(sandbox), DATA_DIR: processes.folder() };
  await restart();
}, 60_000);

afterAll(async () => {
  await processes.clear();
  await sandbox?.close();
}, 60_000);

async function restart(): Promise<void> {
  server = processes.start(environment);
  sandbox.setWebhookUrl(`${await server.started}/api/github/webhooks`);
}

/** A request, and whether it took effect. */
type Kill = readonly [method: string, path: RegExp, when: "before" | "after"];

/** What a review of the pull request asks for first. */
const PULL = { method: "GET", path: /\/pulls\/1$/ };

/** Kills the server at the next request of this kind: before it takes effect, or after and before its answer. */
function killAt(repository: Repository, ...[method, path, when]: Kill): void {
  const effect = when === "before" ? "hang" : "reset after commit";
  const installationId = repository.installationId as number;
  sandbox.fault({ method, path, installationId, effect, meanwhile: () => server.child.kill("SIGKILL") });
}

/** The same once the review of the pull request has begun: what an installation brings asks for such things too. */
function killInReview(repository: Repository, ...[method, path, when]: Kill): void {
  const installationId = repository.installationId as number;
  const meanwhile = (): void => killAt(repository, method, path, when);
  sandbox.fault({ ...PULL, installationId, effect: "none", meanwhile });
}

/** A repository whose default branch has its result: what is asked next is asked for its pull request. */
async function judgedRepository(name: string): Promise<Repository> {
  const repository = sandbox.createRepository({ owner: "acme", name, files: healthy });
  await sandbox.install([repository]);
  const head = repository.branches.get("main") ?? "";
  await sandbox.waitFor(
    `the default branch of ${name}`,
    () => sandbox.checkRuns(repository, head).find(({ status }) => status === "completed"),
    30_000,
  );
  return repository;
}

const completed = (repository: Repository, { headSha }: PullRequest) =>
  sandbox.waitFor(
    `a completed run of ${repository.name}`,
    () => sandbox.checkRuns(repository, headSha).find(({ status }) => status === "completed"),
    30_000,
  );
const commented = (repository: Repository) =>
  sandbox.waitFor(`a comment in ${repository.name}`, () => sandbox.ourComments(repository, 1)[0], 30_000);

const CHANGE = { title: "Change", author: "ada", branch: "change", files: poor };

// Ten times in all: each of these twice.
test.each([
  ["when it has taken the review", PULL.method, PULL.path, "before"],
  ["while it reads the files", "POST", /\/graphql$/, "after"],
  ["before the check run is made", "POST", /\/check-runs$/, "before"],
  ["before it learns of the check run that was made", "POST", /\/check-runs$/, "after"],
  ["before it learns of the comment that was made", "POST", /\/issues\/1\/comments$/, "after"],
] as const)(
  "killed %s, it loses nothing and repeats nothing",
  async (step, method, path, when) => {
    const repositories: Repository[] = [];
    for (const round of [1, 2]) {
      const name = `orders-${step.replaceAll(" ", "-")}-${round}`;
      const repository = await judgedRepository(name);
      repositories.push(repository);
      if (path === PULL.path) killAt(repository, method, path, when);
      else killInReview(repository, method, path, when);
      await sandbox.openPullRequest(repository, CHANGE);
      expect(sandbox.deliveries.at(-1)).toMatchObject({ event: "pull_request", statuses: [202] });
      await server.ended;
      await restart();
    }
    for (const repository of repositories) {
      const pull = repository.pulls.get(1) as PullRequest;
      await completed(repository, pull);
      await commented(repository);
      expect(sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
      expect(sandbox.ourComments(repository, 1)).toHaveLength(1);
    }
  },
  120_000,
);

test("killed while it updates what it had published, it ends with the newest", async () => {
  const repository = await judgedRepository("orders-again");
  await sandbox.openPullRequest(repository, CHANGE);
  const comment = await commented(repository);
  killAt(repository, "PATCH", /\/issues\/comments\/\d+$/, "after");
  await sandbox.push(repository, "change", { ...healthy, "src/orders/again.py": "" });
  await server.ended;
  await restart();
  const pull = repository.pulls.get(1) as PullRequest;
  expect(await completed(repository, pull)).toMatchObject({ conclusion: "success" });
  await sandbox.waitFor("a comment of one line", () => comment.body.split("\n").length === 2 || undefined, 30_000);
  expect(sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  expect(sandbox.ourComments(repository, 1)).toEqual([comment]);
}, 60_000);

test("killed while it shows a review as running, it ends what it showed although the head moved on", async () => {
  const repository = await judgedRepository("orders-moved");
  const installationId = repository.installationId as number;
  sandbox.fault({ method: "POST", path: /\/graphql$/, installationId, effect: "hang" });
  const pull = await sandbox.openPullRequest(repository, CHANGE);
  const left = await sandbox.waitFor("a run in progress", () => sandbox.checkRuns(repository, pull.headSha)[0]);
  server.child.kill("SIGKILL");
  await server.ended;
  await restart();
  await sandbox.push(repository, "change", { ...healthy, "src/orders/again.py": "" });
  expect(await completed(repository, pull)).toMatchObject({ conclusion: "success" });
  expect(left).toMatchObject({ status: "completed", conclusion: "cancelled" });
}, 60_000);
