import { describe, expect, test } from "@jest/globals";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed();

describe("other events", () => {
  test("a push to the default branch gets a check run, one elsewhere nothing", async () => {
    const repository = await scene.newRepository();
    const elsewhere = await scene.bed.sandbox.push(repository, "topic", poor);
    const sha = await scene.bed.sandbox.push(repository, "main", poor);
    await scene.completedRun(repository, sha);
    await scene.bed.settled();
    expect(scene.bed.sandbox.checkRuns(repository, elsewhere)).toEqual([]);
  });

  test("a re-run updates the run that is there", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const run = await scene.completedRun(repository, pull.headSha);
    const before = run.externalId;
    await scene.bed.sandbox.rerun(repository, run);
    await scene.bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
    expect(run.annotations[0]).toMatchObject({ path: "Dockerfile", start_line: 2, annotation_level: "failure" });
    expect(repeated(run.annotations)).toEqual([]);
  });

  test("the button to run again does the same, and one that is not known does nothing", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const run = await scene.completedRun(repository, pull.headSha);
    expect(run.actions).toEqual([
      { label: "Run again", description: "Judge this commit again", identifier: "recheck" },
    ]);
    const before = run.externalId;
    await scene.bed.sandbox.press(repository, run, "format-disk");
    await scene.bed.settled();
    expect(run.externalId).toBe(before);
    await scene.bed.sandbox.press(repository, run, "recheck");
    await scene.bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  });

  test("a re-run of a fork's head, which names no pull request, finds it", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository, { author: "eve", branch: "main", fork: "eve" });
    const run = await scene.completedRun(repository, pull.headSha);
    const before = run.externalId;
    await scene.bed.sandbox.rerunSuite(repository, pull.headSha, null);
    await scene.bed.sandbox.waitFor("the new review", () => (run.externalId === before ? undefined : run));
  });

  test("a merge group gets a check on its head, so that the queue goes on", async () => {
    const repository = await scene.newRepository();
    const sha = await scene.bed.sandbox.requestMergeGroup(repository, healthy);
    expect(await scene.completedRun(repository, sha)).toMatchObject({ conclusion: "success" });
  });

  test("an App that was uninstalled is done with its work", async () => {
    const repository = await scene.newRepository();
    await scene.bed.sandbox.uninstall(repository);
    await scene.bed.settled();
  });
});

describe("what goes wrong", () => {
  test("a head that cannot be read yet is tried again", async () => {
    scene.bed.sandbox.fault({ method: "GET", path: /orders-\d+\/git\/trees/, effect: { status: 404 } });
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository);
    await scene.completedRun(repository, pull.headSha);
  });

  test.each([
    ["check run", "POST", /check-runs$/],
    ["comment", "POST", /issues\/\d+\/comments$/],
  ])("a %s whose answer was lost is not written twice", async (_, method, path) => {
    const repository = await scene.newRepository();
    scene.bed.sandbox.fault({ method, path, effect: "reset after commit" });
    const pull = await scene.openChange(repository);
    await scene.bed.sandbox.waitFor("the comment", () => scene.comments(repository)[0]);
    await scene.bed.settled();
    const [run, ...more] = scene.bed.sandbox.checkRuns(repository, pull.headSha);
    expect(more).toEqual([]);
    expect(repeated(run?.annotations ?? [])).toEqual([]);
    expect(scene.comments(repository)).toHaveLength(1);
  });

  test.each([
    ["a limit when a token is minted is waited out", 403, "You have exceeded a secondary rate limit", "1"],
    ["a fault when a token is minted is waited out", 502, "Server Error", undefined],
  ])("%s", async (_, status, message, retryAfter) => {
    scene.bed.sandbox.fault({
      method: "POST",
      path: /access_tokens$/,
      effect: {
        status,
        body: JSON.stringify({ message }),
        headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
      },
    });
    const repository = await scene.newRepository();
    const sha = await scene.bed.sandbox.push(repository, "main", poor);
    await scene.completedRun(repository, sha);
  });

  test("a permission that was not granted is not asked for", async () => {
    const repository = scene.bed.sandbox.createRepository({ owner: "acme", name: "orders-narrow", files: healthy });
    await scene.bed.sandbox.install([repository], { contents: "read", metadata: "read", checks: "write" });
    const sha = await scene.bed.sandbox.push(repository, "main", { ...healthy, "x.py": "" });
    await scene.completedRun(repository, sha);
  });
});

function repeated(annotations: readonly object[]): readonly string[] {
  const shown = annotations.map((annotation) => JSON.stringify(annotation));
  return shown.filter((one, place) => shown.indexOf(one) !== place);
}
