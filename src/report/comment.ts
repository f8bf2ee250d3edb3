import { isBlocker } from "../engine/findings.ts";
import type { Review, RuleResult } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import { count, placesOf, shownScore, toFix, unjudged } from "./findings.ts";
import { type Markdown, place, prose, sentence } from "./markdown.ts";
import type { PublishContext } from "./publish-context.ts";
import { folded, ruleLink } from "./sections.ts";
import { verdictWords } from "./verdict.ts";

/** By this line pyready finds its comment again, together with its App's id. */
export const MARKER = "<!-- pyready:sticky:v1 -->";

/** Findings in the table; the rest is folded, and whole in the check run. */
const SHOWN = 10;
const FOLDED = 30;

/** The one comment of a pull request: verdict and score first, then what to fix. */
export function pullRequestComment({ review }: Assessment, context: PublishContext): Markdown {
  const findings = toFix(review).flatMap((result) => placesOf(result).map((at) => ({ result, at })));
  const blocking = findings.filter(({ result }) => isBlocker(result));
  const shown = (blocking.length > 0 ? blocking : findings).slice(0, SHOWN);
  const rest = findings.filter((finding) => !shown.includes(finding));
  return [
    MARKER,
    headline(review, context),
    "",
    "| | Rule | Where | Fix |",
    "|---|---|---|---|",
    ...shown.map(({ result, at }) => tableRow(result, at, context)),
    "",
    ...folded(`${count(rest.length, "more finding")}`, restRows(rest, context)),
    ...footer(review, context),
  ].join("\n");
}

/** What the comment says when all is well again: one line. */
export function readyComment({ review }: Assessment, context: PublishContext): Markdown {
  return [MARKER, headline(review, context)].join("\n");
}

function headline(review: Review, { checkUrl }: PublishContext): Markdown {
  const score = shownScore(review);
  const parts = [
    `**Production readiness: ${lowerFirst(verdictWords(review))}**`,
    score === null ? "" : `score **${score}** of 100`,
  ];
  return [...parts, checkUrl ? `[full report](${checkUrl})` : ""].filter(Boolean).join(" · ");
}

type Place = ReturnType<typeof placesOf>[number];

function tableRow(result: RuleResult, { path, line, message }: Place, context: PublishContext): Markdown {
  const grade = isBlocker(result) ? "⛔ blocker" : result.severity;
  return `| ${grade} | ${ruleLink(result, context)} ${message ? sentence(message) : prose(result.title)} | ${place(path, line, context.filesUrl)} | ${prose(result.fix).replace(/\|/g, "\\|")} |`;
}

function restRows(
  rest: readonly { readonly result: RuleResult; readonly at: Place }[],
  context: PublishContext,
): readonly Markdown[] {
  const rows = rest
    .slice(0, FOLDED)
    .map(({ result, at }) =>
      `- ${ruleLink(result, context)} ${place(at.path, at.line, context.filesUrl)} ${sentence(at.message)}`.trimEnd(),
    );
  return rest.length > FOLDED ? [...rows, `- and ${rest.length - FOLDED} more, in the check run`] : rows;
}

function footer(review: Review, { headSha }: PublishContext): readonly Markdown[] {
  const unknown = unjudged(review).length;
  const notJudged = unknown > 0 ? ` ${count(unknown, "rule")} could not be evaluated; the check run says why.` : "";
  return [
    `<sub>Commit \`${headSha.slice(0, 7)}\`, updated in place.${notJudged} Comment \`/recheck\` to run again.</sub>`,
  ];
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
