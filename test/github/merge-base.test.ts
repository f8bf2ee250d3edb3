import { expect, test } from "@jest/globals";
import { type CommitsAnswer, mergeBaseIn } from "../../src/github/merge-base.ts";

/** An answer about these commits, each with its parents. */
function answer(commits: Readonly<Record<string, readonly string[]>>, total?: number): CommitsAnswer {
  const nodes = Object.entries(commits).map(([oid, parents]) => ({
    commit: {
      oid,
      parents: { totalCount: parents.length, nodes: parents.slice(0, 3).map((parent) => ({ oid: parent })) },
    },
  }));
  return { headRefOid: "h", commits: { totalCount: total ?? nodes.length, nodes } };
}

test.each([
  ["one commit", answer({ h: ["m"] }), "m"],
  ["several in a row", answer({ a: ["m"], b: ["a"], h: ["b"] }), "m"],
  ["branches that were merged within it", answer({ a: ["m"], b: ["m"], h: ["a", "b"] }), "m"],
])("of %s the merge base is what comes before", (_, commits, expected) => {
  expect(mergeBaseIn(commits, "h")).toBe(expected);
});

test.each([
  ["the base was merged into it", answer({ a: ["m"], h: ["a", "n"] })],
  ["not all commits are listed", answer({ h: ["m"] }, 101)],
  ["not all parents are listed", answer({ h: ["m", "m", "m", "n"] })],
  ["it has no commit of its own", answer({})],
  ["it begins with a commit without a parent", answer({ h: [] })],
  ["the list is of another head", { ...answer({ h: ["m"] }), headRefOid: "g" }],
  ["nothing was answered", undefined],
])("is asked for by itself where %s", (_, commits) => {
  expect(mergeBaseIn(commits, "h")).toBeUndefined();
});
