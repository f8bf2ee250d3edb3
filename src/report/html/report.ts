import { createHash } from "node:crypto";
import type { Assessment } from "../../policy/assessment.ts";
import { isProvisional, percent, shownScore } from "../findings.ts";
import { legible } from "../legible.ts";
import type { Links } from "../publish-context.ts";
import { verdictWords } from "../verdict.ts";
import { ring } from "./drawings.ts";
import { findingSections } from "./findings.ts";
import { type Html, html } from "./markup.ts";
import { overview } from "./overview.ts";
import type { Section } from "./section.ts";
import { STYLE } from "./style.ts";
import { trustSections } from "./trust.ts";

/** The page may use its own style and nothing else: no script, no image, no request. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** An assessment as one page of HTML that needs nothing beside itself. */
export function htmlReport(assessment: Assessment, links: Links): string {
  const { review } = assessment;
  const sections = [
    ...overview(assessment, links),
    ...findingSections(assessment, links),
    ...trustSections(assessment, links),
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${legible(review.repository)}: ${verdictWords(review)}</title>
<style>`;
  return `${page.source}${STYLE}${body(assessment, sections).source}`;
}

function body(assessment: Assessment, sections: readonly Section[]): Html {
  const { review, conclusion, reasons } = assessment;
  const score = shownScore(review);
  return html`</style>
</head>
<body>
<header>
${ring(score)}
<div>
<h1>Production readiness of <code>${legible(review.repository)}</code></h1>
<p class="verdict">${verdictWords(review)}</p>
<p class="summary">${summaryOf(assessment)}</p>
${reasons.length > 0 && html`<p><strong>The gate does not pass${conclusion === "action_required" && ": the review is not complete"}.</strong> ${reasons.map((reason) => [legible(reason), " "])}</p>`}
</div>
</header>
<main>
<nav aria-label="Parts of the report"><ul>${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul></nav>
${sections.map(
  ({ id, heading, content }) => html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${content}
</section>
`,
)}</main>
<footer>Judged by pyready, rules ${review.ruleSet}, dates counted from ${review.date}. The same tree, policy and rules give the same report.</footer>
</body>
</html>
`;
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
