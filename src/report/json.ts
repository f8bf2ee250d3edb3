import type { Review } from "../engine/review.ts";
import type { Assessment, Notice } from "../policy/assessment.ts";
import type { Policy } from "../policy/policy.ts";

/** A review as the JSON of `schema/report.schema.json`: scores rounded down, values never absent. */
export function toJson({ review, policy, notices }: Assessment): Readonly<Record<string, unknown>> {
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
      components: rule.components,
    })),
    components: review.components.map((component) => ({ ...component, score: tenth(component.score) })),
    policy: policyOf(review, policy, notices),
    lookedAt,
  };
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

/** Rounded down to a tenth, so that 84.96 is not shown as the next band. */
function tenth(value: number | null): number | null {
  return value === null ? null : Math.floor(value * 10 + 1e-6) / 10;
}
