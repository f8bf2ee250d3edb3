import type { Evidence, Review, RuleResult } from "./review.ts";

/** One finding: a rule that fails or holds in part, at one of its places. */
export interface Finding {
  readonly result: RuleResult;
  /** Null where the rule names no place: the finding is about the repository as a whole. */
  readonly evidence: Evidence | null;
  /** A failing critical rule. */
  readonly isBlocking: boolean;
}

/** What a change does to the paths of its merge base. */
export interface Change {
  /** Paths of the head that are new or hold something else. */
  readonly touched: ReadonlySet<string>;
  /** Paths of the base that are gone. */
  readonly removed: ReadonlySet<string>;
  /** Files and folders that have another name now: the new one to the old. */
  readonly renames: ReadonlyMap<string, string>;
}

/** What a change does to the findings of its merge base. */
export interface Comparison {
  /** The merge base, judged by the same rules, policy and advisories. */
  readonly base: Review;
  readonly change: Change;
  /** What the change brings. Settings of GitHub are of today, and never in a difference. */
  readonly added: readonly Finding[];
  /** At the base and not at the head, as they were there. */
  readonly fixed: readonly Finding[];
  /** All other findings of the head, even where lines moved or files were renamed. */
  readonly unchanged: readonly Finding[];
}
