import { rules } from "../../rules/index.ts";
import { changeBetween } from "../engine/change.ts";
import type { PythonReader } from "../engine/extraction.ts";
import { type BaseSource, isMoreThanRead, reviewChange } from "../engine/review-change.ts";
import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { trusted } from "../engine/trusted.ts";
import type { Base } from "../jobs/base.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import type { Judged } from "../jobs/review-job.ts";
import { reviewNotices } from "../policy/review-notices.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type BaseReviewRecords, keptReviews } from "./base-reviews.ts";
import { noticesOfChange } from "./change-notices.ts";
import { type Caches, type JudgedRepository, type SnapshotOf, today } from "./judged-repository.ts";
import type { StandingPolicies } from "./standing-policies.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What judging needs beside the repository. */
export interface JudgingParts {
  readonly python: PythonReader;
  readonly records: BaseReviewRecords;
  readonly caches: TenantCaches<Caches>;
  readonly snapshotOf: SnapshotOf;
  readonly policies: StandingPolicies;
}

/** Judges a head, and its base once, by the same rules, policy and day. */
export type Judge = (of: JudgedRepository, headSha: string, base: Base, place: PolicyPlace) => Promise<Judged>;

/** Judges heads and their bases by the policy that stands in a place. */
export function judging({ python, records, caches, snapshotOf, policies }: JudgingParts): Judge {
  return async function judge(of, headSha, base, place) {
    const date = today();
    const { parsed } = caches.of(of.repository.installationId);
    const { advisories } = of;
    const kept = await keptReviews(records, of, date);
    const whole = await snapshotOf(of, headSha);
    const standing = place.isOfChange && place.commit !== null ? await snapshotOf(of, place.commit) : null;
    /** What silences findings is looked at as it stands where the policy does. */
    const asTrusted = (snapshot: Snapshot): Snapshot => (standing ? trusted(snapshot, standing) : snapshot);
    const head = asTrusted(whole);
    // Asked once the head was read: then most of what it is made of is known.
    const effective = once(() => policies.policyAt(of, place));
    const terms = async () => (await effective()).policy;
    // Asked before the head is read: these rules read files of their own.
    const own = await policies.ownRules(of, place);
    const all = [...rules, ...own.rules];
    const options = { rules: all, date, cache: parsed, python, terms, ...(advisories && { advisories }) };
    const before = once(() => baseSnapshot(of, base));
    const source: BaseSource = {
      isProposed: standing !== null,
      async snapshot() {
        const from = await before();
        return from && asTrusted(from);
      },
      review: async (from, judgeBase) => kept.once(from, (await effective()).hash, judgeBase),
    };
    const { review, comparison } = await reviewChange(head, source, options);
    const held = await effective();
    if (base.isOfBranch && !isMoreThanRead(head)) await kept.keep(head, held.hash, review);
    const from = await before();
    const told = [...held.notices, ...reviewNotices(held.policy, review)];
    if (!from) return { review, comparison, baseSha: null, policy: held, notices: told };
    const ofChange = standing
      ? await noticesOfChange({
          ...{ change: changeBetween(from.tree, whole.tree), standing, held, review },
          policyAfter: () => policies.policyIn(of, place, whole),
          reviewBy: (policy) => reviewSnapshot(head, { ...options, terms: async () => policy }),
        })
      : [];
    return { review, comparison, baseSha: from.commit, policy: held, notices: [...told, ...ofChange] };
  };

  /** Null where there is no base, or a branch was forced away from it and GitHub forgot it. */
  async function baseSnapshot(of: JudgedRepository, base: Base): Promise<Snapshot | null> {
    const commit = await base.commit();
    if (commit === null) return null;
    return snapshotOf(of, commit).catch((error: { status?: number }) => {
      if (base.isOfBranch && (error.status === 404 || error.status === 422)) return null;
      throw error;
    });
  }
}

/** Asks at the first need, and no second time. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => (asked ??= ask());
}
