import type { Review } from "../engine/review.ts";

/** What GitHub is told: the words of a check run's conclusion. */
export type Conclusion = "success" | "failure" | "neutral" | "action_required";

/** From this score on nothing needs to be said on a pull request. */
const QUIET_FROM = 70;

/**
 * What a review means for a merge, by the default gate: a blocker fails it. A critical rule that
 * crashed is our own failure, and never looks like success.
 */
export function conclusionOf(review: Review): Conclusion {
  if (review.blockers > 0) return "failure";
  if (review.verdict === "not-applicable") return "neutral";
  const unjudged = review.rules.some(({ severity, outcome }) => severity === "critical" && outcome === "crashed");
  return unjudged ? "action_required" : "success";
}

/** Whether a pull request should carry a comment that is not there yet. */
export function worthSaying({ blockers, score }: Review): boolean {
  return blockers > 0 || (score !== null && score < QUIET_FROM);
}

/** The gate of the command line: no blocker, and a score of at least `minScore` where one is asked for. */
export function passesGate(review: Review, { minScore }: { readonly minScore?: number }): boolean {
  const conclusion = conclusionOf(review);
  if (conclusion === "failure" || conclusion === "action_required") return false;
  return minScore === undefined || review.score === null || review.score >= minScore;
}
