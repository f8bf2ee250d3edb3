import { describe, expect, test } from "@jest/globals";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed();

describe("what a review costs", () => {
  /** Requests by kind since a point in the log, minting of tokens not counted. */
  const costsSince = (start: number) => {
    const made = scene.bed.sandbox.requests.slice(start).filter(({ kind }) => kind !== "token");
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
    const repository = await scene.newRepository();
    const cold = scene.bed.sandbox.requests.length;
    await scene.openChange(repository, { files: median });
    const comment = await scene.bed.sandbox.waitFor("the comment", () => scene.comments(repository)[0]);
    await scene.bed.settled();
    const { rest, graphql } = costsSince(cold);
    expect(rest).toBeLessThanOrEqual(8);
    expect(graphql).toBeLessThanOrEqual(2);
    const warm = scene.bed.sandbox.requests.length;
    await scene.bed.sandbox.push(repository, "change", { ...median, "README.md": "# Orders\n\nShort.\n" });
    await scene.bed.sandbox.waitFor("the edit", () => (comment.edits > 0 ? comment : undefined));
    await scene.bed.settled();
    const after = costsSince(warm);
    expect(after.rest + after.graphql).toBeLessThanOrEqual(5);
  });

  test("with 1,300 files to read at most 14 in all", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1300 }, (_, index) => [`requirements/team-${index}.txt`, `package${index}==1.0\n`]),
    );
    const repository = await scene.newRepository();
    const start = scene.bed.sandbox.requests.length;
    const pull = await scene.bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: { ...healthy, ...files },
    });
    const run = await scene.completedRun(repository, pull.headSha);
    await scene.bed.settled();
    expect(run.summary).toMatch(/13\d\d files read/);
    const made = scene.bed.sandbox.requests.slice(start).filter(({ kind }) => kind !== "token");
    expect(made.length).toBeLessThanOrEqual(14);
  }, 60_000);
});
