import { expect, test } from "@jest/globals";
import { changedPaths } from "../../src/snapshot/changed-paths.ts";

const entry = (path: string, sha: string) => ({ path, sha, mode: "100644", size: 1 });

test("what is new or different is changed, what is gone or the same is not", () => {
  const before = [entry("same.py", "a"), entry("edited.py", "b"), entry("gone.py", "c")];
  const after = [entry("same.py", "a"), entry("edited.py", "d"), entry("new.py", "e")];
  expect([...changedPaths(before, after)]).toEqual(["edited.py", "new.py"]);
});
