import type { Review } from "../engine/review.ts";
import { count, isProvisional, shownScore } from "./findings.ts";

/** The verdict in words: "Not ready: 2 blockers". */
export function verdictWords(review: Review): string {
  if (review.verdict === "not-applicable") return "Not applicable: no Python";
  if (review.verdict === "not-ready") return `Not ready: ${count(review.blockers, "blocker")}`;
  return review.verdict === "ready" ? "Ready" : "Needs work";
}

/** One line for a check run's title: the verdict, then the score. The change to the base has its place behind it. */
export function titleOf(review: Review): string {
  const score = shownScore(review);
  if (score === null) return verdictWords(review);
  return `${verdictWords(review)} · ${score}${isProvisional(review) ? " (provisional)" : ""}`;
}
