import type { Records } from "../store/records.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import type { Base } from "./base.ts";
import type { Head } from "./head.ts";

/** Where the policy stands that a head is judged by. */
export interface PolicyPlace {
  /** The commit; null where there is none: then only the organisation's holds. */
  readonly commit: string | null;
  /** The branch whose last policy holds where the commit's cannot be used; null where none is known. */
  readonly branch: string | null;
  /** True where the commit is the branch's tip: its policy is remembered, where it can be used. */
  readonly isTip: boolean;
  /** True for a change that could bring a policy of its own, which does not hold for itself. */
  readonly isOfChange: boolean;
}

/**
 * A pull request is judged by the policy at the tip of its base: not by that of an old commit that it chose to
 * start from. A merge group is judged by that of the commit that it stands on, the default branch by its own,
 * and any other branch by that of the default one.
 */
export async function policyPlaceOf(
  { subject, repository }: ReviewRequest,
  { sha, pull }: Head,
  base: Base,
  records: Pick<Records, "verdict">,
): Promise<PolicyPlace> {
  if (pull) return { commit: pull.baseSha, branch: pull.baseRef, isTip: true, isOfChange: true };
  const { defaultBranch } = repository;
  if (subject.kind === "branch" && subject.branch === defaultBranch)
    return { commit: sha, branch: subject.branch, isTip: true, isOfChange: false };
  const known = subject.kind === "branch" ? await records.verdict(repository, `branch/${defaultBranch}`) : undefined;
  const commit = known?.headSha ?? (await base.commit());
  return { commit, branch: defaultBranch, isTip: false, isOfChange: true };
}
