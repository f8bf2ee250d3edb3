import type { Assessment } from "../policy/assessment.ts";
import { percent, shownScore } from "./findings.ts";
import { code } from "./markdown.ts";
import type { Links } from "./publish-context.ts";
import { blockerList, categoryTable, componentTable, lookedAtLines, unjudgedList, warningList } from "./sections.ts";
import { verdictWords } from "./verdict.ts";

/** A review as a Markdown document of its own. */
export function markdownReport({ review }: Assessment, links: Links): string {
  const score = shownScore(review);
  const section = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length ? [`## ${heading}`, "", ...lines, ""] : [];
  return [
    `# ${code(review.repository)}: ${verdictWords(review)}`,
    "",
    `Readiness ${score === null ? "not assessed" : `**${score}** of 100`}, coverage ${percent(review.coverage)}.`,
    "",
    ...(score === null ? [] : [categoryTable(review), ""]),
    ...section("Blocking", blockerList(review, links)),
    ...section("To improve", warningList(review, links)),
    ...section("Not evaluated, and why", unjudgedList(review, links)),
    ...section("Components", componentTable(review)),
    ...section("What was looked at", lookedAtLines(review)),
  ].join("\n");
}
