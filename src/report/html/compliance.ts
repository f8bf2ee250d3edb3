import { DISCLAIMER } from "../../compliance/checklist.ts";
import type { Assessment } from "../../policy/assessment.ts";
import { COMPLIANCE_HEADING, regimeSummaries, regimeWords } from "../compliance.ts";
import { html } from "./markup.ts";
import type { Section } from "./section.ts";

/** What the evidence says of the regimes that the policy names; nothing where it names none. */
export function complianceSections({ review, policy }: Assessment): readonly Section[] {
  const summaries = regimeSummaries(review, policy);
  if (summaries.length === 0) return [];
  const content = html`<p class="note">${DISCLAIMER}</p>
<dl class="facts">
${summaries.map(
  (summary) => html`<dt>${summary.title}</dt><dd>${regimeWords(summary, (id) => id)}</dd>
`,
)}</dl>`;
  return [{ id: "compliance", heading: COMPLIANCE_HEADING, content }];
}
