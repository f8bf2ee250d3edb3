import type { Profile, Severity } from "../rule.ts";
import { categoryWeights } from "./weights.ts";

const SEVERITY_WEIGHT: Readonly<Record<Severity, number>> = { critical: 10, high: 6, medium: 3, low: 1 };
/** A category counts in full once this much severity weight of it was assessed. */
const FULL_ASSESSMENT = 9;

/** What the score needs of a rule's outcome. A null value is in neither sum. */
export interface Scored {
  readonly category: string;
  readonly severity: Severity;
  readonly value: number | null;
}

export interface CategoryScore {
  readonly id: string;
  /** 0 to 100; null when nothing of it was assessed. */
  readonly score: number | null;
  readonly weight: number;
  /** Severity weight assessed. */
  readonly assessed: number;
}

/** The weighted mean of each category's rules, in the order of the weights. */
export function categoryScores(results: readonly Scored[], profile: Profile): readonly CategoryScore[] {
  const byCategory = Map.groupBy(results, ({ category }) => category);
  return Object.entries(categoryWeights[profile]).map(([id, weight]) =>
    categoryScore(id, weight, byCategory.get(id) ?? []),
  );
}

/** The weighted mean of the rules of one category. */
export function categoryScore(id: string, weight: number, results: readonly Scored[]): CategoryScore {
  let assessed = 0;
  let sum = 0;
  for (const { severity, value } of results) {
    if (value === null) continue;
    assessed += SEVERITY_WEIGHT[severity];
    sum += SEVERITY_WEIGHT[severity] * value;
  }
  return { id, weight, assessed, score: assessed === 0 ? null : (100 * sum) / assessed };
}

/** 0 to 100, unrounded; null when nothing with a weight was assessed. */
export function scoreOf(results: readonly Scored[], profile: Profile): number | null {
  return meanOf(categoryScores(results, profile));
}

/** The mean of the categories, each by its weight as far as it was assessed. */
export function meanOf(categories: readonly CategoryScore[]): number | null {
  let weights = 0;
  let sum = 0;
  for (const { score, weight, assessed } of categories) {
    if (score === null) continue;
    const shrunk = weight * Math.min(1, assessed / FULL_ASSESSMENT);
    weights += shrunk;
    sum += shrunk * score;
  }
  return weights === 0 ? null : sum / weights;
}

export function severityWeight(severity: Severity): number {
  return SEVERITY_WEIGHT[severity];
}
