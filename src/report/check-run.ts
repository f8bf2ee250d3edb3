import type { Review } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import { count, isProvisional, percent, shownScore } from "./findings.ts";
import { cutAtRow, type Markdown } from "./markdown.ts";
import type { PublishContext } from "./publish-context.ts";
import {
  blockerList,
  categoryTable,
  componentTable,
  folded,
  lookedAtLines,
  unjudgedList,
  warningList,
} from "./sections.ts";
import { titleOf, verdictWords } from "./verdict.ts";

/** GitHub refuses a summary of more than 65,535 bytes. */
const BUDGET = 60_000;

/** What a check run shows. */
export interface CheckRunOutput {
  /** The verdict and the score: what the pull request's box shows. */
  readonly title: string;
  /** Markdown of at most 60,000 bytes, cut between findings. */
  readonly summary: string;
}

/** A review as a check run: verdict, categories, blockers, the rest folded, and what was looked at. */
export function checkRunOutput({ review }: Assessment, context: PublishContext): CheckRunOutput {
  const more = (left: number): Markdown => `- and ${left} more`;
  const blockers = cutAtRow(blockerList(review, context), BUDGET / 3, more);
  const warnings = warningList(review, context);
  const unknown = unjudgedList(review, context);
  const lines = [
    `### ${verdictWords(review)}`,
    "",
    scoreSentence(review),
    "",
    ...(review.score === null ? [] : [categoryTable(review), ""]),
    ...(blockers.length ? ["**Blocking**", "", ...blockers, ""] : []),
    ...folded(`To improve (${warnings.length})`, cutAtRow(warnings, BUDGET / 3, more)),
    ...folded(`Not evaluated, and why (${unknown.length})`, cutAtRow(unknown, BUDGET / 6, more)),
    ...folded(`Components (${review.components.length})`, componentTable(review)),
    ...folded("What was looked at", [...lookedAtLines(review), ...madeBy(context)]),
    "Run again with the button above, or comment `/recheck`.",
  ];
  return { title: titleOf(review), summary: lines.join("\n") };
}

/** The same verdict with nothing that GitHub could refuse. */
export function shortOutput({ title }: CheckRunOutput, { reviewId }: { readonly reviewId: string }): CheckRunOutput {
  const summary = [
    `GitHub did not take the whole report of this review, \`${reviewId}\`. The verdict above stands.`,
    "",
    "`pyready review` on a checkout shows every finding; `/recheck` tries again.",
  ];
  return { title, summary: summary.join("\n") };
}

function scoreSentence(review: Review): Markdown {
  const score = shownScore(review);
  if (score === null && review.verdict === "not-applicable") return "There is no Python here to judge.";
  const judged = review.rules.filter(({ value }) => value !== null).length;
  const provisional = isProvisional(review) ? " The score is provisional: too little of it could be assessed." : "";
  return `Readiness **${score ?? "not assessed"}** of 100 · ${count(judged, "rule")} assessed, coverage ${percent(review.coverage)}.${provisional}`;
}

function madeBy({ headSha, durationMs, requests, reviewId }: PublishContext): readonly Markdown[] {
  const seconds = (durationMs / 1000).toFixed(1);
  return [
    `- Commit \`${headSha.slice(0, 7)}\`, ${count(requests, "request")} to GitHub, ${seconds} s, review \`${reviewId}\`.`,
  ];
}
