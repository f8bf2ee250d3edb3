import type { Finding } from "../engine/comparison.ts";
import type { Assessment } from "./assessment.ts";

/** What a pull request's comment has to say. */
export interface Saying {
  /** `findings` spells out what the change brings; `line` is the verdict alone; `off` tells that nothing is told. */
  readonly form: "findings" | "line" | "off";
  /** Whether it is worth a comment that is not there yet; one that is there is always kept true. */
  readonly worthANewOne: boolean;
}

/**
 * Decides by the policy's mode. By default a comment begins with the first blocker or warning that the
 * change adds or fixes; a finding of severity low is no reason.
 * Where the policy wants no comment, one that was written before must not go on telling what is no longer so.
 */
export function sayingOf({ review, comparison, policy }: Assessment): Saying {
  if (policy.comment === "never") return { form: "off", worthANewOne: false };
  if (review.verdict === "not-applicable") return { form: "line", worthANewOne: false };
  // Without a base nothing is known to be new: only what blocks is worth a word.
  const adds = comparison ? comparison.added.some(isNotable) : review.blockers > 0;
  const fixes = comparison?.fixed.some(isNotable) ?? false;
  return { form: adds ? "findings" : "line", worthANewOne: adds || fixes || policy.comment === "always" };
}

function isNotable({ result: { severity } }: Finding): boolean {
  return severity !== "low";
}
