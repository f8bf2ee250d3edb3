import type { Assessment } from "../../policy/assessment.ts";
import { isProvisional, percent, shownScore } from "../findings.ts";
import { legible } from "../legible.ts";
import type { ReportContext } from "../publish-context.ts";
import { verdictWords } from "../verdict.ts";
import { complianceSections } from "./compliance.ts";
import { ring } from "./drawings.ts";
import { findingSections } from "./findings.ts";
import { type Html, html } from "./markup.ts";
import { overview } from "./overview.ts";
import { htmlPage } from "./page.ts";
import { trustSections } from "./trust.ts";

/** An assessment as one page of HTML that needs nothing beside itself. */
export function htmlReport(assessment: Assessment, links: ReportContext): string {
  const { review } = assessment;
  return htmlPage({
    title: `${legible(review.repository)}: ${verdictWords(review)}`,
    header: headerOf(assessment),
    sections: [
      ...overview(assessment, links),
      ...findingSections(assessment, links),
      ...complianceSections(assessment),
      ...trustSections(assessment, links),
    ],
    footer: `Judged by pyready, rules ${review.ruleSet}, dates counted from ${review.date}. The same tree, policy and rules give the same report.`,
  });
}

function headerOf(assessment: Assessment): Html {
  const { review, conclusion, reasons } = assessment;
  return html`${ring(shownScore(review))}
<div>
<h1>Production readiness of <code>${legible(review.repository)}</code></h1>
<p class="verdict">${verdictWords(review)}</p>
<p class="summary">${summaryOf(assessment)}</p>
${reasons.length > 0 && html`<p><strong>The gate does not pass${conclusion === "action_required" && ": the review is not complete"}.</strong> ${reasons.map((reason) => [legible(reason), " "])}</p>`}
</div>`;
}

function summaryOf({ review, comparison }: Assessment): string {
  if (review.score === null && review.verdict === "not-applicable") return "There is no Python here to judge.";
  const judged = review.rules.filter(({ value }) => value !== null).length;
  const before = comparison && shownScore(comparison.base);
  return [
    `Profile ${review.profile}.`,
    `${judged} rules assessed, coverage ${percent(review.coverage)}.`,
    isProvisional(review) ? "The score is provisional: too little of it could be assessed." : "",
    before === null ? "" : `The base has ${before} of 100.`,
  ]
    .filter(Boolean)
    .join(" ");
}
