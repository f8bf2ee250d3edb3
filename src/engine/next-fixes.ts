import { scoreIfPassed } from "./rescore.ts";
import type { Review, RuleResult } from "./review.ts";

/**
 * What a fix takes, from what is known without guessing: pyready can make the change itself, or it is at
 * one place, at a few, at many, or no place is named because something is missing.
 */
export type Effort = "repair" | "one-place" | "few-places" | "missing" | "many-places";

/** One rule to make pass. */
export interface Fix {
  readonly result: RuleResult;
  /** Points that the score gains by it. */
  readonly gain: number;
  readonly effort: Effort;
}

/** The shortest way to the next band of the score. */
export interface NextBand {
  /** Where the band begins. */
  readonly from: number;
  readonly fixes: readonly Fix[];
  /** The score with all of them made. */
  readonly score: number;
}

export interface NextFixes {
  /** Every rule that gains something, by gain for the effort. */
  readonly fixes: readonly Fix[];
  /** Null in the highest band, and where there is no score. */
  readonly nextBand: NextBand | null;
}

/** Where the bands of the score begin, from the second on. */
const BANDS: readonly number[] = [50, 70, 85, 95];
/** By what a gain is divided. */
const COST: Readonly<Record<Effort, number>> = {
  repair: 1,
  "one-place": 2,
  "few-places": 3,
  missing: 4,
  "many-places": 6,
};
const FEW = 5;

/**
 * What to do next.
 * @param repairable ids of the rules whose repair was tried on this commit, and holds
 */
export function nextFixes(review: Review, repairable: ReadonlySet<string> = new Set()): NextFixes {
  const fixes = review.rules
    .filter(({ outcome, gain }) => (outcome === "fail" || outcome === "partial") && gain !== null && gain > 0)
    .map((result) => ({ result, gain: result.gain as number, effort: effortOf(result, repairable) }))
    .sort((a, b) => b.gain / COST[b.effort] - a.gain / COST[a.effort] || (a.result.id < b.result.id ? -1 : 1));
  return { fixes, nextBand: nextBandOf(review, fixes) };
}

function effortOf({ id, evidence }: RuleResult, repairable: ReadonlySet<string>): Effort {
  if (repairable.has(id)) return "repair";
  const places = evidence.filter(({ path }) => path !== null).length;
  if (places === 0) return "missing";
  if (places === 1) return "one-place";
  return places <= FEW ? "few-places" : "many-places";
}

/** The largest gains first make the list shortest; of those that could end it, the easiest does. */
function nextBandOf(review: Review, byEffort: readonly Fix[]): NextBand | null {
  const { score } = review;
  const from = BANDS.find((band) => score !== null && score < band);
  if (from === undefined) return null;
  const scoreWith = (fixes: readonly Fix[]): number =>
    scoreIfPassed(review, new Set(fixes.map(({ result }) => result.id))) ?? 0;
  const largestFirst = byEffort.toSorted((a, b) => b.gain - a.gain);
  const length = largestFirst.findIndex((_, last) => scoreWith(largestFirst.slice(0, last + 1)) >= from) + 1;
  if (length === 0) return null;
  const sure = largestFirst.slice(0, length - 1);
  const last = byEffort.find((fix) => !sure.includes(fix) && scoreWith([...sure, fix]) >= from);
  const fixes = last ? [...sure, last] : largestFirst.slice(0, length);
  return { from, fixes: byEffort.filter((fix) => fixes.includes(fix)), score: scoreWith(fixes) };
}
