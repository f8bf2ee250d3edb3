import type { Records } from "../store/records.ts";
import type { Verdict } from "../store/verdicts.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import type { Head, PullRequests } from "./head.ts";

/** What a head is compared with. */
export interface Base {
  /** Tells without a request that it may be as before: where the base's branch stands, or the commit itself. */
  readonly tip: string | null;
  /** True for what a branch held before: its reviews are the next one's base. */
  readonly isOfBranch: boolean;
  /** The commit; null where there is none. */
  commit(): Promise<string | null>;
}

const NOWHERE = /^0+$/;

/**
 * The base of a head: of a pull request its merge base, of a merge group the commit that it stands on, of
 * the default branch what was judged there before.
 */
export async function baseOf(
  { repository, subject, beforeSha, baseSha }: ReviewRequest,
  { sha, pull }: Head,
  known: Verdict | undefined,
  { pulls, records }: { readonly pulls: PullRequests; readonly records: Pick<Records, "publishedCheck" | "verdict"> },
): Promise<Base> {
  if (pull) {
    if (known?.headSha === sha && known.baseTip === pull.baseSha) return fixed(known.baseSha, pull.baseSha);
    if (known?.headSha !== sha) pulls.askMergeBaseAlong(pull);
    let asked: Promise<string> | undefined;
    return { tip: pull.baseSha, isOfBranch: false, commit: () => (asked ??= pulls.mergeBase(pull)) };
  }
  if (subject.kind === "commit") {
    const lane = (await records.publishedCheck(repository, sha))?.lane;
    const before = lane === undefined ? undefined : await records.verdict(repository, lane);
    return fixed(before?.headSha === sha ? before.baseSha : null);
  }
  if (subject.kind === "merge-group") return fixed(baseSha ?? known?.baseSha ?? null);
  const before = beforeSha === undefined || NOWHERE.test(beforeSha) ? null : beforeSha;
  const judged = known?.headSha === sha ? known.baseSha : known?.headSha;
  return { ...fixed(judged ?? before), isOfBranch: true };
}

function fixed(commit: string | null, tip = commit): Base {
  return { tip, isOfBranch: false, commit: async () => commit };
}
