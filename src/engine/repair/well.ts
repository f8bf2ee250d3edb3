import type { Severity } from "../../rule.ts";
import type { Judged } from "../judge.ts";
import type { JudgedSnapshot } from "../review-snapshot.ts";

/** Sums of fractions differ in their last digits. */
const TOLERANCE = 1e-6;

/**
 * Why repairs are not well, by the rule that says so: a repaired one that is no better, or any other that is worse.
 * Empty where all is well.
 */
export function whyNot(
  before: JudgedSnapshot,
  after: JudgedSnapshot,
  repaired: readonly string[],
): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const later = new Map(after.judged.map(({ id, judged }) => [id, judged]));
  const sameParts =
    JSON.stringify(before.review.components.map(({ root }) => root)) ===
    JSON.stringify(after.review.components.map(({ root }) => root));
  if (!sameParts) reasons.set("", "it would change what the repository's components are");
  const [score, now] = [before.review.score ?? 0, after.review.score ?? 0];
  if (now < score - TOLERANCE) reasons.set("", "tried, it lowered the score");
  for (const { id, rule, judged } of before.judged) {
    const pairs = judged.map((one, index): readonly [Judged, Judged | undefined] => [one, later.get(id)?.[index]]);
    const unclear = pairs.find(([, now]) => repaired.includes(id) && now?.outcome === "unknown")?.[1];
    if (unclear) reasons.set(id, `tried, it could not be judged: ${unclear.reason}`);
    else if (pairs.some(([one, now]) => !now || isWorse(one, now, rule.severity)))
      reasons.set(id, `tried, it made ${id} worse`);
    else if (repaired.includes(id) && !pairs.some(([one, now]) => now && isBetter(one, now)))
      reasons.set(id, "tried, it did not help");
  }
  return reasons;
}

/**
 * A rule that fails more, or that can no longer be judged. One that had no subject, or could not be judged, may fail
 * now, as a first workflow brings the question of a linter: there only a blocker is worse.
 */
function isWorse(before: Judged, after: Judged, severity: Severity): boolean {
  if (after.outcome === "skip" || after.outcome === "pass" || after.outcome === "waived") return false;
  if (before.value === null) return after.outcome === "crashed" || (after.value !== null && severity === "critical");
  return after.value === null || after.value < before.value;
}

/** It passes, holds for more, or fails at fewer places. */
function isBetter(before: Judged, after: Judged): boolean {
  if (after.outcome === "pass") return before.outcome !== "pass";
  if (after.value === null || before.value === null) return false;
  return after.value > before.value || after.evidence.length < before.evidence.length;
}
