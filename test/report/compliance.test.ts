import { describe, expect, test } from "@jest/globals";
import { DISCLAIMER } from "../../src/compliance/checklist.ts";
import type { RuleResult } from "../../src/engine/review.ts";
import { assess } from "../../src/policy/assess.ts";
import { type Compliance, defaultPolicy } from "../../src/policy/policy.ts";
import { checkRunOutput } from "../../src/report/check-run.ts";
import { context, evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const undeclared = resultOf({
  id: "governance/compliance-scope-declared",
  evidence: [evidenceAt("requirements.txt", 2, "stripe hints at payments, and nothing says which regimes apply.")],
});
const summaryOf = (compliance: Partial<Compliance>, rules: readonly RuleResult[] = []) =>
  checkRunOutput(
    assess(reviewOf(rules), null, { ...defaultPolicy, compliance: { ...defaultPolicy.compliance, ...compliance } }),
    context,
  ).summary;
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
