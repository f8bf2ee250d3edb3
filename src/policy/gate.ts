import type { Assessment } from "./assessment.ts";

/** What GitHub is told: the words of a check run's conclusion. */
export type Conclusion = "success" | "failure" | "neutral" | "action_required";

/** From this score on nothing needs to be said on a pull request. */
const QUIET_FROM = 70;

/** Whether a pull request should carry a comment that is not there yet. */
export function worthSaying({ review: { blockers, score } }: Assessment): boolean {
  return blockers > 0 || (score !== null && score < QUIET_FROM);
}

/** The gate of the command line. */
export function passesGate({ conclusion }: Assessment): boolean {
  return conclusion === "success" || conclusion === "neutral";
}
