import { expect, test } from "@jest/globals";
import type { PullRequest, Repository } from "../sandbox/state.ts";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

// One look at the start, and those that events ask for.
const scene = useTestBed({ retryDelaySeconds: 0.05 }, { reconcileSeconds: 3600 });

const headOfMain = ({ branches }: Repository): string => branches.get("main") ?? "";
const runs = (repository: Repository, { headSha }: PullRequest) => scene.bed.sandbox.checkRuns(repository, headSha);
const requestsFor = (installationId: number | null) =>
  scene.bed.sandbox.requests.filter(
    (request) =>
      request.installationId === installationId || request.path.includes(`/installations/${installationId}/`),
  );

/** A repository whose default branch has its result. */
async function judgedRepository(): Promise<Repository> {
  const repository = await scene.newRepository();
  await scene.completedRun(repository, headOfMain(repository));
  await scene.bed.settled();
  return repository;
}

const STEPS = [
  ["asks for the pull request", "GET", /\/pulls\/1$/],
  ["reads the tree", "GET", /\/git\/trees\//],
  ["makes the check run", "POST", /\/check-runs$/],
] as const;

/** Does something while a review of a pull request is at this step; resolves with both done. */
async function during(
  [, method, path]: (typeof STEPS)[number],
  repository: Repository,
  happens: () => Promise<unknown>,
): Promise<PullRequest> {
  const happened = new Promise<unknown>((resolve) => {
    const selection = { method, path, installationId: repository.installationId as number, times: 1 };
    scene.bed.sandbox.on(selection, "before", async () => resolve(await happens()));
  });
  const pull = await scene.openChange(repository);
  await happened;
  return pull;
}

test("an installation has its default branches judged, and its old pull requests left alone", async () => {
  const repository = scene.bed.sandbox.createRepository({ owner: "acme", name: "with-history", files: poor });
  const pull = await scene.openChange(repository, { openedAt: Date.now() - 86_400_000 });
  await scene.bed.sandbox.install([repository]);
  await scene.completedRun(repository, headOfMain(repository));
  await scene.bed.settled();
  expect(runs(repository, pull)).toEqual([]);
  expect(scene.comments(repository)).toEqual([]);
  await scene.bed.sandbox.push(repository, "change", healthy);
  await scene.completedRun(repository, pull.headSha);
});

test.each(STEPS)("fault 27: suspended while the review %s, it waits without a call, and goes on", async (...step) => {
  const repository = await judgedRepository();
  const { installationId } = repository;
  const pull = await during(step, repository, () => scene.bed.sandbox.suspend(repository));
  const atSuspension = scene.bed.sandbox.requests.length;
  // Another installation is served meanwhile.
  const other = await scene.newRepository();
  await scene.completedRun(other, headOfMain(other));
  expect(scene.bed.sandbox.requests.slice(atSuspension).filter((one) => one.installationId === installationId)).toEqual(
    [],
  );
  await scene.bed.sandbox.unsuspend(repository);
  await scene.completedRun(repository, pull.headSha);
  await scene.bed.settled();
  expect(runs(repository, pull).map(({ status }) => status)).toEqual(["completed"]);
});

test("fault 27: what happens while it is suspended is found afterwards", async () => {
  const repository = await judgedRepository();
  const pull = await scene.openChange(repository);
  await scene.completedRun(repository, pull.headSha);
  await scene.bed.sandbox.suspend(repository);
  await scene.bed.sandbox.push(repository, "change", healthy);
  await scene.bed.sandbox.unsuspend(repository);
  await scene.completedRun(repository, pull.headSha);
});

test.each(STEPS)("fault 28: deleted while the review %s, it ends; a new installation starts clean", async (...step) => {
  const repository = await judgedRepository();
  const before = repository.installationId;
  const start = scene.bed.log.length;
  const pull = await during(step, repository, () => scene.bed.sandbox.uninstall(repository));
  await scene.bed.logged(new RegExp(`"installation":${before},.*"kind":"review".*"outcome":"(lost|gone)"`), start);
  const calls = requestsFor(before).length;
  await scene.bed.sandbox.install([repository]);
  await scene.bed.sandbox.push(repository, "change", healthy);
  await scene.completedRun(repository, pull.headSha);
  await scene.bed.settled();
  expect(requestsFor(before)).toHaveLength(calls);
  expect(runs(repository, pull).map(({ status }) => status)).toEqual(["completed"]);
});

const CHANGES: readonly (readonly [string, (repository: Repository) => Promise<unknown>])[] = [
  ["renamed", (repository) => scene.bed.sandbox.rename(repository, `${repository.name}-renamed`)],
  ["made private", (repository) => scene.bed.sandbox.setPrivate(repository, true)],
];
test.each(CHANGES.flatMap(([change, happens]) => STEPS.map((step) => [change, step[0], step, happens] as const)))(
  "fault 29: %s while the review %s, it has its result all the same",
  async (_, __, step, happens) => {
    const repository = await judgedRepository();
    const pull = await during(step, repository, () => happens(repository));
    await scene.completedRun(repository, pull.headSha);
    await scene.bed.settled();
    expect(runs(repository, pull)).toHaveLength(1);
    await scene.bed.sandbox.push(repository, "change", healthy);
    await scene.completedRun(repository, pull.headSha);
  },
);

test.each(STEPS)(
  "fault 29: archived while the review %s, nothing is written until it is not any more",
  async (...step) => {
    const repository = await judgedRepository();
    const pull = await during(step, repository, () => scene.bed.sandbox.archive(repository));
    await scene.bed.settled();
    expect(runs(repository, pull)).toEqual([]);
    await scene.bed.sandbox.unarchive(repository);
    await scene.completedRun(repository, pull.headSha);
  },
);

test("fault 29: transferred to another owner, it goes on with that owner's installation", async () => {
  const repository = await judgedRepository();
  const other = scene.bed.sandbox.createRepository({ owner: "globex", name: "billing", files: healthy });
  const installationId = await scene.bed.sandbox.install([other]);
  await scene.bed.sandbox.transfer(repository, "globex", installationId);
  const pull = await scene.openChange(repository);
  await scene.completedRun(repository, pull.headSha);
  await scene.bed.settled();
  expect(requestsFor(installationId).length).toBeGreaterThan(0);
  expect(runs(repository, pull)).toHaveLength(1);
});

test("fault 29: archived and unarchived, and heard of in the wrong order, it goes on", async () => {
  const repository = await judgedRepository();
  const { sandbox } = scene.bed;
  sandbox.postman.hold();
  await sandbox.archive(repository);
  await sandbox.unarchive(repository);
  await sandbox.postman.release((held) => held.toReversed());
  const pull = await scene.openChange(repository);
  await scene.completedRun(repository, pull.headSha);
});

test.each(STEPS)("fault 29: deleted while the review %s, the review ends", async (...step) => {
  const repository = await judgedRepository();
  const pull = await during(step, repository, () => scene.bed.sandbox.deleteRepository(repository));
  await scene.bed.settled();
  expect(runs(repository, pull)).toEqual([]);
});

test("fault 29: deleted without that anybody tells, what comes late of it is tried once", async () => {
  const repository = await judgedRepository();
  const { sandbox } = scene.bed;
  sandbox.postman.hold();
  await scene.openChange(repository);
  await sandbox.deleteRepository(repository);
  await sandbox.postman.release((held) => held.filter(({ event }) => event !== "repository"));
  await scene.bed.settled();
  const tries = sandbox.requests.filter(({ path }) => path.endsWith(`/${repository.name}/pulls/1`));
  expect(tries.map(({ status }) => status)).toEqual([404]);
});

test.each(STEPS)("fault 30: taken from the selection while the review %s, the review ends", async (...step) => {
  const repository = await judgedRepository();
  const installationId = repository.installationId as number;
  const stays = scene.bed.sandbox.createRepository({ owner: "acme", name: `${repository.name}-stays`, files: healthy });
  await scene.bed.sandbox.select(stays, installationId);
  await scene.completedRun(stays, headOfMain(stays));
  const pull = await during(step, repository, () => scene.bed.sandbox.deselect(repository));
  await scene.bed.settled();
  expect(runs(repository, pull).filter(({ status }) => status === "completed")).toEqual([]);
  const there = await scene.openChange(stays);
  await scene.completedRun(stays, there.headSha);
  await scene.bed.sandbox.select(repository, installationId);
  await scene.bed.sandbox.push(repository, "change", healthy);
  await scene.completedRun(repository, pull.headSha);
});

test.each(STEPS)("fault 31: a force-push while the review %s: the new head is what is judged", async (...step) => {
  const repository = await judgedRepository();
  const pull = await during(step, repository, () => scene.bed.sandbox.forcePush(repository, "change", healthy));
  expect(await scene.completedRun(repository, pull.headSha)).toMatchObject({ conclusion: "success" });
  await scene.bed.settled();
  expect(repository.checkRuns.filter(({ status }) => status !== "completed")).toEqual([]);
});

test("fault 44: a pull request whose fork was deleted is read through the base", async () => {
  const repository = await judgedRepository();
  const pull = await scene.openChange(repository, { author: "eve", branch: "main", fork: "eve" });
  const run = await scene.completedRun(repository, pull.headSha);
  scene.bed.sandbox.deleteFork(pull);
  const before = run.externalId;
  await scene.bed.sandbox.rerunSuite(repository, pull.headSha, null);
  await scene.bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
});

test.each(["merged", "invalidated", "dequeued"] as const)(
  "fault 46: a merge group that is %s while it is reviewed leaves no run that goes on",
  async (reason) => {
    const repository = await judgedRepository();
    let sha = "";
    const destroyed = new Promise<unknown>((resolve) => {
      const selection = {
        method: "GET",
        path: /\/git\/trees\//,
        installationId: repository.installationId as number,
        times: 1,
      };
      scene.bed.sandbox.on(selection, "before", async () =>
        resolve(await scene.bed.sandbox.destroyMergeGroup(repository, sha, reason)),
      );
    });
    sha = await scene.bed.sandbox.requestMergeGroup(repository, { ...healthy, "x.py": "" });
    const next = await scene.bed.sandbox.requestMergeGroup(repository, { ...healthy, "y.py": "" });
    await destroyed;
    expect(await scene.completedRun(repository, next)).toMatchObject({ conclusion: "success" });
    await scene.bed.settled();
    const left = scene.bed.sandbox.checkRuns(repository, sha);
    expect(left.filter(({ status, conclusion }) => status !== "completed" || conclusion !== "cancelled")).toEqual([]);
  },
);

test("with new permissions a head is judged again at its next event", async () => {
  const repository = await judgedRepository();
  const pull = await scene.openChange(repository);
  const run = await scene.completedRun(repository, pull.headSha);
  await scene.bed.settled();
  const before = run.externalId;
  await scene.bed.sandbox.grant(repository, {
    contents: "read",
    metadata: "read",
    checks: "write",
    pull_requests: "write",
  });
  await scene.bed.sandbox.closePullRequest(repository, pull);
  await scene.bed.sandbox.reopen(repository, pull);
  await scene.bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
});
