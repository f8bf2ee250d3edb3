import type { Comparison, Finding } from "../../src/engine/comparison.ts";
import { findingsOf } from "../../src/engine/findings.ts";
import { fingerprinted } from "../../src/engine/fingerprints.ts";
import type { Evidence, Review, RuleResult } from "../../src/engine/review.ts";
import { assess } from "../../src/policy/assess.ts";
import type { Assessment } from "../../src/policy/assessment.ts";
import { defaultPolicy, type Policy } from "../../src/policy/policy.ts";

/** A rule's result, failing unless told otherwise. */
export function resultOf(changes: Partial<RuleResult> = {}): RuleResult {
  return {
    id: "testing/tests-present",
    category: "testing",
    title: "The code has automated tests",
    severity: "high",
    why: "Nobody can change it safely.",
    fix: "Write a test.",
    outcome: "fail",
    value: 0,
    gain: 4.2,
    reason: null,
    evidence: [],
    isOfToday: false,
    waived: [],
    suppressed: [],
    toBeSuppressed: [],
    unread: [],
    components: [],
    ...changes,
  };
}

export function evidenceAt(path: string, line: number | null, message = "It is wrong here."): Evidence {
  return fingerprinted(
    "testing/tests-present",
    [{ path, line, message, mark: undefined }],
    () => undefined,
  )[0] as Evidence;
}

/** A review of a small service, with these results. */
export function reviewOf(rules: readonly RuleResult[] = [], changes: Partial<Review> = {}): Review {
  const blockers = rules.filter(({ severity, outcome }) => severity === "critical" && outcome === "fail");
  return {
    repository: "acme/shop",
    commit: "9b2e7d1".padEnd(40, "0"),
    ruleSet: "2026.11.1",
    date: "2026-11-22",
    profile: "web-service",
    profileEvidence: [{ path: "manage.py", line: null, message: "manage.py starts it" }],
    score: 81.9,
    coverage: 0.93,
    verdict: blockers.length > 0 ? "not-ready" : "ready",
    blockers: blockers.reduce((sum, { evidence }) => sum + Math.max(1, evidence.length), 0),
    categories: [
      { id: "testing", score: 75.25, weight: 14 },
      { id: "observability", score: null, weight: 10 },
    ],
    rules,
    components: [{ root: "", profile: "web-service", score: 81.9, lines: 1200 }],
    waivers: [],
    previews: [],
    lookedAt: {
      files: 412,
      read: 31,
      sources: { read: 20, of: 20 },
      characters: 90_000,
      complete: true,
      settingsReadAt: null,
      advisories: null,
      unreadable: [],
    },
    ...changes,
  };
}

/** The same as an assessment by the default policy, without a base. */
export function assessmentOf(rules: readonly RuleResult[] = [], changes: Partial<Review> = {}): Assessment {
  return assess(reviewOf(rules, changes), null, defaultPolicy);
}

/** The same, compared with a base. */
export function assessmentAgainst(
  base: Review,
  rules: readonly RuleResult[] = [],
  changes: Partial<Review> = {},
  policy: Policy = defaultPolicy,
): Assessment {
  const head = reviewOf(rules, changes);
  return assess(head, comparisonOf(base, head), policy);
}

/** The difference of two reviews by rule and fingerprint, of a change that touches what both speak of. */
function comparisonOf(base: Review, head: Review): Comparison {
  const keyOf = ({ result, evidence }: Finding): string => `${result.id} ${evidence?.fingerprint ?? ""}`;
  const [before, now] = [findingsOf(base), findingsOf(head)];
  const [known, current] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))];
  const touched = new Set(now.flatMap(({ evidence }) => evidence?.path ?? []));
  return {
    base,
    change: { touched, removed: new Set(), renames: new Map() },
    added: now.filter((finding) => !known.has(keyOf(finding))),
    fixed: before.filter((finding) => !current.has(keyOf(finding))),
    unchanged: now.filter((finding) => known.has(keyOf(finding))),
  };
}

export const context = {
  headSha: "9b2e7d1".padEnd(40, "0"),
  reviewId: "rv_1",
  durationMs: 3400,
  requests: 7,
  docsUrl: "https://docs.example.invalid/rules",
  filesUrl: "https://github.example.invalid/acme/shop/blob/9b2e7d1",
  checkUrl: "https://github.example.invalid/acme/shop/runs/1",
};
