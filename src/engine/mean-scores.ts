import { categoryOf, type JudgedRule, judgedIn } from "./judged-rule.ts";
import type { CategoryResult } from "./review.ts";
import { type CategoryScore, categoryScore, meanOf, type Scored, severityWeight } from "./score.ts";
import { categories } from "./weights.ts";

/** A component that has Python, and so a score. */
export interface ScoredComponent {
  readonly lines: number;
  /** The outcomes that score it, one a rule. */
  readonly results: readonly Scored[];
  readonly categories: readonly CategoryScore[];
}

/** The outcomes that score one component: its own, and those of the repository as a whole. */
export function scoredIn(rules: readonly JudgedRule[], index: number): readonly Scored[] {
  return rules.map((rule) => ({
    category: categoryOf(rule),
    severity: rule.rule.severity,
    value: judgedIn(rule, index)?.value ?? null,
  }));
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
  place: number,
  components: readonly ScoredComponent[],
  scores: readonly (number | null)[],
): number | null {
  const score = meanScore(components, scores);
  if (score === null || !rule.judged.some(({ value }) => value !== null)) return null;
  if (rule.judged.every(({ value }) => value === null || value === 1)) return 0;
  const passed = components.map((component, index) => {
    const value = component.results[place]?.value ?? null;
    // Of many components most gain nothing.
    return value === null || value === 1 ? (scores[index] ?? null) : scoreWith(component, place);
  });
  return (meanScore(components, passed) as number) - score;
}

/** The score of a component where the rule at this place passes: only its category is another. */
function scoreWith({ results, categories }: ScoredComponent, place: number): number | null {
  const { category } = results[place] as Scored;
  const passed = results
    .map((one, index) => (index === place ? { ...one, value: 1 } : one))
    .filter((one) => one.category === category);
  return meanOf(categories.map((one) => (one.id === category ? categoryScore(one.id, one.weight, passed) : one)));
}

/** The categories' scores over all components, each with its weight in their profiles. */
export function meanCategories(components: readonly ScoredComponent[]): readonly CategoryResult[] {
  const byComponent = components.map(({ categories, lines }) => ({
    scores: new Map(categories.map((score) => [score.id, score])),
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
