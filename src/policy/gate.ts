import type { Assessment } from "./assessment.ts";

/** What GitHub is told: the words of a check run's conclusion. */
export type Conclusion = "success" | "failure" | "neutral" | "action_required";

/** The gate of the command line. */
export function passesGate({ conclusion }: Assessment): boolean {
  return conclusion === "success" || conclusion === "neutral";
}
