import type { CataloguedRule, Profile } from "../rule.ts";
import { isBlocker } from "./findings.ts";
import { distinct, fingerprinted, type LineOf } from "./fingerprints.ts";
import type { Judged } from "./judge.ts";
import type {
  CategoryResult,
  ComponentResult,
  Outcome,
  Review,
  RuleResult,
  Verdict,
  Waived,
  WaiverUse,
} from "./review.ts";
import { categoryScores, type Scored, scoreOf, severityWeight } from "./score.ts";
import type { Suppression } from "./suppress.ts";
import type { WaiverTerms } from "./terms.ts";
import { categories } from "./weights.ts";

/** A rule with its judgement on each component, or its one on the repository. */
export type JudgedRule = CataloguedRule &
  Suppression & {
    /** True where a fact that it needs is of today, whatever the commit. */
    readonly isOfToday: boolean;
    /** Files that it wanted and nobody could read. */
    readonly unread: readonly string[];
  };

/** What the summary needs of a component. */
export interface ProfiledComponent {
  readonly root: string;
  readonly profile: Profile | "none";
  readonly signals: readonly { readonly path: string | null; readonly sentence: string }[];
  readonly lines: number;
  /** Without examples, docs and tests. */
  readonly productLines: number;
}

/** From this score on a repository without blockers is ready. */
const READY = 70;
/** What is waived is never counted as passed. */
export const GRAVEST_FIRST: readonly Outcome[] = ["crashed", "fail", "partial", "unknown", "waived", "pass", "skip"];

type Summary = Omit<Review, "repository" | "commit" | "ruleSet" | "date" | "previews" | "lookedAt">;

/** Turns judgements into outcomes a rule, scores, coverage and the verdict. */
export function summarise(
  rules: readonly JudgedRule[],
  components: readonly ProfiledComponent[],
  lineOf: LineOf,
  waivers: readonly WaiverTerms[] = [],
): Summary {
  const scored = components.flatMap(({ profile, lines }, index) =>
    profile === "none" ? [] : [{ index, profile, lines }],
  );
  const scores = scored.map(({ index, profile }) => scoreOf(scoredIn(rules, index), profile));
  const score = meanScore(scored, scores);
  const results = rules.map((rule) => resultOf(rule, components, gainOf(rule, rules, scored, scores), lineOf, waivers));
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
    categories: meanCategories(rules, scored),
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

/** A component that has Python, and so a score; the index is its place among the judgements. */
interface Component {
  readonly index: number;
  readonly profile: Profile;
  readonly lines: number;
}

function verdictOf(profile: Profile | "none", score: number | null, blockers: number): Verdict {
  if (profile === "none") return "not-applicable";
  if (blockers > 0) return "not-ready";
  return score !== null && score >= READY ? "ready" : "needs-work";
}

function categoryOf({ id, rule }: CataloguedRule): string {
  return rule.category ?? id.slice(0, id.indexOf("/"));
}

/** The outcomes that score one component: its own, and those of the repository as a whole. */
function scoredIn(rules: readonly JudgedRule[], index: number, passed?: JudgedRule): readonly Scored[] {
  return rules.map((rule) => {
    const judged = judgedIn(rule, index);
    const value = rule === passed && judged?.value != null ? 1 : (judged?.value ?? null);
    return { category: categoryOf(rule), severity: rule.rule.severity, value };
  });
}

function judgedIn({ rule, judged }: JudgedRule, index: number): Judged | undefined {
  return rule.scope === "repository" ? judged[0] : judged[index];
}

/** Components count by the logarithm of their size, so that a large one does not hide the others. */
export function meanScore(
  components: readonly Pick<Component, "lines">[],
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
function gainOf(
  rule: JudgedRule,
  rules: readonly JudgedRule[],
  components: readonly Component[],
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

function meanCategories(rules: readonly JudgedRule[], components: readonly Component[]): readonly CategoryResult[] {
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
function coverageOf(rules: readonly JudgedRule[]): number {
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

function resultOf(
  { id, rule, judged, suppressed, toBeSuppressed, unread, isOfToday }: JudgedRule,
  components: readonly ProfiledComponent[],
  gain: number | null,
  lineOf: LineOf,
  waivers: readonly WaiverTerms[],
): RuleResult {
  const gravest = [...judged].sort((a, b) => gravity(a) - gravity(b) || (a.value ?? 0) - (b.value ?? 0))[0];
  const outcome = gravest?.outcome ?? "skip";
  const shown = judged.filter((one) => one.outcome === outcome || (outcome === "fail" && one.outcome === "partial"));
  return {
    id,
    category: categoryOf({ id, rule }),
    title: rule.title,
    severity: rule.severity,
    why: rule.why,
    fix: rule.fix,
    outcome,
    value: gravest?.value ?? null,
    gain,
    reason: gravest?.reason ?? null,
    evidence: fingerprinted(id, distinct(shown.flatMap(({ evidence }) => evidence)), lineOf),
    isOfToday,
    suppressed,
    toBeSuppressed,
    waived: waivedOf(id, judged, lineOf, waivers),
    unread: outcome === "unknown" ? unread : [],
    components:
      judged.length > 1
        ? judged.map((one, index) => ({ root: components[index]?.root ?? "", outcome: one.outcome, value: one.value }))
        : [],
  };
}

/** What waivers cover of a rule's findings, each with who answers for it and until when. */
function waivedOf(
  id: string,
  judged: readonly Judged[],
  lineOf: LineOf,
  waivers: readonly WaiverTerms[],
): readonly Waived[] {
  return waivers.flatMap(({ reason, owner, expires }, index) => {
    const covered = judged.flatMap(({ waived = [] }) => waived.filter(({ waiver }) => waiver === index));
    const remarks = distinct(covered.map(({ remark }) => remark));
    return fingerprinted(id, remarks, lineOf).map((evidence) => ({ ...evidence, reason, owner, expires }));
  });
}

function useOf({ rule, expires }: WaiverTerms, index: number, rules: readonly JudgedRule[]): WaiverUse {
  const judged = rules.find(({ id }) => id === rule)?.judged ?? [];
  const findings = judged.flatMap(({ waived = [] }) => waived.filter(({ waiver }) => waiver === index)).length;
  return { rule, expires, findings, isJudged: judged.every(({ outcome }) => JUDGED.has(outcome)) && judged.length > 0 };
}

/** Outcomes that tell whether there is something to waive. */
const JUDGED: ReadonlySet<Outcome> = new Set(["pass", "partial", "fail", "waived"]);

function gravity({ outcome }: Judged): number {
  return GRAVEST_FIRST.indexOf(outcome);
}

function componentResult(
  { root, profile, lines }: ProfiledComponent,
  rules: readonly JudgedRule[],
  index: number,
): ComponentResult {
  const score = profile === "none" ? null : scoreOf(scoredIn(rules, index), profile);
  return { root, profile, score, lines };
}
