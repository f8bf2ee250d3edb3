import { isBlocker } from "../engine/findings.ts";
import type { Review, RuleResult } from "../engine/review.ts";
import { blockersOf, percent, placesOf, shownGain, toFix, unjudged } from "./findings.ts";
import { code, cutAtRow, type Markdown, place, prose, sentence, text } from "./markdown.ts";
import type { Links } from "./publish-context.ts";

/** Places of one rule that are shown; the rest is counted. */
const PLACES = 5;

/** Where a rule's page is. */
export function ruleLink({ id }: RuleResult, { docsUrl }: Links): Markdown {
  return `[\`${id}\`](${docsUrl}/${id}.md)`;
}

/** The nine categories with their scores; at most three columns, for narrow screens. */
export function categoryTable({ categories }: Review): Markdown {
  const rows = categories
    .filter(({ weight }) => weight > 0)
    .map(
      ({ id, score, weight }) =>
        `| ${id} | ${score === null ? "not assessed" : Math.floor(score)} | ${Math.round(weight)} |`,
    );
  return ["| Category | Score | Weight |", "|---|---:|---:|", ...rows].join("\n");
}

/** Blockers, spelled out: place, what is wrong, why, fix. */
export function blockerList(review: Review, links: Links): readonly Markdown[] {
  return blockersOf(review).map(
    (result) => `- ⛔ ${ruleLink(result, links)} ${prose(result.title)}\n${details(result, links)}`,
  );
}

/** What else fails or holds in part, spelled out the same way. */
export function warningList(review: Review, links: Links): readonly Markdown[] {
  return toFix(review)
    .filter((result) => !isBlocker(result))
    .map((result) => {
      const worth = [result.severity, result.outcome === "partial" ? "in part" : "", shownGain(result)]
        .filter(Boolean)
        .join(", ");
      return `- ${ruleLink(result, links)} ${prose(result.title)} (${worth})\n${details(result, links)}`;
    });
}

function details(result: RuleResult, { filesUrl }: Links): Markdown {
  const places = placesOf(result);
  const shown = places
    .slice(0, PLACES)
    .map(({ path, line, message }) => `  - ${place(path, line, filesUrl)} ${sentence(message)}`.trimEnd());
  const more = places.length > PLACES ? [`  - and ${places.length - PLACES} more`] : [];
  return [...shown, ...more, `  - Why: ${prose(result.why)}`, `  - Fix: ${prose(result.fix)}`].join("\n");
}

/** What applies and could not be judged, with the reason of each. */
export function unjudgedList(review: Review, links: Links): readonly Markdown[] {
  return unjudged(review).map((result) => `- ${ruleLink(result, links)} ${sentence(result.reason ?? "")}`);
}

/** The components of a monorepo. */
export function componentTable({ components }: Review): readonly Markdown[] {
  if (components.length < 2) return [];
  const rows = components.map(
    ({ root, profile, score }) =>
      `| ${root === "" ? "the root" : code(root)} | ${profile} | ${score === null ? "–" : Math.floor(score)} |`,
  );
  return [
    "| Component | Profile | Score |",
    "|---|---|---:|",
    ...cutAtRow(rows, 8000, (left) => `| and ${left} more | | |`),
  ];
}

/** How far the report can be trusted: what was read, and what told the profile. */
export function lookedAtLines(review: Review): readonly Markdown[] {
  const { files, read, sources, complete, unreadable } = review.lookedAt;
  const told = review.profileEvidence.map(({ path, message }) =>
    path ? `${sentence(message)} (${code(path)})` : sentence(message),
  );
  return [
    `- Profile **${review.profile}**${told.length ? `: ${told.join("; ")}` : ""}.`,
    `- Coverage ${percent(review.coverage)}: the share of what applies that could be assessed.`,
    `- ${files} paths${complete ? "" : " (the tree could not be listed whole)"}, ${read} files read; of the Python that is shipped ${sources.read} of ${sources.of} files.`,
    ...unreadable.slice(0, PLACES).map(({ path, reason }) => `- Not read: ${code(path)} ${text(reason)}.`),
    ...(unreadable.length > PLACES ? [`- ${unreadable.length - PLACES} more files were not read.`] : []),
    `- Rules ${review.ruleSet}, dates counted from ${review.date}.`,
  ];
}

/** A part that is closed until it is opened. */
export function folded(summary: string, lines: readonly Markdown[]): readonly Markdown[] {
  return lines.length === 0 ? [] : ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>", ""];
}
