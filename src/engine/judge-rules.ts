import type { CataloguedRule } from "../rule.ts";
import type { FactValues, View } from "./fact-values.ts";
import type { LineOf } from "./fingerprints.ts";
import { type Judged, judge, type Subject, skipped } from "./judge.ts";
import { GRAVEST_FIRST, type JudgedRule, type ProfiledComponent } from "./judged-rule.ts";
import type { Preview } from "./review.ts";
import type { ReviewValues } from "./review-values.ts";
import { countsIn, ruleSetVersion, sinceOf } from "./rule-set.ts";
import { onlyAt } from "./silencing.ts";
import { type Subjects, subjectsIn } from "./subjects.ts";
import { type Compared, judgeSilenced, type Suppression } from "./suppress.ts";
import type { Scope, Terms } from "./terms.ts";
import { standingWaivers, waive } from "./waive.ts";

/** What somebody says of another repository is worth half of what is seen here. */
const ATTESTED = 0.5;

/** Every rule with what it said, on the terms of a policy. */
export interface Judgements {
  readonly rules: readonly Omit<JudgedRule, "unread" | "isOfToday">[];
  readonly previews: readonly Preview[];
  readonly components: readonly ProfiledComponent[];
  readonly repository: View;
  readonly beyond: readonly View[];
}

/** What rules are judged with, beside the terms. */
export interface JudgedWith {
  readonly rules: readonly CataloguedRule[];
  /** ISO day on which waivers hold. */
  readonly date: string;
  readonly lineOf: LineOf;
  /** What a change is compared with; null where what the commit itself silences is silenced. */
  readonly before: Compared | null;
}

/**
 * Judges the rules on the terms of a policy. What is enforced is judged apart, on what the organisation
 * alone says is to be looked at.
 */
export function judgeRules(all: ReviewValues, terms: Terms, { rules, date, lineOf, before }: JudgedWith): Judgements {
  const subjects = subjectsIn(all, terms);
  const enforced = new Set(terms.enforced.rules);
  const strict = enforced.size > 0 ? strictSubjects(all, terms, subjects) : subjects;
  const waivers = standingWaivers(terms.waivers, date);
  const previews: Preview[] = [];

  function judgedOf(catalogued: CataloguedRule): Suppression {
    const { id, rule } = catalogued;
    const weighed = withSeverity(catalogued, terms);
    const isRepository = rule.scope === "repository";
    const setting = terms.rules[id];
    if (setting?.off && !enforced.has(id))
      return unsilenced(on(subjects, isRepository).map(() => skipped(`switched off by ${setting.by}`)));
    const said = enforced.has(id)
      ? saidStrictly(catalogued)
      : judgeSilenced(
          weighed,
          subjects.values,
          (values) => on(subjects, isRepository).map((subject) => judgeIn(catalogued, values, subject, terms)),
          { lineOf, before },
        );
    if (enforced.has(id) || countsIn(rule, terms.ruleSet ?? ruleSetVersion))
      return { ...said, judged: said.judged.map((one) => waive(one, waivers.get(id) ?? [])) };
    previews.push(previewOf(weighed, said.judged));
    const why = `new in rule set ${sinceOf(rule)}, and counts from the one after`;
    return unsilenced(said.judged.map(() => skipped(why)));
  }

  function saidStrictly(catalogued: CataloguedRule): Suppression {
    const judgeOn = (values: FactValues): readonly Judged[] =>
      judgedStrictly(catalogued, { ...strict, values }, subjects, terms.enforced.scope);
    return terms.enforced.canBeSilenced
      ? judgeSilenced(withSeverity(catalogued, terms), strict.values, judgeOn, { lineOf, before })
      : unsilenced(judgeOn(strict.values.silencing(onlyAt(new Set()))));
  }

  return {
    rules: rules.map((catalogued) => ({ ...withSeverity(catalogued, terms), ...judgedOf(catalogued) })),
    previews,
    components: subjects.components,
    repository: subjects.values.whole,
    beyond: subjects.beyond,
  };
}

function unsilenced(judged: readonly Judged[]): Suppression {
  return { judged, suppressed: [], toBeSuppressed: [] };
}

function on({ repository, parts }: Subjects, isRepository: boolean): Subjects["parts"] {
  return isRepository ? [repository] : parts;
}

function withSeverity({ id, rule }: CataloguedRule, { rules }: Terms): CataloguedRule {
  const severity = rules[id]?.severity;
  return { id, rule: severity ? { ...rule, severity } : rule };
}

/** What enforced rules are judged on: what the repository leaves out, or calls vendored, is looked at. */
function strictSubjects(all: ReviewValues, terms: Terms, subjects: Subjects): Subjects {
  const { scope } = terms.enforced;
  const isSame = JSON.stringify(scopeOf(terms)) === JSON.stringify(scopeOf(scope));
  return isSame && !all.hasAttributes ? subjects : subjectsIn(all, scope, false);
}

function scopeOf({ profile, components, exclude, elsewhere }: Scope): Scope {
  return { profile, components, exclude, elsewhere };
}

/** An enforced rule on the strict subjects, each judgement told of the component that it counts in. */
function judgedStrictly(
  catalogued: CataloguedRule,
  strict: Subjects,
  { parts }: Subjects,
  scope: Scope,
): readonly Judged[] {
  if (catalogued.rule.scope === "repository") return [judgeIn(catalogued, strict.values, strict.repository, scope)];
  const roots = parts.map(({ view }) => view.component.root);
  const judged = Map.groupBy(strict.parts, ({ view }) => homeOf(view.component.root, roots));
  return roots.map((root) =>
    gravestOf((judged.get(root) ?? []).map((subject) => judgeIn(catalogued, strict.values, subject, scope))),
  );
}

/** A rule on a subject; what it lacks may stand in another repository, as the policy says. */
function judgeIn(catalogued: CataloguedRule, values: FactValues, subject: Subject, { elsewhere }: Scope): Judged {
  const judged = judge(catalogued, values, subject);
  const { attestedBy } = catalogued.rule;
  const where = attestedBy ? elsewhere[attestedBy] : null;
  const { root } = subject.view.component;
  const isAbsence = judged.evidence.every(({ path, line }) => line === null && (path === null || path === root));
  if (where === null || judged.outcome !== "fail" || !isAbsence) return judged;
  const message = `The policy says that ${where} holds it, and nobody looked there.`;
  return {
    outcome: "partial",
    value: ATTESTED,
    reason: null,
    evidence: [{ path: null, line: null, message, mark: undefined }],
  };
}

/** The component of the policy that a component belongs to: the nearest one above it, else the first. */
function homeOf(root: string, roots: readonly string[]): string {
  const above = roots.filter((one) => one === root || one === "" || root.startsWith(`${one}/`));
  return above.sort((a, b) => b.length - a.length)[0] ?? roots[0] ?? "";
}

/** Several judgements as one: the gravest, with all that speaks for it. */
function gravestOf(judged: readonly Judged[]): Judged {
  const [gravest, ...others] = [...judged].sort(
    (a, b) => GRAVEST_FIRST.indexOf(a.outcome) - GRAVEST_FIRST.indexOf(b.outcome) || (a.value ?? 0) - (b.value ?? 0),
  );
  if (!gravest) return skipped("it is judged with another component");
  const alike = others.filter(({ outcome }) => outcome === gravest.outcome || outcome === "partial");
  return gravest.outcome === "fail" || gravest.outcome === "partial"
    ? { ...gravest, evidence: [...gravest.evidence, ...alike.flatMap(({ evidence }) => evidence)] }
    : gravest;
}

function previewOf({ id, rule }: CataloguedRule, judged: readonly Judged[]): Preview {
  const { outcome, evidence } = gravestOf(judged);
  const findings = outcome === "fail" || outcome === "partial" ? Math.max(1, evidence.length) : 0;
  return { id, title: rule.title, severity: rule.severity, since: sinceOf(rule), outcome, findings };
}
