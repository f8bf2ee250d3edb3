import type { Review, RuleResult } from "../engine/review.ts";
import { type Group, groupsOf, isBlocking } from "./change.ts";
import { count, percent, shownGain, unjudgedByReason } from "./findings.ts";
import { code, cutAtRow, type Markdown, place, prose, remark, sentence, text, waiverReason } from "./markdown.ts";
import type { Links } from "./publish-context.ts";

/** Places of one rule that are shown; the rest is counted. */
const PLACES = 5;
/** Rules in one row: a report is cut between rows. */
const RULES_OF_ROW = 12;
/** Bytes of a table of components in a report without other bounds. */
const TABLE_BYTES = 8000;

/** Where a rule's page is. */
export function ruleLink({ id }: Pick<RuleResult, "id">, { docsUrl }: Links): Markdown {
  // A rule of the organisation's own has no page.
  return id.startsWith("own/") ? code(id) : `[\`${id}\`](${docsUrl}/${id}.md)`;
}

/** Rows of a table, and the head that they stand below. */
export interface Rows {
  readonly lead: readonly Markdown[];
  readonly rows: readonly Markdown[];
}

/** The categories that count with their scores, beside those of the base where there is one. */
export function categoryRows({ categories }: Review, base: Review | null): Rows {
  const scored = categories.filter(({ weight }) => weight > 0);
  if (base === null)
    return {
      lead: ["| Category | Score | Weight |", "|---|---:|---:|"],
      rows: scored.map(({ id, score, weight }) => `| ${id} | ${shown(score)} | ${Math.round(weight)} |`),
    };
  const before = new Map(base.categories.map(({ id, score }) => [id, score]));
  return {
    lead: ["| Category | Score | At the base | Weight |", "|---|---:|---:|---:|"],
    rows: scored.map(
      ({ id, score, weight }) =>
        `| ${id} | ${shown(score)} | ${shown(before.get(id) ?? null)} | ${Math.round(weight)} |`,
    ),
  };
}

/** The categories as a table of its own. */
export function categoryTable(review: Review): Markdown {
  const { lead, rows } = categoryRows(review, null);
  return [...lead, ...rows].join("\n");
}

function shown(score: number | null): string {
  return score === null ? "not assessed" : String(Math.floor(score));
}

/** Blockers, spelled out: place, what is wrong, why, fix. */
export function blockerList(review: Review, links: Links): readonly Markdown[] {
  return blockerRows(groupsOf(review).filter(isBlocking), links);
}

/** What else fails or holds in part, spelled out the same way. */
export function warningList(review: Review, links: Links): readonly Markdown[] {
  return warningRows(
    groupsOf(review).filter((group) => !isBlocking(group)),
    links,
  );
}

/** Blocking groups, one row each. */
export function blockerRows(groups: readonly Group[], links: Links): readonly Markdown[] {
  return groups.map(
    (group) => `- ⛔ ${ruleLink(group.result, links)} ${prose(group.result.title)}\n${details(group, links)}`,
  );
}

/** Other groups, one row each, behind what is said of all of them. */
export function warningRows(groups: readonly Group[], links: Links, mark: Markdown = ""): readonly Markdown[] {
  return groups.map((group) => {
    const { result } = group;
    const worth = [result.severity, result.outcome === "partial" ? "in part" : "", shownGain(result)]
      .filter(Boolean)
      .join(", ");
    return `- ${mark}${ruleLink(result, links)} ${prose(result.title)} (${worth})\n${details(group, links)}`;
  });
}

function details({ result, places }: Group, { filesUrl }: Links): Markdown {
  const shown = places
    .slice(0, PLACES)
    .filter(({ path, message }) => path !== null || message !== "")
    .map((one) => `  - ${remark(one, filesUrl)}`);
  return [
    ...shown,
    ...(places.length > PLACES ? [`  - and ${places.length - PLACES} more`] : []),
    `  - Why: ${prose(result.why)}`,
    `  - Fix: ${prose(result.fix)}`,
  ].join("\n");
}

/** What was wrong at the base and is not at the head; the lines are those of the base. */
export function fixedRows(groups: readonly Group[], links: Links): readonly Markdown[] {
  return groups.map(({ result, places }) => {
    const where = places
      .slice(0, PLACES)
      .flatMap(({ path, line }) => (path === null ? [] : [place(path, line)]))
      .join(", ");
    const more = places.length > PLACES ? ` and ${places.length - PLACES} more` : "";
    return `- ${ruleLink(result, links)} ${prose(result.title)}${where ? `: ${where}${more}` : ""}`;
  });
}

/** What the policy takes out of the judgement: why, who answers for it, and until when. */
export function waivedRows({ rules }: Review, links: Links): readonly Markdown[] {
  return rules.flatMap((result) =>
    result.waived.map(({ path, line, message, reason, owner, expires }) => {
      const where = path === null ? "" : ` ${place(path, line, links.filesUrl)}`;
      return `- ${ruleLink(result, links)}${where} ${sentence(message)} Waived until ${expires} by ${text(owner)}: ${waiverReason(reason)}`;
    }),
  );
}

/** What comments in the code, and lists of other tools, silence; rule by rule. */
export function suppressedRows({ rules }: Review, links: Links): readonly Markdown[] {
  return rules.flatMap((result) => {
    const { suppressed } = result;
    if (suppressed.length === 0) return [];
    const shown = suppressed.slice(0, PLACES).map((one) => `  - ${remark(one, links.filesUrl)}`);
    const more = suppressed.length > PLACES ? [`  - and ${suppressed.length - PLACES} more`] : [];
    return [[`- ${ruleLink(result, links)} ${prose(result.title)}`, ...shown, ...more].join("\n")];
  });
}

/** How many findings are silenced. */
export function suppressedCount({ rules }: Review): number {
  return rules.reduce((sum, { suppressed }) => sum + suppressed.length, 0);
}

/** Rules of a newer set that would fail, and will count from the set after theirs. */
export function previewRows({ previews }: Review, links: Links): readonly Markdown[] {
  return previews
    .filter(({ outcome }) => outcome === "fail" || outcome === "partial")
    .map(
      ({ findings, since, ...rule }) =>
        `- ${ruleLink(rule, links)} ${prose(rule.title)} (${rule.severity}, since ${since}): ${count(findings, "finding")}`,
    );
}

/** What applies and could not be judged: each reason once, with its rules. */
export function unjudgedList(review: Review, links: Links): readonly Markdown[] {
  return [...unjudgedByReason(review)].flatMap(([reason, results]) =>
    rowsOf(results).map((some) => `- ${some.map((result) => ruleLink(result, links)).join(", ")}: ${sentence(reason)}`),
  );
}

function rowsOf(results: readonly RuleResult[]): readonly (readonly RuleResult[])[] {
  return results.flatMap((_, at) => (at % RULES_OF_ROW === 0 ? [results.slice(at, at + RULES_OF_ROW)] : []));
}

/** The components of a monorepo, as rows below their head. */
export function componentRows({ components }: Review): Rows {
  const lead = ["| Component | Profile | Score |", "|---|---|---:|"];
  if (components.length < 2) return { lead, rows: [] };
  const rows = components.map(
    ({ root, profile, score }) => `| ${root === "" ? "the root" : code(root)} | ${profile} | ${shown(score)} |`,
  );
  return { lead, rows };
}

/** The same as a table of its own. */
export function componentTable(review: Review): readonly Markdown[] {
  const { lead, rows } = componentRows(review);
  return rows.length === 0 ? [] : [...lead, ...cutAtRow(rows, TABLE_BYTES, (left) => `| and ${left} more | | |`)];
}

/** How far the report can be trusted: what was read, and what told the profile. */
export function lookedAtLines(review: Review): readonly Markdown[] {
  const { files, read, sources, complete, unreadable, settingsReadAt, advisories } = review.lookedAt;
  const told = review.profileEvidence.map(({ path, message }) =>
    path ? `${sentence(message)} (${code(path)})` : sentence(message),
  );
  return [
    `- Profile **${review.profile}**${told.length ? `: ${told.join("; ")}` : ""}.`,
    `- Coverage ${percent(review.coverage)}: the share of what applies that could be assessed.`,
    `- ${count(files, "path")}${complete ? "" : " (the tree could not be listed whole)"}, ${count(read, "file")} read${sources.of === 0 ? "" : `; of the Python that is shipped ${sources.read} of ${count(sources.of, "file")}`}.`,
    ...(settingsReadAt === null ? [] : [`- GitHub's settings, as they were at ${minuteOf(settingsReadAt)}.`]),
    ...(advisories === null
      ? []
      : [
          `- Advisories for ${advisories.versions} versions (${advisories.digest})${advisories.readAt === null ? "" : `, the oldest read at ${minuteOf(advisories.readAt)}`}.`,
        ]),
    ...unreadable.slice(0, PLACES).map(({ path, reason }) => `- Not read: ${code(path)}, ${text(reason)}.`),
    ...(unreadable.length > PLACES ? [`- ${unreadable.length - PLACES} more files were not read.`] : []),
    `- Rules ${review.ruleSet}, dates counted from ${review.date}.`,
  ];
}

/** A time to the minute; what is no time is not shown. */
function minuteOf(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? "some time" : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A part that is closed until it is opened. */
export function folded(summary: string, lines: readonly Markdown[]): readonly Markdown[] {
  return lines.length === 0 ? [] : ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>", ""];
}
