import type { Profile } from "../rule.ts";
import { categoryOf, type JudgedRule, judgedIn } from "./judged-rule.ts";
import type { CategoryResult } from "./review.ts";
import { categoryScores, type Scored, scoreOf, severityWeight } from "./score.ts";
import { categories } from "./weights.ts";

/** A component that has Python, and so a score; the index is its place among the judgements. */
export interface ScoredComponent {
  readonly index: number;
  readonly profile: Profile;
  readonly lines: number;
}

/** The outcomes that score one component: its own, and those of the repository as a whole. */
export function scoredIn(rules: readonly JudgedRule[], index: number, passed?: JudgedRule): readonly Scored[] {
  return rules.map((rule) => {
    const judged = judgedIn(rule, index);
    const value = rule === passed && judged?.value != null ? 1 : (judged?.value ?? null);
    return { category: categoryOf(rule), severity: rule.rule.severity, value };
  });
}

/** Components count by the logarithm of their size, so that a large one does not hide the others. */
export function meanScore(
  components: readonly Pick<ScoredComponent, "lines">[],
  scores: readonly (number | null)[],
): number | null {
  return weightedMean(
    components.map(({ lines }, place) => ({ value: scores[place] ?? null, weight: Math.log(1 + lines) })),
  );
}

function weightedMean(values: readonly { readonly value: number | null; readonly weight: number }[]): number | null {
  let weights = 0;
  let sum = 0;
  for (const { value, weight } of values) {
    if (value === null) continue;
    weights += weight;
    sum += weight * value;
  }
  // Ten digits: sums of fractions must not turn a full 100 into 99 when it is rounded down.
  return weights === 0 ? null : Number((sum / weights).toFixed(10));
}

/** What the score gains when this rule passes: exact, because the score is linear in each rule. */
export function gainOf(
  rule: JudgedRule,
  rules: readonly JudgedRule[],
  components: readonly ScoredComponent[],
  scores: readonly (number | null)[],
): number | null {
  const score = meanScore(components, scores);
  if (score === null || !rule.judged.some(({ value }) => value !== null)) return null;
  if (rule.judged.every(({ value }) => value === null || value === 1)) return 0;
  const passed = components.map(({ index, profile }, place) => {
    const value = judgedIn(rule, index)?.value ?? null;
    // Of many components most gain nothing.
    return value === null || value === 1 ? (scores[place] ?? null) : scoreOf(scoredIn(rules, index, rule), profile);
  });
  return (meanScore(components, passed) as number) - score;
}

/** The categories' scores over all components, each with its weight in their profiles. */
export function meanCategories(
  rules: readonly JudgedRule[],
  components: readonly ScoredComponent[],
): readonly CategoryResult[] {
  const byComponent = components.map(({ index, profile, lines }) => ({
    scores: new Map(categoryScores(scoredIn(rules, index), profile).map((score) => [score.id, score])),
    share: Math.log(1 + lines),
  }));
  return categories.map((id) => ({
    id,
    score: weightedMean(
      byComponent.map(({ scores, share }) => ({ value: scores.get(id)?.score ?? null, weight: share })),
    ),
    weight:
      weightedMean(byComponent.map(({ scores, share }) => ({ value: scores.get(id)?.weight ?? 0, weight: share }))) ??
      0,
  }));
}

/** Assessed weight over applicable weight, over all components. */
export function coverageOf(rules: readonly JudgedRule[]): number {
  let assessed = 0;
  let applicable = 0;
  for (const { rule, judged } of rules) {
    for (const { outcome, value } of judged) {
      if (outcome === "skip" || outcome === "waived") continue;
      applicable += severityWeight(rule.severity);
      if (value !== null) assessed += severityWeight(rule.severity);
    }
  }
  return applicable === 0 ? 0 : assessed / applicable;
}
