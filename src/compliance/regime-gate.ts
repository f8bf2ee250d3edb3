import { findingsOf } from "../engine/findings.ts";
import type { Review } from "../engine/review.ts";
import { hiddenBy } from "../policy/assess.ts";
import type { Assessment } from "../policy/assessment.ts";
import { declaredChecklists, type EvaluatedChecklist, type RuleEvidence } from "./evaluate.ts";

/** What a regime's own check run concludes. It never ends as success: evidence of a repository meets no control. */
export type RegimeConclusion = "neutral" | "failure" | "action_required";

/** A regime that the policy wants a check run of. */
export interface RegimeVerdict extends EvaluatedChecklist {
  readonly conclusion: RegimeConclusion;
  /** Ids of controls in which the change opens a gap or widens it; without a base every gap that nobody waived. */
  readonly opened: ReadonlySet<string>;
  /** Why a regime that blocks could not be judged, each in one plain sentence that may hold text of the repository. */
  readonly unjudged: readonly string[];
}

/** What the check runs of regimes say: those that only inform are always neutral. */
export function regimeVerdicts(assessment: Assessment): readonly RegimeVerdict[] {
  const { review, comparison, policy } = assessment;
  const { checks } = policy.compliance;
  const isBrought = broughtBy(review, comparison);
  return declaredChecklists(review, policy)
    .filter(({ checklist }) => checks[checklist.id] !== undefined)
    .map((evaluated) => {
      const blocks = checks[evaluated.checklist.id] === "block";
      const found = evaluated.controls.filter(({ control, rules }) => !control.supporting && rules.some(isBrought));
      const opened = new Set(found.map(({ control }) => control.id));
      const unjudged = blocks ? unjudgedIn(evaluated, assessment) : [];
      const fails = blocks && opened.size > 0;
      const conclusion = fails ? "failure" : unjudged.length > 0 ? "action_required" : "neutral";
      return { ...evaluated, opened, unjudged, conclusion };
    });
}

/** Whether a rule fails by what a change brings. What a waiver accepts is a gap that is told, and that no change opens. */
function broughtBy(review: Review, comparison: Assessment["comparison"]): (rule: RuleEvidence) => boolean {
  const added = new Set((comparison?.added ?? findingsOf(review)).map(({ result }) => result.id));
  return ({ id, state }) => state === "fails" && added.has(id);
}

/** A change must not become unreadable in order to open no gap. */
function unjudgedIn({ checklist }: EvaluatedChecklist, { review, comparison }: Assessment): readonly string[] {
  const mapped = new Set(checklist.controls.filter(({ supporting }) => !supporting).flatMap(({ rules }) => rules));
  return review.rules.filter(({ id }) => mapped.has(id)).flatMap((result) => unjudged(result, comparison));
}

function unjudged(result: Review["rules"][number], comparison: Assessment["comparison"]): readonly string[] {
  if (result.outcome === "crashed") return [`${result.id} could not be evaluated: this is a defect of pyready.`];
  const path = comparison ? hiddenBy(result, comparison) : undefined;
  return path === undefined ? [] : [`${result.id} cannot be evaluated any more because of ${path}.`];
}
