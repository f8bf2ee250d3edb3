import type { Severity } from "../rule.ts";

/** What became of one rule. `waived` is added by policy. */
export type Outcome = "pass" | "partial" | "fail" | "skip" | "unknown" | "crashed" | "waived";

export type Verdict = "ready" | "not-ready" | "needs-work" | "not-applicable";

/** A place, and what is to be said of it. */
export interface Remark {
  /** Null when it is about the repository as a whole. */
  readonly path: string | null;
  /** One-based; null when no line says it. */
  readonly line: number | null;
  /** One plain sentence; may hold text of the repository and must be encoded for Markdown. */
  readonly message: string;
}

/** One place that a result rests on. */
export interface Evidence extends Remark {
  /** 16 hexadecimal digits, the same wherever the line stands in its file. */
  readonly fingerprint: string;
}

/** A finding that is accepted for a while: it leaves the score, and is never counted as passed. */
export interface Waived extends Evidence {
  readonly reason: string;
  readonly owner: string;
  /** ISO day, the last on which the waiver holds. */
  readonly expires: string;
}

/** What became of one waiver of the policy. */
export interface WaiverUse {
  readonly rule: string;
  readonly expires: string;
  /** Findings that it covers. */
  readonly findings: number;
  /** False where its rule was not judged, and so nobody knows what it would cover. */
  readonly isJudged: boolean;
}

/** A rule that is too new to count, and what it would say. */
export interface Preview {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The rule set that it came with. */
  readonly since: string;
  readonly outcome: Outcome;
  readonly findings: number;
}

/** The outcome of one rule on one component. */
export interface ComponentOutcome {
  /** The component's folder; empty for the root. */
  readonly root: string;
  readonly outcome: Outcome;
  readonly value: number | null;
}

/** The outcome of one rule for the repository: over components the gravest. */
export interface RuleResult {
  /** `category/claim`. */
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly outcome: Outcome;
  /** In [0, 1]; null for skip, unknown, crashed and waived. */
  readonly value: number | null;
  /** Points that the score would gain if the rule passed; null where it has no value. */
  readonly gain: number | null;
  /** Why it was skipped or could not be judged; null otherwise. */
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
  /** Findings of the rule that a waiver covers; in none of the others. */
  readonly waived: readonly Waived[];
  /** Findings that a comment in the code, or a list of another tool, silences: they are in no sum. */
  readonly suppressed: readonly Evidence[];
  /** Findings that the change itself silences: they count until it is merged. */
  readonly toBeSuppressed: readonly Evidence[];
  /** Of a rule that is unknown: files that it wanted and nobody could read. */
  readonly unread: readonly string[];
  /** True where GitHub's settings tell of it: what it finds without a place in a file is of today, and in no difference. */
  readonly isOfToday: boolean;
  /** Only in a repository of several components. */
  readonly components: readonly ComponentOutcome[];
}

export interface CategoryResult {
  readonly id: string;
  /** 0 to 100; null when nothing of the category was assessed. */
  readonly score: number | null;
  /** The category's weight in the profile. */
  readonly weight: number;
}

export interface ComponentResult {
  readonly root: string;
  readonly profile: string;
  readonly score: number | null;
  readonly lines: number;
}

/** What a review read, for the reader who wants to know how far it can be trusted. */
export interface LookedAt {
  /** Paths in the tree. */
  readonly files: number;
  /** Files whose text was read. */
  readonly read: number;
  /** Shipped files of Python: how many were read, and how many there are. */
  readonly sources: { readonly read: number; readonly of: number };
  /** UTF-16 units of text read. */
  readonly characters: number;
  /** False when the tree could not be listed whole. */
  readonly complete: boolean;
  /** ISO time at which GitHub's settings were read; null where they were not. */
  readonly settingsReadAt: string | null;
  /** What was known of locked versions, by the name of that knowledge; null where nobody was asked. */
  readonly advisories: {
    readonly digest: string;
    /** ISO time of the oldest answer among them. */
    readonly readAt: string | null;
    /** Versions that something is known of. */
    readonly versions: number;
  } | null;
  /** Files that a rule wanted and nobody could read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** The engine's whole answer about a repository at one commit. */
export interface Review {
  readonly repository: string;
  readonly commit: string | null;
  /** The rule set's version, as `2026.11.1`. */
  readonly ruleSet: string;
  /** ISO date that end-of-life and expiry were counted from. */
  readonly date: string;
  /** `none` without Python. */
  readonly profile: string;
  /** What the profile was told by. */
  readonly profileEvidence: readonly Remark[];
  /** 0 to 100, unrounded; shown rounded down. Null when not applicable. */
  readonly score: number | null;
  /** Assessed weight over applicable weight, in [0, 1]. Under 0.6 the score is provisional. */
  readonly coverage: number;
  readonly verdict: Verdict;
  /** Failing findings (rule and place) of critical rules. */
  readonly blockers: number;
  readonly categories: readonly CategoryResult[];
  /** Every rule of the catalogue, in the catalogue's order. */
  readonly rules: readonly RuleResult[];
  readonly components: readonly ComponentResult[];
  /** One for each waiver of the policy, in its order. */
  readonly waivers: readonly WaiverUse[];
  /** Rules that are new, and do not count before the rule set after the one that they came with. */
  readonly previews: readonly Preview[];
  readonly lookedAt: LookedAt;
}
