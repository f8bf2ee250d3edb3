import { describe, expect, test } from "@jest/globals";
import { isAffected } from "../../../src/facts/advisories/affected-range.ts";

describe("a version lies in a range by the order of PEP 440", () => {
  test.each([
    ["3.2.12", ">= 3.0, < 3.2.13", true],
    ["3.2.13", ">= 3.0, < 3.2.13", false],
    ["2.2.28", ">= 3.0, < 3.2.13", false],
    ["3.0", ">= 3.0.0, < 3.2.13", true],
    ["1.10", "< 1.9", false],
    ["1.9", "< 1.10", true],
    ["1.0", "= 1.0.0", true],
    ["1.0.1", "= 1.0", false],
    ["2.0.0+cu118", "= 2.0.0", true],
    ["2.0.0+cu118", "<= 2.0.0", true],
    ["2.0.0+cu118", "> 2.0.0", false],
    ["1.0.post1", "<= 1.0", false],
    ["1.0.post1", "> 1.0", true],
    ["1.0.post1", "< 1.0.1", true],
    ["2.0rc1", "< 2.0", true],
    ["2.0rc1", ">= 2.0", false],
    ["2.0.dev1", "< 2.0a1", true],
    ["2.0a1.dev3", "< 2.0a1", true],
    ["2.0a2", ">= 2.0a1, < 2.0b1", true],
    ["1!1.0", "< 2.0", false],
    ["1!1.0", ">= 1!0.9, < 1!1.1", true],
    ["2024.1", "< 1!1.0", true],
    ["v1.0", "= 1.0", true],
    ["1.0-1", "= 1.0.post1", true],
    ["1.0ALPHA1", "= 1.0a1", true],
    ["1.0c1", "= 1.0rc1", true],
    ["5.3.1", ">= 0", true],
    ["0.0.0.dev1", ">= 0", true],
  ] as const)("%s in %s: %s", (version, range, expected) => {
    expect(isAffected(version, range)).toBe(expected);
  });

  test.each([
    ["1.0", "before the last"],
    ["1.0", "~> 1.0"],
    ["1.0", ""],
    ["1.*", "< 2.0"],
    ["main", "< 2.0"],
  ])("nobody can tell for %s in %p", (version, range) => {
    expect(isAffected(version, range)).toBeUndefined();
  });

  test("one part that does not hold is enough, whatever the others say", () => {
    expect(isAffected("3.0", "< 2.0, whatever")).toBe(false);
  });
});
