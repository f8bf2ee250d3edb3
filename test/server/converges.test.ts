import { describe, expect, test } from "@jest/globals";
import type { PullRequest, Repository } from "../sandbox/state.ts";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed({ retryDelaySeconds: 0.05, pace: { seconds: 2, atOnce: 2 } });

const changed = (n: number) => ({ ...poor, "notes.txt": String(n) });
const runs = (repository: Repository, sha: string) => scene.bed.sandbox.checkRuns(repository, sha);
const states = (repository: Repository, sha: string) => runs(repository, sha).map(({ status }) => status);

/** What must hold of a pull request when all is quiet. */
async function hasConverged(repository: Repository, pull: PullRequest): Promise<void> {
  await scene.completedRun(repository, pull.headSha);
  await scene.bed.settled();
  expect(states(repository, pull.headSha)).toEqual(["completed"]);
  expect(repository.checkRuns.filter(({ status }) => status !== "completed")).toEqual([]);
  expect(scene.comments(repository).length).toBeLessThanOrEqual(1);
}

describe("a push while the review of the head before", () => {
  test.each([
    ["asks for the pull request", "GET", /\/pulls\/1$/],
    ["reads the tree", "GET", /\/git\/trees\//],
    ["reads the files", "POST", /\/graphql$/],
    ["makes the check run", "POST", /\/check-runs$/],
    ["writes the comment", "POST", /\/issues\/1\/comments$/],
  ])("%s: the newest head is what is judged in the end", async (_, method, path) => {
    const repository = await scene.newRepository();
    const pushed = new Promise<string>((resolve) => {
      const meanwhile = () => resolve(scene.bed.sandbox.push(repository, "change", { ...healthy, "x.py": "" }));
      scene.bed.sandbox.fault({ method, path, effect: "none", meanwhile });
    });
    const pull = await scene.openChange(repository);
    const before = pull.headSha;
    await pushed;
    await hasConverged(repository, pull);
    expect(pull.headSha).not.toBe(before);
    expect(runs(repository, pull.headSha)[0]).toMatchObject({ conclusion: "success" });
  });
});

describe("events", () => {
  test("thirty pushes in a row cost two reviews beside the newest", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository);
    for (let n = 1; n < 30; n++) await scene.bed.sandbox.push(repository, "change", changed(n));
    await hasConverged(repository, pull);
    expect(repository.checkRuns.length).toBeLessThanOrEqual(3);
  });

  test("in the wrong order are about the head that is there now", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository);
    await scene.bed.settled();
    await scene.bed.sandbox.push(repository, "change", { ...healthy, "x.py": "" });
    const of = (action: string) =>
      scene.bed.sandbox.deliveries.find(
        ({ event, body }) =>
          event === "pull_request" &&
          body.includes(`"action":"${action}"`) &&
          body.includes(`"full_name":"acme/${repository.name}"`),
      );
    const [opened, pushed] = [of("opened"), of("synchronize")];
    if (!opened || !pushed) throw new Error("nothing was delivered");
    await scene.bed.sandbox.redeliver({ ...pushed, guid: crypto.randomUUID() });
    await scene.bed.sandbox.redeliver({ ...opened, guid: crypto.randomUUID() });
    await hasConverged(repository, pull);
    expect(runs(repository, pull.headSha)[0]).toMatchObject({ conclusion: "success" });
  });

  test("that come before GitHub shows what they tell of wait for it", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository);
    await scene.bed.settled();
    const reviewed = repository.checkRuns.length;
    scene.bed.sandbox.lag(repository, pull, 3);
    await scene.bed.sandbox.push(repository, "change", { ...healthy, "x.py": "" });
    await hasConverged(repository, pull);
    expect(repository.checkRuns.length).toBe(reviewed + 1);
  });

  test("a re-run that is asked for while a review runs is one more review", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const run = await scene.completedRun(repository, pull.headSha);
    const first = run.externalId;
    let second: string | null = null;
    scene.bed.sandbox.fault({
      method: "GET",
      path: /\/pulls\/1$/,
      effect: "none",
      meanwhile: () => void scene.bed.sandbox.rerun(repository, run),
    });
    await scene.bed.sandbox.rerun(repository, run);
    await scene.bed.sandbox.waitFor("the second review", () => {
      if (run.externalId !== first) second ??= run.externalId;
      return second ?? undefined;
    });
    await scene.bed.settled();
    expect([first, second]).not.toContain(run.externalId);
    expect(states(repository, pull.headSha)).toEqual(["completed"]);
  });
});

describe("what ends", () => {
  test("a review that is shown as running when a push overtakes it is cancelled", async () => {
    const repository = await scene.newRepository();
    const pushed = Promise.withResolvers<void>();
    scene.bed.sandbox.fault({ method: "POST", path: /\/graphql$/, effect: "none", until: pushed.promise });
    const pull = await scene.openChange(repository);
    const overtaken = await scene.bed.sandbox.waitFor("a run in progress", () => runs(repository, pull.headSha)[0]);
    expect(overtaken).toMatchObject({ status: "in_progress", conclusion: null });
    await scene.bed.sandbox.push(repository, "change", { ...healthy, "x.py": "" });
    pushed.resolve();
    await hasConverged(repository, pull);
    expect(overtaken).toMatchObject({ status: "completed", conclusion: "cancelled" });
  });

  test("a pull request that is closed while it is reviewed gets no comment", async () => {
    const repository = await scene.newRepository();
    const closed = new Promise<void>((resolve) => {
      const meanwhile = () =>
        resolve(scene.bed.sandbox.closePullRequest(repository, repository.pulls.get(1) as PullRequest));
      scene.bed.sandbox.fault({ method: "POST", path: /\/graphql$/, effect: "none", meanwhile });
    });
    await scene.openChange(repository);
    await closed;
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
    expect(repository.checkRuns).toEqual([]);
  });

  test("a merge group that is dissolved is not reviewed any more", async () => {
    const repository = await scene.newRepository();
    scene.bed.sandbox.fault({ method: "GET", path: /\/git\/trees\//, times: 3, effect: { status: 404 } });
    const sha = await scene.bed.sandbox.requestMergeGroup(repository, healthy);
    await scene.bed.sandbox.destroyMergeGroup(repository, sha);
    await scene.bed.settled();
    expect(runs(repository, sha)).toEqual([]);
  });
});

describe("GitHub", () => {
  test.each([
    ["check run", /check-runs$/],
    ["comment", /issues\/\d+\/comments$/],
  ])("makes a %s and says 502: it is not made twice", async (_, path) => {
    const repository = await scene.newRepository();
    scene.bed.sandbox.fault({ method: "POST", path, effect: { status: 502, afterCommit: true } });
    const pull = await scene.openChange(repository);
    await hasConverged(repository, pull);
    expect(scene.comments(repository)).toHaveLength(1);
  });

  test.each([
    [403, "the conversation is locked, or has 2,500 comments"],
    [422, "the comment is refused"],
  ])("answers %d: %s; the check run says it all", async (status) => {
    const repository = await scene.newRepository();
    scene.bed.sandbox.fault({ method: "POST", path: /issues\/1\/comments$/, effect: { status } });
    const pull = await scene.openChange(repository);
    await hasConverged(repository, pull);
    expect(scene.comments(repository)).toEqual([]);
    const asked = scene.bed.sandbox.requests.filter(({ path }) =>
      path.endsWith(`${repository.name}/issues/1/comments`),
    );
    expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("refuses the report: the verdict is published without it", async () => {
    const repository = await scene.newRepository();
    scene.bed.sandbox.fault({ method: "POST", path: /\/check-runs$/, effect: { status: 422 } });
    const pull = await scene.openChange(repository);
    const run = await scene.completedRun(repository, pull.headSha);
    expect(run).toMatchObject({ conclusion: "failure", title: expect.stringMatching(/^Not ready: 1 blocker/) });
    expect(run.summary).toContain("did not take the whole report");
  });

  test("fails whatever is tried: the run says so, and the next event is reviewed", async () => {
    const repository = await scene.newRepository();
    const path = new RegExp(`${repository.name}/git/trees/`);
    scene.bed.sandbox.fault({ method: "GET", path, times: 6, effect: { status: 418 } });
    const pull = await scene.openChange(repository);
    const run = await scene.completedRun(repository, pull.headSha);
    expect(run).toMatchObject({ conclusion: "action_required", title: expect.stringContaining("pyready's side") });
    expect(run.summary).toContain(run.externalId);
    await scene.bed.settled();
    await scene.bed.sandbox.rerun(repository, run);
    await scene.bed.sandbox.waitFor("the verdict", () => (run.conclusion === "failure" ? run : undefined));
    expect(runs(repository, pull.headSha)).toHaveLength(1);
  });
});
