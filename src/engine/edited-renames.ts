import type { Snapshot, TreeEntry } from "../snapshot/snapshot.ts";
import type { Change } from "./comparison.ts";
import { findingsOf } from "./findings.ts";
import type { Review } from "./review.ts";

/** Files of either side that are compared; a change that moves more is told by what stayed the same. */
const MAX_FILES = 20;
const MAX_BYTES = 200_000;
/** The share of lines that two files have in common from which they are one, as with git. */
const ALIKE = 0.5;

interface Pair {
  readonly old: TreeEntry;
  readonly fresh: TreeEntry;
}

/**
 * Adds to a change the files that were renamed and edited in one go, by the lines that both have. Only what the base
 * found something in is looked at.
 */
export async function withEditedRenames(
  change: Change,
  base: Snapshot,
  head: Snapshot,
  review: Review,
): Promise<Change> {
  const pairs = candidatesOf(change, base, head, review);
  if (pairs.length === 0) return change;
  const before = await linesOf(base, new Set(pairs.map(({ old }) => old)));
  const after = await linesOf(head, new Set(pairs.map(({ fresh }) => fresh)));
  const likeness = new Map(pairs.map((pair) => [pair, share(before.get(pair.old.path), after.get(pair.fresh.path))]));
  const renames = new Map(change.renames);
  const taken = new Set(change.renames.values());
  for (const [{ old, fresh }, alike] of [...likeness].sort(([, a], [, b]) => b - a)) {
    if (alike < ALIKE || taken.has(old.path) || renames.has(fresh.path)) continue;
    renames.set(fresh.path, old.path);
    taken.add(old.path);
  }
  return { ...change, renames };
}

function candidatesOf(
  { touched, removed, renames }: Change,
  base: Snapshot,
  head: Snapshot,
  review: Review,
): readonly Pair[] {
  if (removed.size === 0) return [];
  const suppressed = review.rules.flatMap((result) => result.suppressed);
  const found = findingsOf(review).flatMap(({ evidence }) => (evidence ? [evidence] : []));
  const told = new Set([...found, ...suppressed].map(({ path }) => path));
  const known = new Set(renames.values());
  const existed = new Set(base.tree.map(({ path }) => path));
  const old = base.tree
    .filter(({ path }) => removed.has(path) && told.has(path) && !known.has(path))
    .filter(isComparable)
    .slice(0, MAX_FILES);
  const fresh = head.tree
    .filter(({ path }) => touched.has(path) && !existed.has(path) && !renames.has(path))
    .filter(isComparable);
  const mayBe = (one: TreeEntry) => old.some((other) => isLikeIn(other, one));
  const shown = fresh.filter(mayBe).slice(0, MAX_FILES);
  return old.flatMap((one) =>
    shown.filter((other) => isLikeIn(one, other)).map((other) => ({ old: one, fresh: other })),
  );
}

function isComparable({ mode, size }: TreeEntry): boolean {
  return mode.startsWith("100") && (size ?? 0) <= MAX_BYTES;
}

/** What two files can be told by before they are read: half of the lines is about half of the bytes. */
function isLikeIn(a: TreeEntry, b: TreeEntry): boolean {
  const [small, large] = [Math.min(a.size ?? 0, b.size ?? 0), Math.max(a.size ?? 0, b.size ?? 0)];
  return endingOf(a.path) === endingOf(b.path) && small * 4 >= large;
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes(".") ? name.slice(name.lastIndexOf(".")) : name;
}

async function linesOf(snapshot: Snapshot, entries: ReadonlySet<TreeEntry>): Promise<ReadonlyMap<string, string[]>> {
  const contents = await snapshot.read([...entries]);
  return new Map(
    [...contents].flatMap(([path, content]) =>
      content.kind === "text" && !content.cut ? [[path, content.text.split("\n").map((line) => line.trim())]] : [],
    ),
  );
}

/** How much of the longer one both have; lines without a word tell nothing. */
function share(a: readonly string[] = [], b: readonly string[] = []): number {
  const left = new Map<string, number>();
  const [ofA, ofB] = [a, b].map((lines) => lines.filter((line) => /\w{2}/.test(line))) as [string[], string[]];
  for (const line of ofA) left.set(line, (left.get(line) ?? 0) + 1);
  let both = 0;
  for (const line of ofB) {
    const amount = left.get(line) ?? 0;
    if (amount === 0) continue;
    left.set(line, amount - 1);
    both++;
  }
  return both / Math.max(1, ofA.length, ofB.length);
}
