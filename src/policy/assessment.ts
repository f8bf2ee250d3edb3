import type { Comparison } from "../engine/comparison.ts";
import type { Review } from "../engine/review.ts";
import type { Conclusion } from "./gate.ts";
import type { Policy } from "./policy.ts";

/** Something about the policy that readers of a report must know. */
export interface Notice {
  readonly kind: "error" | "change" | "expiry" | "unused";
  /** One plain sentence; may hold text of the repository and must be encoded for Markdown. */
  readonly message: string;
  readonly path: string | null;
  /** One-based. */
  readonly line: number | null;
}

/** A review, compared with its base and decided by the policy: all that a report is made of. */
export interface Assessment {
  readonly review: Review;
  /** Null where there is no base to compare with: then every finding counts as new. */
  readonly comparison: Comparison | null;
  readonly policy: Policy;
  readonly conclusion: Conclusion;
  /**
   * Why the gate does not pass, each in one plain sentence; empty when it does. They may hold text of the
   * repository and must be encoded for Markdown.
   */
  readonly reasons: readonly string[];
  readonly notices: readonly Notice[];
}
