import type { Remark, Review, RuleResult } from "../engine/review.ts";
import type { Severity } from "../rule.ts";

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** Rules that fail or hold only in part: by severity, then by what fixing them gains. */
export function toFix(review: Review): readonly RuleResult[] {
  return review.rules
    .filter(({ outcome }) => outcome === "fail" || outcome === "partial")
    .sort((a, b) => rank(a) - rank(b) || (b.gain ?? 0) - (a.gain ?? 0) || (a.id < b.id ? -1 : 1));
}

/** Rules that apply and could not be judged, with the reason. */
export function unjudged(review: Review): readonly RuleResult[] {
  return review.rules.filter(({ outcome }) => outcome === "unknown" || outcome === "crashed");
}

/** The same by their reasons, as these are told. */
export function unjudgedByReason(review: Review): ReadonlyMap<string, readonly RuleResult[]> {
  return Map.groupBy(unjudged(review), ({ reason }) => reason ?? "");
}

/** The places of a result; a result about the repository as a whole has one without a path. */
export function placesOf({ evidence }: RuleResult): readonly Remark[] {
  return evidence.length > 0 ? evidence : [{ path: null, line: null, message: "" }];
}

/** The score as it is shown: rounded down, so that nothing looks better than it is. */
export function shownScore(review: Review): number | null {
  return review.score === null ? null : Math.floor(review.score);
}

/** `+4.2`; empty where nothing is gained. */
export function shownGain({ gain }: RuleResult): string {
  const shown = (gain ?? 0).toFixed(1);
  return shown === "0.0" ? "" : `+${shown}`;
}

/** A score that would be reached, rounded down: seventy is not 69.9 where fractions fell short of it by a trillionth. */
export function shownReach(score: number): string {
  return (Math.floor(score * 10 + 1e-6) / 10).toFixed(1);
}

/** Coverage under which a score is called provisional. */
const ENOUGH_COVERAGE = 0.6;

export function isProvisional({ coverage, score }: Review): boolean {
  return score !== null && coverage < ENOUGH_COVERAGE;
}

export function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** `1 blocker`, `2 blockers`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

function rank(result: RuleResult): number {
  return SEVERITIES.indexOf(result.severity) + (result.outcome === "partial" ? 0.5 : 0);
}
