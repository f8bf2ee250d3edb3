import type { Review } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import type { Gate } from "../policy/policy.ts";
import { type Change, countFindings } from "./change.ts";
import { count, isProvisional, shownScore } from "./findings.ts";

/** The verdict in words: "Not ready: 2 blockers". */
export function verdictWords(review: Review): string {
  if (review.verdict === "not-applicable")
    return review.blockers > 0 ? `No Python, and ${count(review.blockers, "blocker")}` : "Not applicable: no Python";
  if (review.verdict === "not-ready") return `Not ready: ${count(review.blockers, "blocker")}`;
  return review.verdict === "ready" ? "Ready" : "Needs work";
}

/**
 * The same, and how many of the blockers are new where some are not: "Not ready: 12 blockers, none new". A check
 * that does not pass never begins with "Ready".
 */
export function headlineOf(
  { review, conclusion, reasons }: Assessment,
  { newBlockers, knownBlockers }: Change,
): string {
  if (conclusion === "action_required")
    return `Needs a person: ${count(reasons.length, "critical rule")} could not be judged`;
  if (conclusion === "failure" && review.verdict === "ready") return "Below the gate of the policy";
  const words = verdictWords(review);
  if (knownBlockers.length === 0) return words;
  return `${words}, ${countFindings(newBlockers) || "none"} new`;
}

/** One line for a check run's title: "Not ready: 2 blockers · 81 (+3)". */
export function titleOf(assessment: Assessment, change: Change): string {
  const score = shownScore(assessment.review);
  const headline = headlineOf(assessment, change);
  if (score === null) return headline;
  const behind = [shownChange(scoreChange(assessment)), isProvisional(assessment.review) ? "provisional" : ""];
  const shown = behind.filter(Boolean).join(", ");
  return `${headline} · ${score}${shown && ` (${shown})`}`;
}

/** The difference of the scores as they are shown; null where there is none to compare with. */
export function scoreChange({ review, comparison }: Assessment): number | null {
  const [score, base] = [shownScore(review), comparison && shownScore(comparison.base)];
  return score === null || base === null ? null : score - base;
}

/** `+3`, `−2`, or nothing. */
export function shownChange(change: number | null): string {
  if (!change) return "";
  return change > 0 ? `+${change}` : `−${-change}`;
}

/** When the check fails, in words: "a change brings a blocker, or the score is under 70". */
export function gateWords({ failOn, minScore, maxDrop }: Gate): string {
  const causes = [
    failOn === "new-blocker" ? "a change brings a blocker that was not there" : "",
    failOn === "blocker" ? "there is a blocker" : "",
    minScore === null ? "" : `the score is under ${minScore}`,
    maxDrop === null ? "" : `a change lowers the score by more than ${maxDrop}`,
  ];
  return causes.filter(Boolean).join(", or when ");
}
