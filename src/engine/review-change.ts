import { MAX_SOURCES, sourcesOf } from "../facts/source/sources.ts";
import { Tree } from "../facts/tree.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { changeBetween } from "./change.ts";
import { compare } from "./compare.ts";
import type { Change, Comparison } from "./comparison.ts";
import { withEditedRenames } from "./edited-renames.ts";
import type { Review } from "./review.ts";
import { type ReviewOptions, reviewSnapshot } from "./review-snapshot.ts";
import type { Compared } from "./suppress.ts";

/** Where the base of a head comes from. */
export interface BaseSource {
  /** The base; null where there is none. Asked once. */
  snapshot(): Promise<Snapshot | null>;
  /** True where nobody merged the head: what it silences itself is then not silenced. */
  readonly isProposed: boolean;
  /** Its review, where it was judged before by the same options; else what `judge` says. */
  review?(base: Snapshot, judge: () => Promise<Review>): Promise<Review>;
}

/** A head that was judged, and what it changes. */
export interface ReviewedChange {
  readonly review: Review;
  /** Null where there is no base. */
  readonly comparison: Comparison | null;
}

/** Judges a head and its base by the same rules, policy and day: the base once the head was read, as they share most. */
export async function reviewChange(
  head: Snapshot,
  source: BaseSource,
  options: Omit<ReviewOptions, "changed" | "before">,
): Promise<ReviewedChange> {
  const snapshot = once(source.snapshot);
  const changed = once(async () => {
    const base = await snapshot();
    return base && changeBetween(base.tree, head.tree);
  });
  const before = once(async (): Promise<Compared | null> => {
    const [base, change] = [await snapshot(), await changed()];
    if (!base || !change) return null;
    // Of a repository that is read in part the base is read where the change is.
    const review = isMoreThanRead(head)
      ? await reviewSnapshot(base, { ...options, changed: async () => pathsAtBase(change) })
      : await judgedOnce(source, base, () => reviewSnapshot(base, options));
    return { review, change: await withEditedRenames(change, base, head, review) };
  });
  const review = await reviewSnapshot(head, {
    ...options,
    changed: async () => (await changed())?.touched ?? new Set(),
    ...(source.isProposed && { before }),
  });
  const base = await before();
  return { review, comparison: base && compare(review, base.review, base.change) };
}

/** True where there is more Python than is read: what is read of it then depends on the change. */
export function isMoreThanRead({ tree }: Snapshot): boolean {
  return tree.length > MAX_SOURCES && sourcesOf(new Tree(tree)).shipped.length > MAX_SOURCES;
}

function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => (asked ??= ask());
}

function judgedOnce(source: BaseSource, base: Snapshot, judge: () => Promise<Review>): Promise<Review> {
  return source.review ? source.review(base, judge) : judge();
}

/** What a change touches, by the names that it had. */
function pathsAtBase({ touched, removed, renames }: Change): ReadonlySet<string> {
  return new Set([...removed, ...[...touched].map((path) => renames.get(path) ?? path)]);
}
