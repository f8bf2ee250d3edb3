import type { Comparison } from "../engine/comparison.ts";
import type { Review } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import { type Change, countFindings, groupsOf, isBlocking } from "./change.ts";
import { count, isProvisional, percent, shownScore } from "./findings.ts";
import { code, type Markdown, text } from "./markdown.ts";
import type { PublishContext } from "./publish-context.ts";
import { gateWords, scoreChange, shownChange } from "./verdict.ts";

/** A longer name of a branch stands below, and not in the head of the table. */
const BRANCH_IN_HEAD = 24;

/** A change must not become unreadable in order to pass. */
const MEND =
  "Mend what *Not evaluated* tells below, or have somebody look at the change who may merge past this check.";

/** Why the check passes or fails, and where the repository stands beside its base. */
export function standing(assessment: Assessment, change: Change, context: PublishContext): readonly Markdown[] {
  const { review, comparison } = assessment;
  if (review.verdict === "not-applicable") return withoutPython(assessment);
  const numbers = comparison
    ? ["", ...comparedTable(assessment, comparison, change, context), ...below(provisional(review))]
    : ["", scoreSentence(review)];
  const gate = gateSentence(assessment);
  return [...(gate ? [gate] : []), ...numbers.slice(gate ? 0 : 1), ""];
}

/** Some rules hold for every repository. */
function withoutPython(assessment: Assessment): readonly Markdown[] {
  const stops = assessment.conclusion === "failure" || assessment.conclusion === "action_required";
  const more = groupsOf(assessment.review).length > 0 ? " What holds for every repository stands below." : "";
  return [...(stops ? [gateSentence(assessment), ""] : []), `There is no Python here to judge.${more}`, ""];
}

function gateSentence({ review, conclusion, reasons, policy }: Assessment): Markdown {
  const why = reasons.map(text).join(" ");
  if (conclusion === "failure") return `**This check fails.** ${why}`.trimEnd();
  if (conclusion === "action_required") return `**This check needs a person.** ${why} ${MEND}`;
  const gate = gateWords(policy.gate);
  if (gate === "") return "The policy's gate is off: this check never fails.";
  return review.verdict === "ready" ? "" : `**This check passes.** It fails when ${gate}.`;
}

function comparedTable(
  assessment: Assessment,
  { base, added, fixed }: Comparison,
  change: Change,
  { baseBranch }: PublishContext,
): readonly Markdown[] {
  const { review } = assessment;
  const newBlockers = countFindings(change.newBlockers);
  const fixedBlockers = countFindings(change.fixed.filter(isBlocking));
  const blocking = numbersOf(review, base, true, newBlockers, fixedBlockers);
  const other = numbersOf(review, base, false, added.length - newBlockers, fixed.length - fixedBlockers);
  return [
    `| | This change | ${baseName(base, baseBranch)} | Difference |`,
    "|---|---:|---:|---:|",
    `| Readiness of 100 | **${shownScore(review) ?? "not assessed"}** | ${shownScore(base) ?? "not assessed"} | ${shownChange(scoreChange(assessment))} |`,
    `| Blockers | **${blocking.head}** | ${blocking.base} | ${difference(blocking)} |`,
    `| To improve | **${other.head}** | ${other.base} | ${difference(other)} |`,
    `| Coverage | ${percent(review.coverage)} | ${percent(base.coverage)} | |`,
  ];
}

interface Numbers {
  readonly head: number;
  readonly base: number;
  readonly added: number;
  readonly fixed: number;
}

function numbersOf(head: Review, base: Review, blocking: boolean, added: number, fixed: number): Numbers {
  const of = (review: Review): number =>
    countFindings(groupsOf(review).filter((group) => isBlocking(group) === blocking));
  return { head: of(head), base: of(base), added, fixed };
}

/** What is not the change's doing is told apart, so that the numbers of a row add up. */
function difference({ head, base, added, fixed }: Numbers): string {
  const other = head - base - added + fixed;
  return [
    added > 0 ? `${added} new` : "",
    fixed > 0 ? `${fixed} fixed` : "",
    other > 0 ? `${other} more for other reasons` : "",
    other < 0 ? `${-other} fewer for other reasons` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function baseName({ commit }: Review, branch: string | undefined): Markdown {
  const named = branch !== undefined && branch.length <= BRANCH_IN_HEAD ? code(branch) : "Base";
  return commit === null ? named : `${named} at \`${commit.slice(0, 7)}\``;
}

function scoreSentence(review: Review): Markdown {
  const judged = review.rules.filter(({ value }) => value !== null).length;
  const sentence = `Readiness **${shownScore(review) ?? "not assessed"}** of 100 · ${count(judged, "rule")} assessed, coverage ${percent(review.coverage)}.`;
  return [sentence, ...provisional(review)].join(" ").trimEnd();
}

/** A paragraph under what stands before it. */
function below(lines: readonly Markdown[]): readonly Markdown[] {
  return lines.length === 0 ? [] : ["", ...lines];
}

function provisional(review: Review): readonly Markdown[] {
  return isProvisional(review) ? ["The score is provisional: too little of it could be assessed."] : [];
}
