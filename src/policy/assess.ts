import type { Comparison } from "../engine/comparison.ts";
import { findingsOf } from "../engine/findings.ts";
import type { Review, RuleResult } from "../engine/review.ts";
import type { Assessment, Notice } from "./assessment.ts";
import type { Conclusion } from "./gate.ts";
import type { Gate, Policy } from "./policy.ts";

/** Scores are sums of fractions: what differs less than this does not differ. */
const TOLERANCE = 1e-9;

/**
 * Decides what a review means for a merge. The gate judges the change, not the debt; what could not be
 * judged where it must be never looks like success.
 */
export function assess(
  review: Review,
  comparison: Comparison | null,
  policy: Policy,
  notices: readonly Notice[] = [],
): Assessment {
  const failures = failuresOf(review, comparison, policy.gate);
  const unjudged = failures.length > 0 ? [] : unjudgedOf(review, comparison, policy.gate);
  return {
    ...{ review, comparison, policy, notices },
    conclusion: conclusionOf(review, policy.gate, failures, unjudged),
    reasons: [...failures, ...unjudged],
  };
}

function conclusionOf(
  review: Review,
  gate: Gate,
  failures: readonly string[],
  unjudged: readonly string[],
): Conclusion {
  if (failures.length > 0) return "failure";
  if (isOff(gate)) return "neutral";
  if (unjudged.length > 0) return "action_required";
  return review.verdict === "not-applicable" ? "neutral" : "success";
}

/** True for a gate that lets everything through, and so what could not be judged. */
function isOff({ failOn, minScore, maxDrop }: Gate): boolean {
  return failOn === "never" && minScore === null && maxDrop === null;
}

function failuresOf({ score, ...review }: Review, comparison: Comparison | null, gate: Gate): readonly string[] {
  const failures: string[] = [];
  const isOfChange = gate.failOn === "new-blocker" && comparison !== null;
  const found = isOfChange ? comparison.added : findingsOf({ score, ...review });
  const blockers = gate.failOn === "never" ? 0 : found.filter(({ isBlocking }) => isBlocking).length;
  if (blockers > 0)
    failures.push(
      isOfChange
        ? `The change brings ${counted(blockers, "blocker")}.`
        : `There ${blockers === 1 ? "is" : "are"} ${counted(blockers, "blocker")}.`,
    );
  if (score === null) return failures;
  if (gate.minScore !== null && score < gate.minScore - TOLERANCE)
    failures.push(`The score is below ${gate.minScore}.`);
  const before = comparison?.base.score ?? null;
  if (gate.maxDrop !== null && before !== null && before - score > gate.maxDrop + TOLERANCE)
    failures.push(`The score drops by ${shownDrop(before - score)}: more than ${gate.maxDrop} is not allowed.`);
  return failures;
}

/** Critical rules that are without a verdict, where that must not let a change pass. */
function unjudgedOf({ rules }: Review, comparison: Comparison | null, { failOn }: Gate): readonly string[] {
  const critical = rules.filter(({ severity }) => severity === "critical");
  const crashed = critical
    .filter(({ outcome }) => outcome === "crashed")
    .map(({ id }) => `${id} could not be evaluated: this is a defect of pyready.`);
  if (comparison === null || failOn === "never") return crashed;
  const hidden = critical.flatMap((result) => {
    const path = hiddenBy(result, comparison);
    return path === undefined ? [] : [`${result.id} cannot be evaluated any more because of ${path}.`];
  });
  return [...crashed, ...hidden];
}

/** The file by which a change keeps a rule from judging: it must not become unreadable in order to pass. */
export function hiddenBy(
  { id, outcome, unread, reason }: RuleResult,
  { base, change }: Comparison,
): string | undefined {
  if (outcome !== "unknown") return undefined;
  const before = base.rules.find((result) => result.id === id);
  const wasUnread = new Set(base.lookedAt.unreadable.map(({ path }) => path));
  const become = unread.find((path) => change.touched.has(path) && !wasUnread.has(change.renames.get(path) ?? path));
  if (
    become !== undefined ||
    (before?.outcome === "unknown" && withoutNumbers(before.reason) === withoutNumbers(reason))
  )
    return become;
  return [...change.touched].find((path) => names(reason ?? "", path));
}

/** Lines move: that is no other reason. */
function withoutNumbers(reason: string | null): string {
  return (reason ?? "").replace(/\d+/g, "0");
}

/** Whether a reason names this path, and not one that it is a part of. */
function names(reason: string, path: string): boolean {
  const at = reason.indexOf(path);
  const [before = " ", after = " "] = [reason[at - 1], reason[at + path.length]];
  return at >= 0 && !/[\w./-]/.test(before) && !/[\w/-]/.test(after);
}

/** Rounded up: a drop of 2.01 is more than 2, and must not be shown as 2.0. */
function shownDrop(drop: number): string {
  return (Math.ceil(drop * 10 - TOLERANCE) / 10).toFixed(1);
}

function counted(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
