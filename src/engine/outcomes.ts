import { distinct, fingerprinted, type LineOf } from "./fingerprints.ts";
import type { Judged } from "./judge.ts";
import { categoryOf, GRAVEST_FIRST, type JudgedRule, type ProfiledComponent } from "./judged-rule.ts";
import type { Outcome, RuleResult, Waived, WaiverUse } from "./review.ts";
import type { WaiverTerms } from "./terms.ts";

/** What became of one rule: over components the gravest, with all that speaks for it. */
export function resultOf(
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

/** What became of one waiver. */
export function useOf({ rule, expires }: WaiverTerms, index: number, rules: readonly JudgedRule[]): WaiverUse {
  const judged = rules.find(({ id }) => id === rule)?.judged ?? [];
  const findings = judged.flatMap(({ waived = [] }) => waived.filter(({ waiver }) => waiver === index)).length;
  return { rule, expires, findings, isJudged: judged.every(({ outcome }) => JUDGED.has(outcome)) && judged.length > 0 };
}

/** Outcomes that tell whether there is something to waive. */
const JUDGED: ReadonlySet<Outcome> = new Set(["pass", "partial", "fail", "waived"]);

function gravity({ outcome }: Judged): number {
  return GRAVEST_FIRST.indexOf(outcome);
}
