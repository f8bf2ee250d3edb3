import { afterEach, describe, expect, test } from "@jest/globals";
import type { Delivery } from "../sandbox/postman.ts";
import type { Repository } from "../sandbox/state.ts";
import { healthy, poor } from "../support/repositories.ts";
import { reactionsTo, useTestBed } from "../support/scene.ts";

const scene = useTestBed({ retryDelaySeconds: 0.05 }, { reconcileSeconds: 1 });

/** What of this kind happens in the repository does not arrive: GitHub says so, or says nothing. */
const lose = (fate: "failed" | "never sent", isLost: (delivery: Delivery) => boolean) => {
  scene.bed.sandbox.postman.carriage = (delivery) => (isLost(delivery) ? { fate } : {});
};
const of =
  (...events: readonly string[]) =>
  ({ event }: Delivery) =>
    events.includes(event);
const everything = () => true;

afterEach(() => {
  scene.bed.sandbox.postman.carriage = () => ({});
});

/** A repository whose default branch has its result: somebody works there. */
async function activeRepository(): Promise<Repository> {
  const repository = await scene.newRepository();
  await scene.completedRun(repository, headOfMain(repository));
  return repository;
}
const headOfMain = ({ branches }: Repository): string => branches.get("main") ?? "";

describe("fault 4: a delivery that failed", () => {
  test("of a pull request is made good by a look at it", async () => {
    const repository = await activeRepository();
    lose("failed", of("pull_request"));
    const pull = await scene.openChange(repository);
    expect(await scene.completedRun(repository, pull.headSha)).toMatchObject({ conclusion: "failure" });
    await scene.bed.sandbox.waitFor("the comment", () => scene.comments(repository)[0]);
    const sha = await scene.bed.sandbox.push(repository, "change", healthy);
    await scene.completedRun(repository, sha);
    expect(scene.bed.sandbox.requests.filter(({ path }) => /\/attempts$/.test(path))).toEqual([]);
  });

  test("of a pull request from before anybody heard of its installation, too", async () => {
    lose("failed", everything);
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository);
    await scene.completedRun(repository, pull.headSha);
    await scene.completedRun(repository, headOfMain(repository));
  });

  test("of a command is sent again, and answered", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    lose("failed", of("issue_comment"));
    const comment = await scene.bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    await scene.bed.sandbox.waitFor("the answer", () => reactionsTo(comment).includes("rocket") || undefined);
  });

  test("of a merge group is sent again: the queue goes on", async () => {
    const repository = await activeRepository();
    lose("failed", of("merge_group"));
    const sha = await scene.bed.sandbox.requestMergeGroup(repository, { ...healthy, "x.py": "" });
    expect(await scene.completedRun(repository, sha)).toMatchObject({ conclusion: "success" });
  });

  test("of a re-run is sent again", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const run = await scene.completedRun(repository, pull.headSha);
    const before = run.externalId;
    lose("failed", of("check_run"));
    await scene.bed.sandbox.rerun(repository, run);
    await scene.bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
  });

  test("of a pull request untouched since before the start asks nothing", async () => {
    const repository = scene.bed.sandbox.createRepository({ owner: "acme", name: "quiet", files: healthy });
    const pull = await scene.openChange(repository, { openedAt: Date.now() - 3_600_000 });
    await scene.bed.sandbox.install([repository]);
    await scene.completedRun(repository, headOfMain(repository));
    lose("failed", of("push"));
    const sha = await scene.bed.sandbox.push(repository, "main", { ...healthy, "x.py": "" });
    await scene.completedRun(repository, sha);
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha)).toEqual([]);
  });
});

describe("fault 5: what was never sent, because it was too large or too much at once", () => {
  test("is found at the head of the pull request and of the default branch", async () => {
    const repository = await activeRepository();
    const pull = await scene.openChange(repository);
    await scene.completedRun(repository, pull.headSha);
    lose("never sent", everything);
    await scene.bed.sandbox.push(repository, "change", healthy);
    await scene.bed.sandbox.push(repository, "main", { ...poor, "x.py": "" });
    await scene.completedRun(repository, pull.headSha);
    await scene.completedRun(repository, headOfMain(repository));
  });

  test("is found behind the first fifty pull requests", async () => {
    const repository = await activeRepository();
    lose("never sent", everything);
    const first = await scene.openChange(repository, { branch: "first", openedAt: Date.now() + 1000 });
    // Fifty that were touched after it, and have one head.
    for (let n = 0; n < 50; n++)
      await scene.openChange(repository, { branch: `later-${n}`, files: healthy, openedAt: Date.now() + 60_000 });
    await scene.completedRun(repository, first.headSha);
  }, 60_000);

  test("an uninstallation ends what was known, and stops nothing else", async () => {
    const gone = await activeRepository();
    const installationId = gone.installationId;
    lose("never sent", everything);
    await scene.bed.sandbox.uninstall(gone);
    const asked = () =>
      scene.bed.sandbox.requests.filter(
        ({ path, status }) => path.endsWith(`/installations/${installationId}`) && status === 404,
      );
    await scene.bed.sandbox.waitFor("the question whether it is gone", () => asked()[0]);
    scene.bed.sandbox.postman.carriage = () => ({});
    await activeRepository();
    expect(asked()).toHaveLength(1);
  });
});

test("a head that takes no result is not tried with every look", async () => {
  const repository = await activeRepository();
  scene.bed.sandbox.fault({
    method: "POST",
    path: new RegExp(`${repository.name}/check-runs$`),
    times: 1000,
    effect: { status: 403, body: '{"message":"Resource not accessible by integration"}' },
  });
  const tries = () =>
    scene.bed.sandbox.requests.filter(
      ({ method, path }) => method === "POST" && path.endsWith(`${repository.name}/check-runs`),
    ).length;
  const looks = () => scene.bed.sandbox.requests.filter(({ path }) => path.endsWith("/app/hook/deliveries")).length;
  lose("never sent", everything);
  const before = tries();
  await scene.openChange(repository);
  let seen = before;
  let since = looks();
  await scene.bed.sandbox.waitFor(
    "five looks without another try",
    () => {
      if (tries() !== seen) since = looks();
      seen = tries();
      return seen > before && looks() >= since + 5 ? true : undefined;
    },
    80_000,
  );
  scene.bed.sandbox.clearFaults();
}, 90_000);
