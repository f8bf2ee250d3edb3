import type { Finding } from "./comparison.ts";
import type { Review, RuleResult } from "./review.ts";

/** Every finding of a review, in its order. */
export function findingsOf({ rules }: Review): readonly Finding[] {
  return rules.flatMap(findingsOfResult);
}

/** The findings of a rule that fails or holds in part, place by place. */
export function findingsOfResult(result: RuleResult): readonly Finding[] {
  if (result.outcome !== "fail" && result.outcome !== "partial") return [];
  const isBlocking = isBlocker(result);
  if (result.evidence.length === 0) return [{ result, evidence: null, isBlocking }];
  return result.evidence.map((evidence) => ({ result, evidence, isBlocking }));
}

/** A critical rule that fails: each of its places blocks. */
export function isBlocker({ severity, outcome }: RuleResult): boolean {
  return severity === "critical" && outcome === "fail";
}
