import { findingsOf } from "../engine/findings.ts";
import type { Assessment } from "./assessment.ts";

/** What a new floor does to one repository. */
export interface Simulated {
  readonly before: Assessment["conclusion"];
  readonly after: Assessment["conclusion"];
  /** True where the gate passes now, and would not any more. */
  readonly turnsRed: boolean;
  /** Rules that block under the floor and do not block now, with their findings. */
  readonly rules: readonly { readonly id: string; readonly findings: number }[];
  /** Why the gate would not pass. */
  readonly reasons: readonly string[];
}

/** Compares what a repository comes to now with what it comes to under a new floor. */
export function simulated(now: Assessment, then: Assessment): Simulated {
  const before = blockersBy(now);
  const rules = [...blockersBy(then)].flatMap(([id, findings]) => (before.has(id) ? [] : [{ id, findings }]));
  return {
    before: now.conclusion,
    after: then.conclusion,
    turnsRed: !isRed(now) && isRed(then),
    rules,
    reasons: then.reasons,
  };
}

function isRed({ conclusion }: Assessment): boolean {
  return conclusion === "failure" || conclusion === "action_required";
}

function blockersBy({ review }: Assessment): ReadonlyMap<string, number> {
  const blocking = findingsOf(review).filter(({ isBlocking }) => isBlocking);
  return new Map([...Map.groupBy(blocking, ({ result }) => result.id)].map(([id, all]) => [id, all.length]));
}
