import { createHash } from "node:crypto";
import type { Review } from "../engine/review.ts";
import { ruleSetVersion } from "../engine/rule-set.ts";
import { silences } from "../engine/trusted.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Records } from "../store/records.ts";
import type { JudgedRepository } from "./judged-repository.ts";

/** Raised when a review says something that it did not say before: older ones are then judged again. */
const SHAPE = 2;

/** Where the reviews of bases are kept. */
export type BaseReviewRecords = Pick<Records, "baseReview" | "rememberBaseReview" | "advisoriesChanged">;

/** The reviews of a repository's commits that are kept, by all that they rest on. */
export interface KeptReviews {
  /** The review of this commit by this policy: the one that is kept, else what judging gives, kept from then on. */
  once(snapshot: Snapshot, policyHash: string, judge: () => Promise<Review>): Promise<Review>;
  keep(snapshot: Snapshot, policyHash: string, review: Review): Promise<void>;
}

/**
 * The kept reviews as of this day and of what is known beside the files by now: a base is judged again when more
 * is, so that nothing counts as brought by the change that happens to be judged next.
 */
export async function keptReviews(
  records: BaseReviewRecords,
  { repository, settings, advisories }: JudgedRepository,
  date: string,
): Promise<KeptReviews> {
  const changed = advisories ? await records.advisoriesChanged(repository.installationId) : null;

  async function keep(snapshot: Snapshot, policyHash: string, review: Review): Promise<void> {
    const { commit } = snapshot;
    if (commit === null) return;
    await records.rememberBaseReview(repository, commit, inputsOf(snapshot, policyHash), JSON.stringify(review));
  }

  /** What a base's review depends on beside its commit: what silences findings in it may be of another. */
  function inputsOf({ tree }: Snapshot, policyHash: string): string {
    const silencing = tree.filter(({ path }) => silences(path)).map(({ path, sha }) => [path, sha]);
    const inputs = [SHAPE, ruleSetVersion, date, policyHash, settings.readAt, changed, silencing];
    return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
  }

  return {
    async once(snapshot, policyHash, judge) {
      const { commit } = snapshot;
      if (commit === null) return judge();
      const stored = await records.baseReview(repository, commit, inputsOf(snapshot, policyHash));
      if (stored !== undefined) return JSON.parse(stored) as Review;
      const review = await judge();
      await keep(snapshot, policyHash, review);
      return review;
    },
    keep,
  };
}
