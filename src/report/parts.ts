import type { NextFixes } from "../engine/next-fixes.ts";
import type { Assessment, Notice } from "../policy/assessment.ts";
import { type Change, countFindings } from "./change.ts";
import { COMPLIANCE_HEADING, complianceRows } from "./compliance.ts";
import { count, unjudged } from "./findings.ts";
import type { Part } from "./layout.ts";
import { code, type Markdown, place, text } from "./markdown.ts";
import { fixesLead, fixRows } from "./next-steps.ts";
import type { PublishContext } from "./publish-context.ts";
import {
  blockerRows,
  categoryRows,
  componentRows,
  fixedRows,
  lookedAtLines,
  previewRows,
  suppressedCount,
  suppressedRows,
  unjudgedList,
  waivedRows,
  warningRows,
} from "./sections.ts";

const NOTICE_WORDS: Readonly<Record<Notice["kind"], string>> = {
  error: "Error",
  change: "After the merge",
  expiry: "Expiry",
  unused: "Unused",
};

const UPLOAD_WORDS: Readonly<Record<NonNullable<PublishContext["upload"]>, string>> = {
  uploaded: "The findings are uploaded to code scanning, as the policy asks.",
  "not-permitted":
    "The policy asks for an upload to code scanning, and the App has no permission for it: grant it `security_events: write`.",
  refused: "The policy asks for an upload to code scanning, and GitHub did not take it: code scanning may be off here.",
};

const ORGANISATION_WORDS: Readonly<Record<NonNullable<PublishContext["organisation"]>, string>> = {
  found: " The organisation's own stands below it.",
  absent: " No policy of the organisation was found.",
};

/** The parts of a check run in the order in which they are read; what a change brings comes first. */
export function partsOf(
  assessment: Assessment,
  { newBlockers, knownBlockers, newWarnings, knownWarnings, fixed }: Change,
  fixes: NextFixes,
  context: PublishContext,
): readonly Part[] {
  const { review, comparison, notices, policy } = assessment;
  const warnings = [
    ...warningRows(newWarnings, context, comparison ? "**new** " : ""),
    ...warningRows(knownWarnings, context),
  ];
  const waived = waivedRows(review, context);
  const previews = previewRows(review, context);
  const unknown = unjudgedList(review, context);
  const open = { folded: false };
  const closed = { folded: true };
  return [
    {
      ...open,
      heading: comparison ? "Blocking, new here" : "Blocking",
      rows: blockerRows(newBlockers, context),
      reserve: 16_000,
    },
    {
      ...open,
      heading: "Blocking, and not from this change",
      rows: blockerRows(knownBlockers, context),
      reserve: 6000,
    },
    { ...open, heading: "Policy", rows: notices.map(noticeRow), reserve: 4000 },
    {
      ...open,
      heading: "What to do next",
      lead: fixesLead(fixes, context),
      rows: fixRows(fixes, context),
      reserve: 6000,
    },
    {
      ...closed,
      heading: `To improve (${warningCount(newWarnings, knownWarnings, comparison !== null)})`,
      rows: warnings,
      reserve: 10_000,
    },
    {
      ...closed,
      heading: `Fixed by this change (${countFindings(fixed)})`,
      rows: fixedRows(fixed, context),
      reserve: 3000,
    },
    { ...closed, heading: `Waived by the policy (${waived.length})`, rows: waived, reserve: 3000 },
    {
      ...closed,
      heading: `Suppressed by comments and lists of other tools (${suppressedCount(review)})`,
      rows: suppressedRows(review, context),
      reserve: 2000,
    },
    { ...closed, heading: `Too new to count (${previews.length})`, rows: previews, reserve: 2000 },
    { ...closed, heading: `Not evaluated, and why (${unjudged(review).length})`, rows: unknown, reserve: 3000 },
    {
      ...closed,
      heading: COMPLIANCE_HEADING,
      ...complianceRows(review, policy),
      reserve: 3000,
    },
    { ...closed, heading: "Score by category", ...categoryRows(review, comparison?.base ?? null), reserve: 2000 },
    { ...closed, heading: `Components (${review.components.length})`, ...componentRows(review), reserve: 2000 },
    {
      ...closed,
      heading: "What was looked at",
      rows: [...lookedAtLines(review), ...madeBy(assessment, context)],
      reserve: 6000,
    },
  ];
}

function warningCount(fresh: Change["newWarnings"], known: Change["knownWarnings"], compared: boolean): string {
  const all = countFindings(fresh) + countFindings(known);
  return compared && fresh.length > 0 ? `${all}, ${countFindings(fresh)} new` : String(all);
}

/** What readers must know of the policy. */
export function noticeRow({ kind, message, path, line }: Notice): Markdown {
  const where = path === null ? "" : ` ${place(path, line)}`;
  return `- ${NOTICE_WORDS[kind]}:${where} ${text(message)}`;
}

/** Which commits, by which policy, and what it took. */
function madeBy({ comparison }: Assessment, context: PublishContext): readonly Markdown[] {
  const { headSha, baseBranch, policySha, requests, durationMs, reviewId } = context;
  const of = baseBranch === undefined ? "" : ` of ${code(baseBranch)}`;
  const base = comparison?.base.commit;
  return [
    `- Commit \`${headSha.slice(0, 7)}\`${base ? `, compared with \`${base.slice(0, 7)}\`${of}` : ", compared with nothing: every finding counts as new"}.`,
    `- Policy ${policySha === undefined ? "by default" : `as it stands at \`${policySha.slice(0, 7)}\``}; what a change alters in it applies after the merge.${context.organisation ? ORGANISATION_WORDS[context.organisation] : ""}`,
    ...(context.upload ? [`- ${UPLOAD_WORDS[context.upload]}`] : []),
    `- ${count(requests, "request")} to GitHub, ${(durationMs / 1000).toFixed(1)} s, review \`${reviewId}\`.`,
  ];
}
