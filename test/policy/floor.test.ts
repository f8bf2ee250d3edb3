import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rules } from "../../rules/index.ts";
import { findingsOf } from "../../src/engine/findings.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { assess } from "../../src/policy/assess.ts";
import { profiles, severities } from "../../src/policy/schema.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { POLICY, policyFiles, policyOf, told } from "../support/policies.ts";
import { python } from "../support/python.ts";
import { githubToken } from "../support/secrets.ts";

describe("a floor", () => {
  const floor =
    "enforce:\n  gate: { fail-on: blocker, min-score: 60, max-drop: 5 }\n  rules:\n    testing/tests-present: critical\n    ci-cd/tests-run: on\n";

  test("holds where the repository says nothing", () => {
    const { policy, origins, notices } = policyOf("", floor);
    expect(policy.gate).toEqual({ failOn: "blocker", minScore: 60, maxDrop: 5 });
    expect(policy.rules["testing/tests-present"]).toMatchObject({ off: false, severity: "critical" });
    expect(origins["gate.min-score"]).toEqual({ by: "floor", path: `acme/.github: ${POLICY}`, line: 2 });
    expect(notices).toEqual([]);
  });

  test("lets the repository ask for more", () => {
    const { policy, notices } = policyOf(
      "gate: { min-score: 80, max-drop: 1 }\nrules: { ci-cd/tests-run: critical }\n",
      floor,
    );
    expect(policy.gate).toEqual({ failOn: "blocker", minScore: 80, maxDrop: 1 });
    expect(policy.rules["ci-cd/tests-run"]?.severity).toBe("critical");
    expect(notices).toEqual([]);
  });

  test("takes the effect of what asks for less, and says so", () => {
    const text =
      "gate: { fail-on: never, min-score: 10 }\nrules:\n  testing/tests-present: off\n  ci-cd/tests-run: low\nwaivers:\n  - rule: ci-cd/tests-run\n    reason: They run by hand for now.\n    owner: '@ada'\n    expires: 2027-01-01\n";
    const { policy, notices } = policyOf(text, floor);
    expect([policy.gate.failOn, policy.gate.minScore, policy.waivers]).toEqual(["blocker", 60, []]);
    expect(policy.rules["testing/tests-present"]).toMatchObject({ off: false, severity: "critical" });
    const severity = rules.find(({ id }) => id === "ci-cd/tests-run")?.rule.severity;
    expect(policy.rules["ci-cd/tests-run"]).toMatchObject({ off: false, severity });
    expect(told(notices)).toEqual([
      `${POLICY}:1 gate.fail-on is never, and the organisation enforces blocker. This entry has no effect.`,
      `${POLICY}:1 gate.min-score is 10, and the organisation enforces 60. This entry has no effect.`,
      `${POLICY}:3 testing/tests-present is off, and the organisation enforces critical. This entry has no effect.`,
      `${POLICY}:4 ci-cd/tests-run is low, and the organisation enforces ${severity}. This entry has no effect.`,
      `${POLICY}:6 It waives ci-cd/tests-run, which the organisation enforces. This entry has no effect.`,
    ]);
  });

  test("may let waivers through, and the organisation's own always hold", () => {
    const waiver =
      "waivers:\n  - rule: ci-cd/tests-run\n    reason: They run by hand for now.\n    owner: '@ada'\n    expires: 2027-01-01\n";
    expect(policyOf(waiver, `${floor}  waivers: true\n`).policy.waivers).toHaveLength(1);
    expect(policyOf("", `${floor}${waiver}`).policy.waivers).toHaveLength(1);
  });

  test("of several files is the strictest of them, and a repository that builds on one only adds to it", () => {
    const files = policyFiles({
      [POLICY]: floor,
      "lax.yml": "enforce: { gate: { min-score: 20 }, rules: { ci-cd/tests-run: low } }\n",
    });
    const organisation = { repository: "acme/.github", files };
    const { policy } = policyOf("extends: [lax.yml]\n", undefined, { organisation });
    expect(policy.gate.minScore).toBe(60);
    expect(policy.rules["ci-cd/tests-run"]?.severity).not.toBe("low");
  });

  test("stands where the repository's file is broken", () => {
    expect(policyOf("gate: [\n", floor).policy.gate.failOn).toBe("blocker");
  });
});

const chosen = ["security/no-committed-secrets", "testing/tests-present", "documentation/readme-essentials"];
const files = {
  "shop/api.py": `${"total = price * count  # of the order\n".repeat(80)}`,
  "shop/settings.py": `TOKEN = "${githubToken()}"
`,
};

/** Any policy that a repository may write, of the few rules that matter here. */
const anyPolicy = fc.record(
  {
    profile: fc.constantFrom(...profiles),
    comment: fc.constantFrom("never", "always"),
    gate: fc.record(
      {
        "fail-on": fc.constantFrom("never", "new-blocker", "blocker"),
        "min-score": fc.nat(100),
        "max-drop": fc.nat(100),
      },
      { requiredKeys: [] },
    ),
    exclude: fc.array(fc.constantFrom("**", "*", "shop", "shop/*.py", "tests/**", "README.md"), { maxLength: 3 }),
    components: fc.array(fc.constantFrom("shop", ".", "nowhere", { path: "shop", profile: "docs-only" }), {
      maxLength: 2,
    }),
    rules: fc.dictionary(
      fc.constantFrom(...chosen),
      fc.oneof(
        fc.constantFrom("off", false, "on", ...severities),
        fc.record({ enabled: fc.boolean(), severity: fc.constantFrom(...severities) }),
      ),
    ),
    waivers: fc.array(
      fc.record({
        rule: fc.constantFrom(...chosen),
        reason: fc.constant("It is fine, says nobody."),
        owner: fc.constant("@mallory"),
        expires: fc.constantFrom("2026-12-31", "2027-01-31", "2020-01-01"),
      }),
      { maxLength: 3 },
    ),
    enforce: fc.constant({ waivers: true, gate: { "fail-on": "never" } }),
    extends: fc.constant(["lax.yml"]),
    "rule-set": fc.constant("2026.11.1"),
  },
  { requiredKeys: [] },
);

/** Files that silence findings in other ways. */
const anySilence = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  { ".gitattributes": "** linguist-vendored\n" },
  { ".gitattributes": "shop/* linguist-generated=true\n" },
);

test("no repository file undercuts a floor", async () => {
  const enforced = chosen.slice(0, 2);
  const catalogued = rules.filter(({ id }) => chosen.includes(id));
  const floor = `enforce:\n  gate: { fail-on: blocker, min-score: 50 }\n  rules: { ${enforced.map((id) => `${id}: on`).join(", ")} }\n`;
  const organisation = {
    repository: "acme/.github",
    files: policyFiles({ [POLICY]: floor, "lax.yml": "rules: {}\n" }),
  };
  const judged = async (text: string, silence: Readonly<Record<string, string>>) => {
    const { policy } = policyOf(text, undefined, { organisation });
    const review = await reviewSnapshot(miniSnapshot({ ...files, ...silence }), {
      rules: catalogued,
      date: "2026-11-24",
      python,
      terms: async () => policy,
    });
    const findings = findingsOf(review).filter(({ result }) => enforced.includes(result.id));
    const severity = new Map(findings.map(({ result }) => [result.id, severities.indexOf(result.severity)]));
    return {
      places: findings.map(({ result, evidence }) => `${result.id} ${evidence?.path}`),
      severity,
      ...assess(review, null, policy),
    };
  };
  const bare = await judged("", {});
  expect([bare.conclusion, new Set(bare.places.map((place) => place.split(" ")[0])).size]).toEqual(["failure", 2]);
  await fc.assert(
    fc.asyncProperty(anyPolicy, anySilence, async (policy, silence) => {
      const { places, severity, conclusion } = await judged(JSON.stringify(policy), silence);
      expect(places).toEqual(bare.places);
      for (const [id, least] of bare.severity) expect(severity.get(id)).toBeGreaterThanOrEqual(least);
      expect(conclusion).toBe("failure");
    }),
    { numRuns: 60 },
  );
}, 60_000);
