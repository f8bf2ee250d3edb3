import { createColors } from "picocolors";
import { DISCLAIMER } from "../compliance/checklist.ts";
import type { Comparison } from "../engine/comparison.ts";
import { isBlocker } from "../engine/findings.ts";
import type { Repair } from "../engine/repair/repairs.ts";
import type { Evidence, Remark, Review, RuleResult } from "../engine/review.ts";
import type { Assessment, Notice } from "../policy/assessment.ts";
import type { Policy } from "../policy/policy.ts";
import { COMPLIANCE_HEADING, regimeSummaries, regimeWords } from "./compliance.ts";
import { count, isProvisional, percent, placesOf, shownGain, shownScore, toFix, unjudged } from "./findings.ts";
import type { ReportContext } from "./publish-context.ts";
import { verdictWords } from "./verdict.ts";

const BAR = 20;
const PLACES = 5;

/** A review for a person at a terminal. Control characters of the repository never reach it. */
export function terminalReport(
  { review, comparison, policy, reasons, notices }: Assessment,
  { color, repairs = [] }: { readonly color: boolean } & Pick<ReportContext, "repairs">,
): string {
  const paint = createColors(color);
  const score = shownScore(review);
  const verdictPaint =
    review.verdict === "ready" ? paint.green : review.verdict === "not-ready" ? paint.red : paint.yellow;
  const head = [
    paint.bold(plain(review.repository)),
    verdictPaint(verdictWords(review)),
    score === null ? "" : `${paint.bold(String(score))} of 100${isProvisional(review) ? " (provisional)" : ""}`,
    `coverage ${percent(review.coverage)}`,
    review.profile === "none" ? "" : review.profile,
  ];
  const bars = review.categories
    .filter(({ weight }) => weight > 0 && review.score !== null)
    .map(
      ({ id, score: one }) =>
        `  ${id.padEnd(14)} ${one === null ? paint.dim("not assessed") : `${bar(one)} ${Math.floor(one)}`}`,
    );
  const findings = toFix(review).flatMap((result) => [
    "",
    ...finding(result, paint, comparison),
    ...repairLine(result, repairs, paint),
  ]);
  const unknown = unjudged(review).map(
    ({ id, reason }) => `  ${paint.cyan("?")} ${id}  ${paint.dim(plain(reason ?? ""))}`,
  );
  return [
    head.filter(Boolean).join("  "),
    ...bars,
    ...findings,
    ...(unknown.length ? ["", "Not evaluated:", ...unknown] : []),
    ...titled("Waived:", waivedLines(review, paint)),
    ...titled("Suppressed by comments and lists of other tools:", suppressedLines(review, paint)),
    ...titled("New rules, which do not count yet:", previewLines(review, paint)),
    ...titled("Policy:", policyLines(notices)),
    ...titled(`${COMPLIANCE_HEADING}.`, complianceLines(review, policy, paint)),
    "",
    countsLine(review),
    ...(comparison ? [changeLine(review, comparison)] : []),
    ...(reasons.length ? [`The gate does not pass. ${plain(reasons.join(" "))}`] : []),
    "",
  ].join("\n");
}

type Paint = ReturnType<typeof createColors>;

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ["", title, ...lines] : [];
}

function waivedLines({ rules }: Review, paint: Paint): readonly string[] {
  return rules.flatMap(({ id, waived }) =>
    waived.map(
      ({ reason, owner, expires, ...place }) =>
        `  ${paint.cyan("–")} ${id}  ${where(place)}${paint.dim(plain(`until ${expires}, ${owner}: ${reason}`))}`,
    ),
  );
}

function suppressedLines({ rules }: Review, paint: Paint): readonly string[] {
  return rules.flatMap(({ id, suppressed }) => [
    ...suppressed
      .slice(0, PLACES)
      .map(
        ({ message, ...at }) => `  ${paint.cyan("–")} ${id}  ${where({ ...at, message })}${paint.dim(plain(message))}`,
      ),
    ...(suppressed.length > PLACES ? [`    and ${suppressed.length - PLACES} more of ${id}`] : []),
  ]);
}

function previewLines({ previews }: Review, paint: Paint): readonly string[] {
  return previews
    .filter(({ findings }) => findings > 0)
    .map(({ id, since, outcome, findings }) => `  ${id}  ${paint.dim(`${since}, ${outcome} at ${findings}`)}`);
}

function complianceLines(review: Review, policy: Policy, paint: Paint): readonly string[] {
  const lines = regimeSummaries(review, policy).map(
    (summary) => `  ${summary.title}: ${regimeWords(summary, (id) => id)}`,
  );
  return lines.length > 0 ? [...lines, paint.dim(`  ${DISCLAIMER}`)] : [];
}

/** What is wrong with it is said as an error, beside the report. */
function policyLines(notices: readonly Notice[]): readonly string[] {
  return notices.filter(({ kind }) => kind !== "error").map((notice) => `  ${where(notice)}${plain(notice.message)}`);
}

function finding(result: RuleResult, paint: Paint, comparison: Comparison | null): readonly string[] {
  const added = new Set(comparison?.added.map(({ evidence }) => evidence));
  const mark = isBlocker(result)
    ? paint.red("✗ blocker")
    : result.outcome === "fail"
      ? paint.red("✗")
      : paint.yellow("~");
  const places = placesOf(result);
  return [
    `${mark} ${paint.bold(result.title)}  ${paint.dim([result.id, result.severity, shownGain(result)].filter(Boolean).join(" · "))}`,
    ...places
      .slice(0, PLACES)
      .map(
        (at) =>
          `    ${added.has(at as Evidence) ? paint.red("new  ") : ""}${paint.cyan(where(at))}${plain(at.message)}`,
      ),
    ...(places.length > PLACES ? [`    and ${places.length - PLACES} more`] : []),
    paint.dim(`    Why: ${result.why}`),
    paint.dim(`    Fix: ${result.fix}`),
  ];
}

function repairLine({ id }: RuleResult, repairs: readonly Repair[], paint: Paint): readonly string[] {
  const repair = repairs.find(({ ruleId }) => ruleId === id);
  if (!repair) return [];
  return [paint.green(`    Repair: pyready fix --rule ${id}${repair.isWhole ? "" : " mends it in part"}`)];
}

function where({ path, line }: Remark): string {
  if (path === null) return "";
  return `${plain(line === null ? path : `${path}:${line}`)}  `;
}

function bar(score: number): string {
  const full = Math.floor((score / 100) * BAR);
  return "█".repeat(full) + "░".repeat(BAR - full);
}

function countsLine({ rules, lookedAt: { files, read, complete } }: Review): string {
  const counts = Map.groupBy(rules, ({ outcome }) => outcome);
  const outcomes = [...counts].map(([outcome, members]) => `${members.length} ${outcome}`).join(", ");
  return `${outcomes} · ${read} of ${files} files read${complete ? "" : "; the tree could not be listed whole"}`;
}

/** What happened since the base, in one line. */
function changeLine(review: Review, { base, added, fixed }: Comparison): string {
  const before = shownScore(base);
  const after = shownScore(review);
  const moved = (review.score ?? 0) - (base.score ?? 0);
  const score = before === null || after === null ? [] : [`score ${before} → ${after} (${signed(moved)})`];
  const since = base.commit === null ? "the base" : base.commit.slice(0, 7);
  return `Since ${since}: ${[...score, count(added.length, "new finding"), `${fixed.length} fixed`].join(", ")}`;
}

function signed(points: number): string {
  return `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(1)}`;
}

function plain(untrusted: string): string {
  return untrusted.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}
