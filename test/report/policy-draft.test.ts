import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { load } from "js-yaml";
import { policyDraft } from "../../src/report/policy-draft.ts";
import { policyOf } from "../support/policies.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const critical = resultOf({
  id: "deployment/container-runs-as-non-root",
  severity: "critical",
  evidence: [evidenceAt("legacy/Dockerfile", 1)],
});
const scope = (message: string) =>
  resultOf({
    id: "governance/compliance-scope-declared",
    severity: "medium",
    evidence: [evidenceAt("pyproject.toml", 3, message)],
  });

/** The draft with every suggestion in use. */
const inUse = (draft: string): string => draft.replace(/^#(?=\S| {2})/gm, "");
const used = (draft: string): unknown => load(inUse(draft));

test("as it is written it holds what holds by default", () => {
  expect(load(policyDraft(reviewOf([critical])))).toEqual({ gate: { "fail-on": "new-blocker" }, comment: "changes" });
});

describe("with its suggestions in use", () => {
  test("it is a policy of what was found", () => {
    const components = ["api", "jobs"].map((root) => ({ root, profile: "worker", score: 50, lines: 9 }));
    const review = reviewOf([critical, scope("stripe hints at payments, and nothing says which regimes apply.")], {
      components,
      score: 62.9,
    });
    expect(policyOf(inUse(policyDraft(review))).notices).toEqual([]);
    expect(used(policyDraft(review))).toEqual({
      profile: "web-service",
      gate: { "fail-on": "new-blocker", "min-score": 62, "max-drop": 2 },
      comment: "changes",
      components: ["api", "jobs"],
      rules: { "deployment/container-runs-as-non-root": "off", "governance/compliance-scope-declared": "off" },
      waivers: [
        {
          rule: "deployment/container-runs-as-non-root",
          paths: ["legacy/Dockerfile"],
          reason: "say here why this is accepted",
          owner: "@organisation/team",
          expires: "2027-02-20",
        },
      ],
      compliance: ["pci-dss"],
    });
  });

  test.each([
    ["payments", "stripe hints at payments, and nothing says which regimes apply.", ["pci-dss"]],
    ["health data", "pydicom hints at health data, and nothing says which regimes apply.", ["hipaa"]],
    ["identities", "onfido hints at checks of identity, and nothing says which regimes apply.", ["soc2"]],
  ])("it names a regime for %s", (_, message, regimes) => {
    expect(used(policyDraft(reviewOf([scope(message)])))).toMatchObject({ compliance: regimes });
  });

  test("it says nothing of what was not found", () => {
    const clean = policyDraft(reviewOf([], { profile: "none", profileEvidence: [], score: null }));
    expect(used(clean)).toEqual({
      gate: { "fail-on": "new-blocker", "min-score": 70, "max-drop": 2 },
      comment: "changes",
    });
  });

  test("no text of a repository adds a key to it", () => {
    const words = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.constantFrom(
        "a\nrules: off",
        "x\r#y: 1",
        '"]\nexclude: ["**"]',
        "\u2028gate: off",
        "\u0085comment: never",
        "- a",
        "#b: 1",
      ),
    );
    fc.assert(
      fc.property(words, words, (path, message) => {
        const review = reviewOf([{ ...critical, evidence: [evidenceAt(path || "x", 1, message)] }, scope(message)], {
          profileEvidence: [{ path, line: null, message }],
          components: [path, "b"].map((root) => ({ root, profile: "cli", score: 1, lines: 1 })),
        });
        const draft = policyDraft(review);
        expect(load(draft)).toEqual({ gate: { "fail-on": "new-blocker" }, comment: "changes" });
        const keys = Object.keys(used(draft) as object);
        expect(
          keys.filter(
            (key) => !["profile", "gate", "comment", "components", "rules", "waivers", "compliance"].includes(key),
          ),
        ).toEqual([]);
      }),
    );
  });
});
