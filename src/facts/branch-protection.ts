import type { BranchRule, ClassicProtection, Reading } from "../snapshot/settings.ts";
import { defineFact } from "./fact.ts";

/** What holds for the default branch, by rulesets and by the older protection together. */
export interface BranchProtection {
  readonly needsPullRequest: boolean;
  readonly refusesForcePushes: boolean;
  readonly refusesDeletion: boolean;
  readonly approvals: number;
  readonly byCodeOwners: boolean;
  readonly dismissesStale: boolean;
  readonly afterLastPush: boolean;
  /** Checks that must have passed, by the names that they report under. */
  readonly requiredChecks: readonly string[];
  /** Workflows or results of code scanning that must have passed, whatever their names. */
  readonly requiresWorkflows: boolean;
  /** What is merged was tested with what it is merged into. */
  readonly isUpToDate: boolean;
  /** The branch is protected in the older way, and only its administrators see how; what is missing above may be there. */
  readonly isPartlyHidden: boolean;
}

/** The protection of the default branch. */
export const branchProtection = defineFact({
  spans: "repository",
  isOfToday: true,
  combine: ({ settings: { branchRules, isProtected, classicProtection } }): Reading<BranchProtection> => {
    if (!branchRules.known) return branchRules;
    if (classicProtection.known)
      return { known: true, value: protectionOf(branchRules.value, classicProtection.value, false) };
    if (!isProtected.known) return branchRules.value.length > 0 ? classicProtection : isProtected;
    // A branch that is not protected at all has no older protection either.
    return { known: true, value: protectionOf(branchRules.value, null, isProtected.value) };
  },
});

function protectionOf(
  rules: readonly BranchRule[],
  classic: ClassicProtection | null,
  isPartlyHidden: boolean,
): BranchProtection {
  const has = (...types: readonly string[]): boolean => rules.some(({ type }) => types.includes(type));
  const reviews = [...rules.map(({ review }) => review), classic?.review ?? null].filter((one) => one !== null);
  const checks = [...rules.map((rule) => rule.checks), classic?.checks ?? null].filter((one) => one !== null);
  return {
    needsPullRequest: has("pull_request", "merge_queue") || (classic !== null && classic.review !== null),
    refusesForcePushes: has("non_fast_forward") || classic?.allowsForcePushes === false,
    refusesDeletion: has("deletion") || classic?.allowsDeletion === false,
    approvals: Math.max(0, ...reviews.map(({ approvals }) => approvals)),
    byCodeOwners: reviews.some((one) => one.byCodeOwners),
    dismissesStale: reviews.some((one) => one.dismissesStale),
    afterLastPush: reviews.some((one) => one.afterLastPush),
    requiredChecks: [...new Set(checks.flatMap(({ contexts }) => contexts))],
    requiresWorkflows: has("workflows", "code_scanning"),
    isUpToDate: has("merge_queue") || checks.some(({ strict }) => strict),
    isPartlyHidden,
  };
}
