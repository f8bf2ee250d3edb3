import type { Profile } from "../rule.ts";
import { isBlocker } from "./findings.ts";
import type { LineOf } from "./fingerprints.ts";
import type { JudgedRule, ProfiledComponent } from "./judged-rule.ts";
import { coverageOf, gainOf, meanCategories, meanScore, type ScoredComponent, scoredIn } from "./mean-scores.ts";
import { resultOf, useOf } from "./outcomes.ts";
import type { ComponentResult, Review, Verdict } from "./review.ts";
import { categoryScores, meanOf, scoreOf } from "./score.ts";
import type { WaiverTerms } from "./terms.ts";

/** From this score on a repository without blockers is ready. */
const READY = 70;

type Summary = Omit<Review, "repository" | "commit" | "ruleSet" | "date" | "previews" | "lookedAt">;

/** Turns judgements into outcomes a rule, scores, coverage and the verdict. */
export function summarise(
  rules: readonly JudgedRule[],
  components: readonly ProfiledComponent[],
  lineOf: LineOf,
  waivers: readonly WaiverTerms[] = [],
): Summary {
  const scored = components.flatMap(({ profile, lines }, index): ScoredComponent[] => {
    if (profile === "none") return [];
    const results = scoredIn(rules, index);
    return [{ lines, results, categories: categoryScores(results, profile) }];
  });
  const scores = scored.map(({ categories }) => meanOf(categories));
  const score = meanScore(scored, scores);
  const results = rules.map((rule, place) =>
    resultOf(rule, components, gainOf(rule, place, scored, scores), lineOf, waivers),
  );
  const blockers = results.filter(isBlocker).reduce((sum, { evidence }) => sum + Math.max(1, evidence.length), 0);
  const leading = leadingOf(components);
  const profile = leading?.profile ?? "none";
  return {
    profile,
    profileEvidence: (leading?.signals ?? []).map(({ path, sentence }) => ({ path, line: null, message: sentence })),
    score,
    coverage: coverageOf(rules),
    verdict: verdictOf(profile, score, blockers),
    blockers,
    categories: meanCategories(scored),
    rules: results,
    components: components.map((component, index) => componentResult(component, rules, index)),
    waivers: waivers.map((waiver, index) => useOf(waiver, index, rules)),
  };
}

/** The largest component of the profile that holds the most of the product. */
function leadingOf(components: readonly ProfiledComponent[]): ProfiledComponent | undefined {
  const lines = (profile: string): number =>
    components.reduce((sum, one) => sum + (one.profile === profile ? one.productLines : 0), 0);
  const totals = new Map([...new Set(components.map(({ profile }) => profile))].map((id) => [id, lines(id)]));
  return [...components].sort(
    (a, b) =>
      (totals.get(b.profile) ?? 0) - (totals.get(a.profile) ?? 0) ||
      b.productLines - a.productLines ||
      b.lines - a.lines,
  )[0];
}

function verdictOf(profile: Profile | "none", score: number | null, blockers: number): Verdict {
  if (profile === "none") return "not-applicable";
  if (blockers > 0) return "not-ready";
  return score !== null && score >= READY ? "ready" : "needs-work";
}

function componentResult(
  { root, profile, lines }: ProfiledComponent,
  rules: readonly JudgedRule[],
  index: number,
): ComponentResult {
  const score = profile === "none" ? null : scoreOf(scoredIn(rules, index), profile);
  return { root, profile, score, lines };
}
