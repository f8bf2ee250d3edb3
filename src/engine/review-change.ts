import { MAX_SOURCES } from "../facts/source/sources.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { changeBetween } from "./change.ts";
import { compare } from "./compare.ts";
import type { Change, Comparison } from "./comparison.ts";
import type { Review } from "./review.ts";
import { type ReviewOptions, reviewSnapshot } from "./review-snapshot.ts";

/** Where the base of a head comes from. */
export interface BaseSource {
  /** The base; null where there is none. Asked once. */
  snapshot(): Promise<Snapshot | null>;
  /** Its review, where it was judged before by the same options; else what `judge` says. */
  review?(base: Snapshot, judge: () => Promise<Review>): Promise<Review>;
}

/** A head that was judged, and what it changes. */
export interface ReviewedChange {
  readonly review: Review;
  /** Null where there is no base. */
  readonly comparison: Comparison | null;
}

/** Judges a head, and then its base by the same rules, policy and day: by then what both share is known. */
export async function reviewChange(
  head: Snapshot,
  source: BaseSource,
  options: Omit<ReviewOptions, "changed">,
): Promise<ReviewedChange> {
  let asked: Promise<Snapshot | null> | undefined;
  const before = (): Promise<Snapshot | null> => (asked ??= source.snapshot());
  const touched = async (): Promise<ReadonlySet<string>> => {
    const base = await before();
    return base ? changeBetween(base.tree, head.tree).touched : new Set();
  };
  const review = await reviewSnapshot(head, { ...options, changed: touched });
  const base = await before();
  if (!base) return { review, comparison: null };
  const change = changeBetween(base.tree, head.tree);
  // Of a repository that is read in part the base is read where the change is.
  const baseReview = isReadInPart(review)
    ? await reviewSnapshot(base, { ...options, changed: async () => pathsAtBase(change) })
    : await judgedOnce(source, base, () => reviewSnapshot(base, options));
  return { review, comparison: compare(review, baseReview, change) };
}

/** True where there is more Python than is read: what is read of it then depends on the change. */
export function isReadInPart({ lookedAt }: Review): boolean {
  return lookedAt.sources.of > MAX_SOURCES;
}

function judgedOnce(source: BaseSource, base: Snapshot, judge: () => Promise<Review>): Promise<Review> {
  return source.review ? source.review(base, judge) : judge();
}

/** What a change touches, by the names that it had. */
function pathsAtBase({ touched, removed, renames }: Change): ReadonlySet<string> {
  return new Set([...removed, ...[...touched].map((path) => renames.get(path) ?? path)]);
}
