import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { proposedWaiver } from "../../src/policy/proposed-waiver.ts";

const words = {
  rule: "documentation/readme-present",
  path: "docs/**",
  until: "2027-01-31",
  reason: "The docs are elsewhere",
};
const asked = (changes: Partial<Record<keyof typeof words, string | null>>) =>
  proposedWaiver({ ...words, ...changes }, { rules, today: "2026-11-25", login: "grace" });

describe("a waiver that is asked for", () => {
  test("names rule, path, reason, who asked, and its last day", () => {
    expect(asked({})).toEqual({
      rule: "documentation/readme-present",
      path: "docs/**",
      reason: "The docs are elsewhere",
      owner: "@grace",
      expires: "2027-01-31",
    });
  });

  test.each([
    ["the claim alone", { rule: "readme-present", path: null }],
    ["today", { until: "2026-11-25" }],
    ["a leap day", { until: "2027-02-28" }],
    ["180 days", { until: "2027-05-24" }],
    ["90 days of a critical rule", { rule: "security/no-committed-secrets", until: "2027-02-23" }],
  ])("may be of %s", (_, changes) => {
    expect(asked(changes)).not.toBeInstanceOf(Array);
  });

  test.each<[string, Parameters<typeof asked>[0], string]>([
    ["no rule", { rule: null }, "It names no rule."],
    [
      "a slip of the finger",
      { rule: "documentation/readme-presnt" },
      "There is no rule `documentation/readme-presnt`. Did you mean `documentation/readme-present`?",
    ],
    ["a rule that is none", { rule: "x`y" }, "There is no rule `xy`."],
    ["no date", { until: null }, "It has no end: write `until` and a day, as `2027-01-31`."],
    ["another order of a date", { until: "31.01.2027" }, "`31.01.2027` is no day, as `2027-01-31`."],
    ["a day that is none", { until: "2027-02-30" }, "`2027-02-30` is no day, as `2027-01-31`."],
    ["yesterday", { until: "2026-11-24" }, "2026-11-24 is over."],
    [
      "181 days",
      { until: "2027-05-25" },
      "2027-05-25 is too far ahead: a waiver holds for 180 days at most, until 2027-05-24.",
    ],
    [
      "91 days of a critical rule",
      { rule: "security/no-committed-secrets", until: "2027-02-24" },
      "2027-02-24 is too far ahead: a critical rule is waived for 90 days at most, until 2027-02-23.",
    ],
    ["no reason", { reason: null }, "It gives no reason: write `because` and a sentence."],
    ["a reason of a word", { reason: "later" }, "A reason has 10 to 500 characters."],
    ["a path from elsewhere", { path: "/etc" }, "The path is a glob from the repository's root, as `legacy/hash.py`."],
    [
      "a path that leaves",
      { path: "a/../../b" },
      "The path is a glob from the repository's root, as `legacy/hash.py`.",
    ],
    ["a path that excludes", { path: "!(a)" }, "The path is a glob from the repository's root, as `legacy/hash.py`."],
  ])("with %s is refused, and the reason said", (_, changes, problem) => {
    expect(asked(changes)).toEqual([problem]);
  });

  test("is told all that is wrong with it at once", () => {
    expect(asked({ rule: null, until: null, reason: null })).toHaveLength(3);
  });
});
