import { nextFixes } from "../engine/next-fixes.ts";
import type { Assessment } from "../policy/assessment.ts";
import { changeOf } from "./change.ts";
import { COMPLIANCE_HEADING, complianceRows } from "./compliance.ts";
import { percent, shownScore } from "./findings.ts";
import { code, text } from "./markdown.ts";
import { fixesLead, fixRows } from "./next-steps.ts";
import { noticeRow } from "./parts.ts";
import type { ReportContext } from "./publish-context.ts";
import {
  blockerList,
  categoryTable,
  componentTable,
  fixedRows,
  lookedAtLines,
  previewRows,
  suppressedRows,
  unjudgedList,
  waivedRows,
  warningList,
} from "./sections.ts";
import { verdictWords } from "./verdict.ts";

/** An assessment as a Markdown document of its own. */
export function markdownReport(assessment: Assessment, links: ReportContext): string {
  const { review, comparison, policy, notices, reasons } = assessment;
  const score = shownScore(review);
  const fixes = nextFixes(review, new Set(links.repairs?.map(({ ruleId }) => ruleId)));
  const compliance = complianceRows(review, policy);
  const next = fixRows(fixes, links);
  const before = comparison && shownScore(comparison.base);
  const section = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length ? [`## ${heading}`, "", ...lines, ""] : [];
  return [
    `# ${code(review.repository)}: ${verdictWords(review)}`,
    "",
    `Readiness ${score === null ? "not assessed" : `**${score}** of 100`}, coverage ${percent(review.coverage)}.${before === null ? "" : ` The base has ${before}.`}`,
    ...(reasons.length > 0 ? ["", `The gate does not pass. ${reasons.map(text).join(" ")}`] : []),
    "",
    ...(score === null ? [] : [categoryTable(review), ""]),
    ...section("Policy", notices.map(noticeRow)),
    ...section("What to do next", next.length > 0 ? [...fixesLead(fixes, links), ...next] : []),
    ...section("Blocking", blockerList(review, links)),
    ...section("To improve", warningList(review, links)),
    ...section("Fixed by this change", fixedRows(changeOf(assessment).fixed, links)),
    ...section("Waived by the policy", waivedRows(review, links)),
    ...section("Suppressed by comments and lists of other tools", suppressedRows(review, links)),
    ...section("Too new to count", previewRows(review, links)),
    ...section("Not evaluated, and why", unjudgedList(review, links)),
    ...section(COMPLIANCE_HEADING, compliance.rows.length > 0 ? [...compliance.lead, ...compliance.rows] : []),
    ...section("Components", componentTable(review)),
    ...section("What was looked at", lookedAtLines(review)),
  ].join("\n");
}
