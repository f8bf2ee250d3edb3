import type { ReviewRequest } from "../webhooks/review-request.ts";
import type { Base } from "./base.ts";
import type { Head } from "./head.ts";

/** Where the policy stands that a head is judged by. */
export interface PolicyPlace {
  /** The commit; null where there is none: then only the organisation's holds. */
  readonly commit: string | null;
  /** The branch whose last policy holds where the commit's cannot be used; null where none is known. */
  readonly branch: string | null;
  /** True for a change that could bring a policy of its own, which does not hold for itself. */
  readonly isOfChange: boolean;
}

/**
 * A pull request is judged by the policy at the tip of its base: not by that of an old commit that it chose to
 * start from. A merge group is judged by that of the commit that it stands on, and the default branch by its own.
 */
export async function policyPlaceOf(
  { subject, repository }: ReviewRequest,
  { sha, pull }: Head,
  base: Base,
): Promise<PolicyPlace> {
  if (pull) return { commit: pull.baseSha, branch: pull.baseRef, isOfChange: true };
  if (subject.kind === "branch" && subject.branch === repository.defaultBranch)
    return { commit: sha, branch: subject.branch, isOfChange: false };
  return { commit: await base.commit(), branch: repository.defaultBranch, isOfChange: true };
}
