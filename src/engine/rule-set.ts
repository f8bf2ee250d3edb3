import type { AnyRule } from "../rule.ts";

/** The rule sets so far, by year, month and the number of the release in it, the newest last. */
export const ruleSets: readonly string[] = ["2026.11.1"];

/** The version of the rules. Raised whenever an outcome may change. */
export const ruleSetVersion = ruleSets.at(-1) as string;

/** The rule set that a rule came with. */
export function sinceOf({ since }: AnyRule): string {
  return since ?? (ruleSets[0] as string);
}

/**
 * Whether a rule counts in a rule set: a rule that is new in a set is shown there, and counts from the set
 * after, so that nobody turns red by an upgrade. Those of the first set always do.
 */
export function countsIn(rule: AnyRule, ruleSet: string, sets: readonly string[] = ruleSets): boolean {
  const since = sets.indexOf(rule.since ?? (sets[0] as string));
  return since === 0 || (since > 0 && since < sets.indexOf(ruleSet));
}
