import type { Finding } from "./comparison.ts";
import type { Review, RuleResult } from "./review.ts";

/** Every finding of a review, in its order: failing rules and those that hold in part, place by place. */
export function findingsOf({ rules }: Review): readonly Finding[] {
  return rules
    .filter(({ outcome }) => outcome === "fail" || outcome === "partial")
    .flatMap((result): readonly Finding[] => {
      const isBlocking = isBlocker(result);
      if (result.evidence.length === 0) return [{ result, evidence: null, isBlocking }];
      return result.evidence.map((evidence) => ({ result, evidence, isBlocking }));
    });
}

/** A critical rule that fails: each of its places blocks. */
export function isBlocker({ severity, outcome }: RuleResult): boolean {
  return severity === "critical" && outcome === "fail";
}
