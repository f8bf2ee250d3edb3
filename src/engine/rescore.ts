import type { Profile } from "../rule.ts";
import { meanScore } from "./mean-scores.ts";
import type { ComponentResult, Review, RuleResult } from "./review.ts";
import { type Scored, scoreOf } from "./score.ts";

/**
 * The score that the review would have if these rules passed wherever they were assessed: judged again,
 * not summed up. Null where the review has none.
 */
export function scoreIfPassed(review: Review, passed: ReadonlySet<string>): number | null {
  const scored = review.components.filter(({ profile }) => profile !== "none");
  const scores = scored.map((component) =>
    scoreOf(
      review.rules.map((result) => scoredIn(result, component, passed)),
      component.profile as Profile,
    ),
  );
  return meanScore(scored, scores);
}

function scoredIn(result: RuleResult, component: ComponentResult, passed: ReadonlySet<string>): Scored {
  const value = valueIn(result, component);
  return {
    category: result.category,
    severity: result.severity,
    value: value !== null && passed.has(result.id) ? 1 : value,
  };
}

/** A rule without outcomes of its own in each component was judged once for all of them. */
function valueIn({ components, value }: RuleResult, { root }: ComponentResult): number | null {
  return components.length === 0 ? value : (components.find((one) => one.root === root)?.value ?? null);
}
