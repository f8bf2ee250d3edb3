import { DISCLAIMER } from "../compliance/checklist.ts";
import { countsOf, declaredChecklists, type EvaluatedChecklist } from "../compliance/evaluate.ts";
import type { Review } from "../engine/review.ts";
import type { Policy } from "../policy/policy.ts";
import { code, type Markdown } from "./markdown.ts";
import type { Rows } from "./sections.ts";

/** Ids of controls that a row names; the rest is counted. */
const NAMED = 8;
const SCOPE_RULE = "governance/compliance-scope-declared";

/** What the evidence says of the regimes that the policy names; where it names none and should, one line. */
export function complianceRows(review: Review, policy: Policy): Rows {
  const evaluated = declaredChecklists(review, policy);
  if (evaluated.length > 0) return { lead: [`<sub>${DISCLAIMER}</sub>`, ""], rows: evaluated.map(rowOf) };
  const scope = review.rules.find(({ id }) => id === SCOPE_RULE);
  const isAsked = policy.compliance.none === null && (scope?.outcome === "fail" || scope?.outcome === "partial");
  return { lead: [], rows: isAsked ? [SUGGESTION] : [] };
}

const SUGGESTION =
  "- The code hints at regulated data: name the regimes that apply under `compliance` in the policy, as `pci-dss` for payments or `hipaa` for health data, and their controls are listed here.";

function rowOf(evaluated: EvaluatedChecklist): Markdown {
  const { checklist, controls } = evaluated;
  const counts = countsOf(evaluated).map(([result, many]) => `${many} ${result}`);
  const gaps = controls.filter(({ result }) => result === "gap found").map(({ control }) => code(control.id));
  const more = gaps.length > NAMED ? ` and ${gaps.length - NAMED} more` : "";
  const named = gaps.length > 0 ? `. Gaps: ${gaps.slice(0, NAMED).join(", ")}${more}` : "";
  return `- **${checklist.title}**: ${counts.join(", ")}${named}.`;
}
