import { DISCLAIMER } from "../compliance/checklist.ts";
import { type ControlResult, countsOf, declaredChecklists } from "../compliance/evaluate.ts";
import type { Review } from "../engine/review.ts";
import type { Policy } from "../policy/policy.ts";
import { code, type Markdown } from "./markdown.ts";
import type { Rows } from "./sections.ts";

/** Ids of controls that a line names; the rest is counted. */
const NAMED = 8;
const SCOPE_RULE = "governance/compliance-scope-declared";

/** What every report calls this part. */
export const COMPLIANCE_HEADING = "Compliance: what the evidence says of controls";

/** What the evidence says of one regime that the policy names. */
export interface RegimeSummary {
  readonly regime: string;
  readonly title: string;
  readonly results: readonly { readonly result: ControlResult; readonly controls: number }[];
  /** Ids of the controls in which a gap is found. */
  readonly gaps: readonly string[];
}

/** What the evidence says of the regimes that the policy names. */
export function regimeSummaries(review: Review, policy: Policy): readonly RegimeSummary[] {
  return declaredChecklists(review, policy).map((evaluated) => ({
    regime: evaluated.checklist.id,
    title: evaluated.checklist.title,
    results: countsOf(evaluated).map(([result, controls]) => ({ result, controls })),
    gaps: evaluated.controls.filter(({ result }) => result === "gap found").map(({ control }) => control.id),
  }));
}

/** `2 gaps found`, `1 attestation needed`. */
export function countedResult(result: ControlResult, controls: number): string {
  return `${controls} ${controls === 1 ? result : result.replace(/^(gap|attestation)\b/, "$1s")}`;
}

/** The same in words: how many controls have each result, and some of the gaps by their ids as these are shown. */
export function regimeWords({ results, gaps }: RegimeSummary, shown: (id: string) => string): string {
  const counts = results.map(({ result, controls }) => countedResult(result, controls)).join(", ");
  const more = gaps.length > NAMED ? ` and ${gaps.length - NAMED} more` : "";
  return `${counts}${gaps.length > 0 ? `. Gaps: ${gaps.slice(0, NAMED).map(shown).join(", ")}${more}` : ""}.`;
}

/** The same as rows; where the policy names no regime and should, one line. */
export function complianceRows(review: Review, policy: Policy): Rows {
  const summaries = regimeSummaries(review, policy);
  if (summaries.length > 0)
    return {
      lead: [`<sub>${DISCLAIMER}</sub>`, ""],
      rows: summaries.map((summary): Markdown => `- **${summary.title}**: ${regimeWords(summary, code)}`),
    };
  return { lead: [], rows: isAsked(review, policy) ? [SUGGESTION] : [] };
}

/** Whether the code hints at regulated data, and the policy says nothing of it. */
function isAsked(review: Review, policy: Policy): boolean {
  const scope = review.rules.find(({ id }) => id === SCOPE_RULE);
  return policy.compliance.none === null && (scope?.outcome === "fail" || scope?.outcome === "partial");
}

const SUGGESTION =
  "- The code hints at regulated data: name the regimes that apply under `compliance` in the policy, as `pci-dss` for payments or `hipaa` for health data, and their controls are listed here.";
