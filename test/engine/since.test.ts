import { expect, test } from "@jest/globals";
import { changedPaths } from "../../src/engine/since.ts";

const harvest = (files: Readonly<Record<string, unknown>>, unread: Readonly<Record<string, string>> = {}) => ({
  files: new Map(Object.entries(files)),
  unread: new Map(Object.entries(unread)),
});
const before = harvest({ "a.py": [1], "b.py": undefined }, { "c.py": "it is too large" });

test.each([
  ["where nothing did", harvest({ "b.py": undefined, "a.py": [1] }, { "c.py": "it is too large" }), []],
  ["whose content did", harvest({ "a.py": [2], "b.py": undefined }, { "c.py": "it is too large" }), ["a.py"]],
  ["that is gone", harvest({ "a.py": [1] }, { "c.py": "it is too large" }), ["b.py"]],
  ["that came", harvest({ "a.py": [1], "b.py": undefined, d: 1 }, { "c.py": "it is too large" }), ["d"]],
  ["that can be read now", harvest({ "a.py": [1], "b.py": undefined, "c.py": 1 }), ["c.py", "c.py"]],
  [
    "that cannot be read for another reason",
    harvest({ "a.py": [1], "b.py": undefined }, { "c.py": "it is binary" }),
    ["c.py"],
  ],
])("a fact has something else of a path %s", (_, now, expected) => {
  expect(changedPaths(before, now)).toEqual(expected);
});
