import type { Profile, Severity } from "../rule.ts";

/** What is looked at, and as what. */
export interface Scope {
  /** The profile of the components that have none of their own here; null where it is found. */
  readonly profile: Profile | null;
  /** The units to judge; none where they are found. */
  readonly components: readonly { readonly path: string; readonly profile: Profile | null }[];
  /** Globs of paths that are left out, as if they were not there. */
  readonly exclude: readonly string[];
  /** Where what deploys this repository, and what alerts on it, stands; null where it is here, or nobody said. */
  readonly elsewhere: { readonly deploy: string | null; readonly alerts: string | null };
}

/** How one rule is judged here. */
export interface RuleTerms {
  readonly off: boolean;
  /** Null for that of the catalogue. */
  readonly severity: Severity | null;
  /** Who says so, in words: for the reason of a rule that is off. */
  readonly by: string;
}

/** Findings that are accepted for a while. */
export interface WaiverTerms {
  readonly rule: string;
  /** Globs; none where every place of the rule is meant. */
  readonly paths: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** ISO day, the last on which it holds. */
  readonly expires: string;
}

/** What a policy says of judging. */
export interface Terms extends Scope {
  readonly rules: Readonly<Record<string, RuleTerms>>;
  readonly waivers: readonly WaiverTerms[];
  /** The rule set that counts; null for the newest. */
  readonly ruleSet: string | null;
  /** Rules that nothing in the repository silences, and what they look at. */
  readonly enforced: {
    readonly rules: readonly string[];
    readonly scope: Scope;
    /** Whether comments in the code, and lists of other tools, silence findings of these rules. */
    readonly canBeSilenced: boolean;
  };
}

/** Everything that is found is looked at. */
const everything: Scope = { profile: null, components: [], exclude: [], elsewhere: { deploy: null, alerts: null } };

/** What holds where nobody wrote a policy. */
export const defaultTerms: Terms = {
  ...everything,
  rules: {},
  waivers: [],
  ruleSet: null,
  enforced: { rules: [], scope: everything, canBeSilenced: true },
};
