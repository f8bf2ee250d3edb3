import { describe, expect, test } from "@jest/globals";
import { DISCLAIMER } from "../../src/compliance/checklist.ts";
import type { RuleResult } from "../../src/engine/review.ts";
import { assess } from "../../src/policy/assess.ts";
import { type Compliance, defaultPolicy } from "../../src/policy/policy.ts";
import { checkRunOutput } from "../../src/report/check-run.ts";
import { htmlReport } from "../../src/report/html/report.ts";
import { toJson } from "../../src/report/json.ts";
import { markdownReport } from "../../src/report/markdown-report.ts";
import { regimeCheckRuns } from "../../src/report/regime-check.ts";
import { terminalReport } from "../../src/report/terminal.ts";
import { assessmentAgainst, context, evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const undeclared = resultOf({
  id: "governance/compliance-scope-declared",
  evidence: [evidenceAt("requirements.txt", 2, "stripe hints at payments, and nothing says which regimes apply.")],
});
const summaryOf = (compliance: Partial<Compliance>, rules: readonly RuleResult[] = []) =>
  checkRunOutput(
    assess(reviewOf(rules), null, { ...defaultPolicy, compliance: { ...defaultPolicy.compliance, ...compliance } }),
    context,
  ).summary;
const assessmentBy = (regimes: readonly string[]) =>
  assess(reviewOf([resultOf({ id: "governance/codeowners-valid" })]), null, {
    ...defaultPolicy,
    compliance: { ...defaultPolicy.compliance, regimes },
  });
const HEADING = "Compliance: what the evidence says of controls";

describe("the part on compliance", () => {
  test("has a line for each regime that the policy names, with the disclaimer", () => {
    const failing = resultOf({ id: "governance/codeowners-valid" });
    const summary = summaryOf({ regimes: ["soc2", "nist-ssdf"] }, [failing]);
    expect(summary).toContain(
      `<summary>${HEADING}</summary>\n\n<sub>${DISCLAIMER}</sub>\n\n- **SOC 2**: 1 gap found, `,
    );
    expect(summary).toMatch(/- \*\*SOC 2\*\*: .*\. Gaps: `CC1\.3`\.\n- \*\*NIST SSDF\*\*: /);
    expect(summary).not.toMatch(/compliant|certified/i);
  });

  test("names eight gaps and counts the rest", () => {
    const ids = ["documentation/runbook-present", "security/sast-configured", "governance/codeowners-valid"];
    const summary = summaryOf(
      { regimes: ["soc2"] },
      [...ids, "ci-cd/tests-run"].map((id) => resultOf({ id })),
    );
    expect(summary).toMatch(/Gaps: (`[A-Z0-9.]+`, ){7}`[A-Z0-9.]+` and \d+ more\./);
  });

  test.each([
    ["asks for the regimes where the code hints at regulated data", {}, [undeclared], true],
    ["asks nothing where the policy says that none applies", { none: "Stripe Checkout alone" }, [undeclared], false],
    ["is not there where nothing hints at it", {}, [resultOf({ ...undeclared, outcome: "skip" })], false],
  ])("%s", (_, compliance, rules, isThere) => {
    const summary = summaryOf(compliance, rules);
    expect([summary.includes(HEADING), summary.includes("as `pci-dss` for payments")]).toEqual([isThere, isThere]);
  });
});

describe("every other report says the same, beside the disclaimer", () => {
  const shown: Readonly<Record<string, (regimes: readonly string[]) => string>> = {
    terminal: (regimes) => terminalReport(assessmentBy(regimes), { color: false }),
    markdown: (regimes) => markdownReport(assessmentBy(regimes), context),
    html: (regimes) => htmlReport(assessmentBy(regimes), context),
  };

  test.each(Object.entries(shown))("%s", (_, reportOf) => {
    const report = reportOf(["soc2"]);
    expect(report).toContain(HEADING);
    expect(report).toContain(DISCLAIMER);
    expect(report).toMatch(/SOC 2.*1 gap found, .*Gaps: `?CC1\.3`?\./);
    expect(reportOf([])).not.toContain(HEADING);
  });

  test("json", () => {
    const { compliance } = toJson(assessmentBy(["soc2"]));
    const [soc2] = (compliance as { regimes: readonly object[] }).regimes;
    expect(compliance).toMatchObject({ disclaimer: DISCLAIMER });
    expect(soc2).toMatchObject({ regime: "soc2", title: "SOC 2", gaps: ["CC1.3"] });
    expect(toJson(assessmentBy([]))).toMatchObject({ compliance: { regimes: [] } });
  });
});

describe("the check run of a regime's own", () => {
  const tests = { id: "ci-cd/tests-run", severity: "medium" } as const;
  const known = resultOf({ ...tests, evidence: [evidenceAt("a.yml", 1, "No job runs them.")] });
  const more = resultOf({ ...tests, evidence: [...known.evidence, evidenceAt("b.yml", 2, "Nor here.")] });
  const waived = { ...evidenceAt("b.yml", 2), reason: "Later.", owner: "@ada", expires: "2027-01-01" };
  const holds = resultOf({ ...tests, outcome: "pass", value: 1 });
  const lost = resultOf({
    ...tests,
    outcome: "unknown",
    value: null,
    reason: "a.yml cannot be parsed",
    unread: ["a.yml"],
  });
  const crashed = resultOf({ ...tests, outcome: "crashed", value: null });
  const supporting = resultOf({ id: "dependencies/updates-automated" });

  function runOf(check: "inform" | "block", base: RuleResult | null, head: RuleResult, regime = "soc2") {
    const compliance = { ...defaultPolicy.compliance, regimes: [regime], checks: { [regime]: check } };
    const policy = { ...defaultPolicy, compliance };
    const review = reviewOf([head]);
    const assessment = base ? assessmentAgainst(reviewOf([base]), [head], {}, policy) : assess(review, null, policy);
    const touched = new Set(["a.yml"]);
    const { comparison } = assessment;
    const change = comparison && { ...comparison, change: { ...comparison.change, touched } };
    return regimeCheckRuns({ ...assessment, comparison: change }, context)[0];
  }

  test.each([
    ["a finding that the change brings", holds, known, "block", "failure"],
    ["the same, where the check informs", holds, known, "inform", "neutral"],
    ["one more place in a gap that was there", known, more, "block", "failure"],
    ["a gap that was there", known, known, "block", "neutral"],
    ["a gap without a base", null, known, "block", "failure"],
    [
      "what a waiver accepts",
      holds,
      resultOf({ ...tests, outcome: "waived", value: null, waived: [waived] }),
      "block",
      "neutral",
    ],
    ["a rule that only supports its controls", holds, supporting, "block", "neutral"],
    ["a file that the change makes unreadable", holds, lost, "block", "action_required"],
    ["the same, where the check informs", holds, lost, "inform", "neutral"],
    ["a defect of a rule", holds, crashed, "block", "action_required"],
    ["nothing", holds, holds, "block", "neutral"],
  ] as const)("of %s", (_, base, head, check, conclusion) => {
    expect(runOf(check, base, head, head === supporting ? "nist-ssdf" : "soc2")?.conclusion).toBe(conclusion);
  });

  test("names the gaps with their places, marks what is new, and says what it is not", () => {
    const run = runOf("block", holds, known);
    expect(run?.title).toMatch(/^New in 2 controls · 2 gaps found, /);
    expect(run?.summary).toContain(DISCLAIMER);
    expect(run?.summary).toContain("- **new** `CC8.1` ");
    expect(run?.summary).toContain(
      "    - [`a.yml:1`](https://github.example.invalid/acme/shop/blob/9b2e7d1/a.yml#L1) No job runs them.",
    );
    expect(run?.summary).not.toMatch(/compliant|certified|passes SOC/i);
  });

  test("counts what is suppressed beside a control that is partly supported", () => {
    const run = runOf("inform", null, resultOf({ ...holds, suppressed: known.evidence }));
    expect(run?.summary).toMatch(/- `CC8\.1` [^\n]* rules apply\)\. 1 finding suppressed beside the code\./);
  });

  test("is not there where the policy asks for none", () => {
    const policy = { ...defaultPolicy, compliance: { ...defaultPolicy.compliance, regimes: ["soc2"] } };
    expect(regimeCheckRuns(assess(reviewOf([known]), null, policy), context)).toEqual([]);
  });
});
