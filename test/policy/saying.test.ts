import { describe, expect, test } from "@jest/globals";
import { defaultPolicy } from "../../src/policy/policy.ts";
import { sayingOf } from "../../src/policy/saying.ts";
import { assessmentAgainst, assessmentOf, evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const blocker = resultOf({ id: "security/no-secrets", severity: "critical", evidence: [evidenceAt("a.py", 1)] });
const warning = resultOf({ severity: "medium" });
const trifle = resultOf({ id: "testing/strict", severity: "low" });

const silent = { form: "line", worthANewOne: false };
const aLine = { form: "line", worthANewOne: true };
const findings = { form: "findings", worthANewOne: true };

describe("what a comment has to say", () => {
  test.each([
    ["a blocker that the change adds", [], [blocker], findings],
    ["a warning that the change adds", [], [warning], findings],
    ["a trifle that the change adds", [], [trifle], silent],
    ["a blocker that was there", [blocker], [blocker], silent],
    ["a blocker that the change fixes", [blocker], [], aLine],
    ["a trifle that the change fixes", [trifle], [], silent],
    ["one fixed and one added", [blocker], [warning], findings],
    ["nothing", [], [], silent],
  ])("of %s", (_, before, now, saying) => {
    expect(sayingOf(assessmentAgainst(reviewOf(before), now))).toEqual(saying);
  });

  test("without a base, only what blocks is worth a word", () => {
    expect(sayingOf(assessmentOf([blocker]))).toEqual(findings);
    expect(sayingOf(assessmentOf([warning], { score: 40, verdict: "needs-work" }))).toEqual(silent);
  });

  test.each([
    ["always", [], aLine],
    ["always", [warning], findings],
    ["never", [blocker], { form: "off", worthANewOne: false }],
  ] as const)("in the mode %s", (comment, rules, saying) => {
    expect(sayingOf(assessmentAgainst(reviewOf(), rules, {}, { ...defaultPolicy, comment }))).toEqual(saying);
  });

  test("of a repository without Python is nothing, whatever the mode", () => {
    const changes = { score: null, verdict: "not-applicable" } as const;
    const policy = { ...defaultPolicy, comment: "always" } as const;
    expect(sayingOf(assessmentAgainst(reviewOf(), [], changes, policy))).toEqual(silent);
  });
});
