import { describe, expect, test } from "@jest/globals";
import type { Checklist, Control } from "../../src/compliance/checklist.ts";
import { countsOf, evaluate } from "../../src/compliance/evaluate.ts";
import type { Outcome, Review, RuleResult } from "../../src/engine/review.ts";
import { type Attestation, defaultPolicy, type Policy } from "../../src/policy/policy.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const control: Control = {
  id: "CC8.1",
  title: "Changes are tested",
  rules: ["testing/a", "testing/b"],
  supporting: false,
  outside: false,
  attest: "Emergency changes.",
  never: "Operating effectiveness.",
  note: null,
};
const checklist = (changes: Partial<Control> = {}): Checklist => ({
  id: "soc2",
  title: "SOC 2",
  source: "AICPA",
  scope: "One instant.",
  controls: [{ ...control, ...changes }],
});
const rule = (id: string, outcome: Outcome, changes: Partial<RuleResult> = {}): RuleResult =>
  resultOf({ id: `testing/${id}`, outcome, ...changes });
const both = (a: Outcome, b: Outcome): readonly RuleResult[] => [rule("a", a), rule("b", b)];
const accepted = { ...evidenceAt("app.py", 3), reason: "The rewrite.", owner: "@ada", expires: "2027-01-31" };
const attestation: Attestation = {
  regime: "soc2",
  controls: ["CC8.1"],
  owner: "@acme/security",
  date: "2026-01-10",
  expires: "2026-11-22",
  evidence: "The register.",
  origin: { by: "repository", path: ".github/pyready.yml", line: 3 },
};
const attested: Policy = { ...defaultPolicy, attestations: [attestation] };
const expired: Policy = { ...defaultPolicy, attestations: [{ ...attestation, expires: "2026-11-21" }] };
const ofOther: Policy = { ...defaultPolicy, attestations: [{ ...attestation, regime: "hipaa" }] };
const off: Policy = {
  ...defaultPolicy,
  rules: { "testing/b": { off: true, severity: null, by: "pyready.yml, line 2" } },
};

const only = (rules: readonly RuleResult[], policy = defaultPolicy, changes = {}, review: Partial<Review> = {}) =>
  evaluate(checklist(changes), reviewOf(rules, review), policy).controls[0];

const three = (...outcomes: readonly Outcome[]) => {
  const names = ["a", "b", "c"];
  const found = outcomes.map((outcome, index) => rule(names[index] ?? "", outcome));
  return only(found, defaultPolicy, { rules: names.map((name) => `testing/${name}`) });
};

describe("a control", () => {
  test.each([
    ["supported by repository evidence", "all that apply hold, and most apply", three("pass", "pass", "skip")],
    ["partly supported", "one holds in part", only(both("pass", "partial"))],
    ["partly supported", "one could not be evaluated", only(both("pass", "unknown"))],
    ["partly supported", "one crashed", only(both("pass", "crashed"))],
    ["partly supported", "one was not judged at all", only([rule("a", "pass")])],
    ["partly supported", "one is switched off", only(both("pass", "skip"), off)],
    [
      "partly supported",
      "something that one finds is suppressed",
      only([rule("a", "pass"), rule("b", "pass", { suppressed: [evidenceAt("app.py", 3)] })]),
    ],
    ["partly supported", "the rules only support it", only(both("pass", "pass"), defaultPolicy, { supporting: true })],
    ["partly supported", "half of the rules do not apply", only(both("pass", "skip"))],
    ["partly supported", "few of the rules apply", three("pass", "skip", "skip")],
    [
      "partly supported",
      "one fails that only supports it",
      only(both("pass", "fail"), defaultPolicy, { supporting: true }),
    ],
    [
      "attestation needed",
      "all fail that only support it",
      only(both("fail", "fail"), defaultPolicy, { supporting: true }),
    ],
    ["gap found", "one fails", only(both("pass", "fail"))],
    ["gap found", "one fails, whatever is attested", only(both("pass", "fail"), attested)],
    ["gap found", "a waiver accepts it", only([rule("a", "pass"), rule("b", "waived", { waived: [accepted] })])],
    [
      "gap found",
      "a waiver accepts a part of it",
      only([rule("a", "pass"), rule("b", "pass", { waived: [accepted] })]),
    ],
    ["attestation needed", "none applies", only(both("skip", "skip"))],
    ["attestation needed", "there are no rules", only([], defaultPolicy, { rules: [] })],
    ["attestation needed", "what was attested has expired", only(both("unknown", "skip"), expired)],
    ["attestation needed", "another regime is attested", only(both("skip", "skip"), ofOther)],
    ["not visible here", "none could be evaluated", only(both("unknown", "skip"))],
    ["not visible here", "people attest it, on the last day too", only(both("skip", "skip"), attested)],
    ["not visible here", "it is of the physical world", only([], defaultPolicy, { rules: [], outside: true })],
  ])("is: %s, where %s", (result, _, evaluated) => {
    expect(evaluated?.result).toBe(result);
  });

  test("tells of every rule what it says, and why", () => {
    const preview = { id: "testing/a", title: "A", severity: "high", since: "2026.12.1", outcome: "pass", findings: 0 };
    const evaluated = only(
      [rule("a", "skip"), rule("b", "skip", { reason: "switched off by pyready.yml, line 2" })],
      off,
      {},
      { previews: [preview as Review["previews"][number]] },
    );
    expect(evaluated?.rules.map(({ id, state, reason }) => [id, state, reason])).toEqual([
      ["testing/a", "not evaluated", "it is too new to count"],
      ["testing/b", "switched off", "switched off by pyready.yml, line 2"],
    ]);
  });

  test("is attested by the attestation that holds longest", () => {
    const two = { ...defaultPolicy, attestations: [...attested.attestations, ...expired.attestations] };
    expect(only([], two)?.attestation).toMatchObject({ expires: "2026-11-22", isExpired: false });
    expect(only([], expired)?.attestation).toMatchObject({ expires: "2026-11-21", isExpired: true });
    expect(only([], ofOther)?.attestation).toBeNull();
  });
});

test("results are counted, the gaps first", () => {
  const two: Checklist = {
    ...checklist(),
    controls: [
      { ...control, rules: ["testing/a"] },
      { ...control, rules: ["testing/b"] },
    ],
  };
  expect(countsOf(evaluate(two, reviewOf(both("pass", "fail")), defaultPolicy))).toEqual([
    ["gap found", 1],
    ["supported by repository evidence", 1],
  ]);
});
