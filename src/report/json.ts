import { DISCLAIMER } from "../compliance/checklist.ts";
import type { Comparison, Finding } from "../engine/comparison.ts";
import type { Repair } from "../engine/repair/repairs.ts";
import type { Review } from "../engine/review.ts";
import type { Assessment, Notice } from "../policy/assessment.ts";
import type { Policy } from "../policy/policy.ts";
import { regimeSummaries } from "./compliance.ts";

/**
 * A review as the JSON of `schema/report.schema.json`: scores rounded down, values never absent.
 * @param repairs those that were tried on this commit, and hold
 */
export function toJson(assessment: Assessment, repairs: readonly Repair[] = []): Readonly<Record<string, unknown>> {
  const { review, comparison, policy, conclusion, reasons, notices } = assessment;
  const { repository, commit, date, ruleSet, profile, verdict, blockers, lookedAt } = review;
  return {
    repository,
    commit,
    date,
    ruleSet,
    profile,
    profileEvidence: review.profileEvidence,
    score: review.score === null ? null : Math.floor(review.score),
    verdict,
    blockers,
    gate: { conclusion, reasons },
    coverage: Math.floor(review.coverage * 100) / 100,
    categories: review.categories.map(({ id, score, weight }) => ({ id, score: tenth(score), weight: tenth(weight) })),
    rules: review.rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      outcome: rule.outcome,
      value: rule.value,
      severity: rule.severity,
      gain: tenth(rule.gain),
      reason: rule.reason,
      evidence: rule.evidence,
      waived: rule.waived,
      suppressed: rule.suppressed,
      toBeSuppressed: rule.toBeSuppressed,
      components: rule.components,
      repair: repairOf(repairs.find(({ ruleId }) => ruleId === rule.id)),
    })),
    components: review.components.map((component) => ({ ...component, score: tenth(component.score) })),
    policy: policyOf(review, policy, notices),
    compliance: { disclaimer: DISCLAIMER, regimes: regimeSummaries(review, policy) },
    comparison: comparison && comparisonJson(review, comparison),
    lookedAt,
  };
}

function repairOf(repair: Repair | undefined): object | null {
  return repair ? { isWhole: repair.isWhole, paths: repair.changes.map(({ path }) => path) } : null;
}

/** The policy as far as it changes what a reader has to know: waivers, rules to come, and what is to be said of it. */
function policyOf({ waivers, previews }: Review, policy: Policy, notices: readonly Notice[]) {
  return {
    waivers: policy.waivers.map(({ rule, paths, reason, owner, expires }, index) => ({
      rule,
      paths,
      reason,
      owner,
      expires,
      findings: waivers[index]?.findings ?? 0,
    })),
    previews,
    notices,
  };
}

function comparisonJson(review: Review, { base, added, fixed, unchanged }: Comparison): object {
  const isScored = review.score !== null && base.score !== null;
  return {
    base: {
      commit: base.commit,
      score: base.score === null ? null : Math.floor(base.score),
      verdict: base.verdict,
      blockers: base.blockers,
    },
    scoreChange: isScored ? Number(((review.score ?? 0) - (base.score ?? 0)).toFixed(1)) : null,
    added: added.map(findingJson),
    fixed: fixed.map(findingJson),
    unchanged: unchanged.length,
  };
}

function findingJson({ result, evidence, isBlocking }: Finding): object {
  const { path = null, line = null, fingerprint = null } = evidence ?? {};
  return { rule: result.id, path, line, fingerprint, isBlocking };
}

/** Rounded down to a tenth, so that 84.96 is not shown as the next band. */
function tenth(value: number | null): number | null {
  return value === null ? null : Math.floor(value * 10 + 1e-6) / 10;
}
