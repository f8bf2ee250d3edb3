import { isBlocker } from "../engine/findings.ts";
import type { RuleResult } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import { type Change, changeOf, countFindings, type Group, isBlocking } from "./change.ts";
import { count, shownScore, unjudged } from "./findings.ts";
import { layOut } from "./layout.ts";
import { cellProse, type Markdown, place, remark } from "./markdown.ts";
import type { PublishContext } from "./publish-context.ts";
import { fixedRows, ruleLink } from "./sections.ts";
import { headlineOf, scoreChange, shownChange } from "./verdict.ts";

/** By this line pyready finds its comment again, together with its App's id. */
export const MARKER = "<!-- pyready:sticky:v1 -->";

/** Rules in the table; the rest is folded, and whole in the check run. */
const SHOWN = 10;
/** Enough for some thirty rules; a comment is no report. */
const MAX_FOLDED = 12_000;
/** GitHub refuses a comment of more than 65,536 characters. */
const MAX_BYTES = 65_000;

/** The one comment of a pull request: the verdict first, then what the change brings, and how to mend it. */
export function pullRequestComment(assessment: Assessment, context: PublishContext): Markdown {
  const change = changeOf(assessment);
  const fresh = [...change.newBlockers, ...change.newWarnings];
  const rest = fresh.slice(SHOWN);
  const head = [
    MARKER,
    headline(assessment, change, context),
    "",
    "| Finding | Fix |",
    "|---|---|",
    ...fresh.slice(0, SHOWN).map((group) => tableRow(group, context)),
    "",
  ];
  const tail = footer(assessment, change, context);
  const parts = [
    {
      heading: `${count(countFindings(rest), "more finding")} of this change`,
      folded: true,
      rows: restRows(rest, context),
      reserve: 4000,
    },
    {
      heading: `${countFindings(change.fixed)} fixed by this change`,
      folded: true,
      rows: fixedRows(change.fixed, context),
      reserve: 4000,
    },
  ];
  const around = Buffer.byteLength([...head, tail].join("\n")) + 1;
  return [...head, ...layOut(parts, Math.min(MAX_FOLDED, MAX_BYTES - around)), tail].join("\n");
}

/** What the comment says when the change brings nothing: one line. */
export function oneLineComment(assessment: Assessment, context: PublishContext): Markdown {
  const change = changeOf(assessment);
  return [
    MARKER,
    [headline(assessment, change, context), fixedWords(change.fixed, context)].filter(Boolean).join(" · "),
  ].join("\n");
}

/** What is left of a comment where the policy wants none any more: the same words for every commit. */
export const commentsAreOff: Markdown = [
  MARKER,
  "Production readiness: the policy says `comment: never`, so this comment is kept no longer. The check run tells the verdict.",
].join("\n");

function headline(assessment: Assessment, change: Change, { checkUrl }: PublishContext): Markdown {
  const score = shownScore(assessment.review);
  const parts = [
    `**Production readiness: ${lowerFirst(headlineOf(assessment, change))}**`,
    score === null ? "" : scoreWords(assessment, score),
    checkUrl ? `[full report](${checkUrl})` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** `score 78 → **81** (+3)`. */
function scoreWords(assessment: Assessment, score: number): Markdown {
  const change = scoreChange(assessment);
  return change ? `score ${score - change} → **${score}** (${shownChange(change)})` : `score **${score}** of 100`;
}

function fixedWords(fixed: readonly Group[], { headSha }: PublishContext): Markdown {
  if (fixed.length === 0) return "";
  const blockers = countFindings(fixed.filter(isBlocking));
  const others = countFindings(fixed) - blockers;
  const parts = [blockers > 0 ? count(blockers, "blocker") : "", others > 0 ? count(others, "other finding") : ""];
  return `${parts.filter(Boolean).join(" and ")} fixed in \`${headSha.slice(0, 7)}\``;
}

/** Two columns: a narrow screen shows both. */
function tableRow({ result, places }: Group, context: PublishContext): Markdown {
  const [first, ...more] = places;
  const words = first?.message ? remark(first, context.filesUrl) : `Not so: ${cellProse(result.title)}`;
  const rest = more.length > 0 ? ` And at ${count(more.length, "more place")}.` : "";
  return `| **${grade(result)}** ${words}${rest}<br>${ruleLink(result, context)} | ${cellProse(result.fix)} |`;
}

function whereOf([first, ...more]: Group["places"], { filesUrl }: PublishContext): Markdown {
  const where = place(first?.path ?? null, first?.line ?? null, filesUrl);
  return more.length > 0 ? `${where} and ${more.length} more` : where;
}

function grade(result: RuleResult): string {
  return isBlocker(result) ? "⛔&nbsp;blocker" : result.severity;
}

function restRows(rest: readonly Group[], context: PublishContext): readonly Markdown[] {
  return rest.map(
    ({ result, places }) => `- ${grade(result)} ${ruleLink(result, context)} ${whereOf(places, context)}`,
  );
}

function footer({ review }: Assessment, change: Change, { headSha }: PublishContext): Markdown {
  const known = countFindings([...change.knownBlockers, ...change.knownWarnings]);
  // What GitHub's settings would tell is no business of a change.
  const unknown = unjudged(review).filter(({ isOfToday }) => !isOfToday).length;
  const sentences = [
    `Commit \`${headSha.slice(0, 7)}\`, updated in place.`,
    known > 0 ? `The full report also lists ${count(known, "finding")} not from this change.` : "",
    unknown > 0 ? `${count(unknown, "rule")} could not be evaluated; the full report says why.` : "",
    "Comment `/recheck` to run again, `/pyready help` for more.",
  ];
  return `<sub>${sentences.filter(Boolean).join(" ")}</sub>`;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
