import type { ParseCache } from "../facts/parse-cache.ts";
import type { Tree } from "../facts/tree.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Gathered } from "./gather.ts";
import type { Earlier } from "./review-values.ts";

/** Under this name the cache keeps it, by the repository's name and all that values rest on beside contents. */
const REVIEW = "review";

/** Characters of source that parts of it weigh as much as: a value with its inputs, a file that a fact has, a path. */
const VALUE = 75;
const FILE = 6;
const PATH = 60;
/** What was parsed of a text stays while a review that rests on it is kept. */
const PARSED = 0.2;

/** What all values of a review rest on beside files and advisories: day, repository, its settings, the listing of its tree. */
export function standingOf(
  { repository, settings }: Snapshot,
  tree: Tree,
  date: string,
  preferred: ReadonlySet<string>,
): string {
  return JSON.stringify([tree.listing, date, repository, settings ?? null, [...preferred].sort()]);
}

/** What the last review of the same standing left, as long as the cache holds it. */
export function recall(cache: ParseCache, { repository }: Snapshot, standing: string): Earlier | undefined {
  const known = cache.get(REVIEW, repository.name, standing);
  return known && "parsed" in known ? (known.parsed as Earlier) : undefined;
}

/** Keeps what a review leaves, in place of what the last one of the same standing did. */
export function keep(cache: ParseCache, { snapshot, contents }: Gathered, standing: string, earlier: Earlier): void {
  let weight = PATH * snapshot.tree.length;
  for (const content of contents.values()) if (content.kind === "text") weight += PARSED * content.text.length;
  for (const { files, unread } of earlier.reading.harvests.values()) weight += FILE * (files.size + unread.size);
  for (const { combined } of earlier.scopes.values())
    for (const byPlace of combined.values()) weight += VALUE * byPlace.size;
  cache.keep(REVIEW, snapshot.repository.name, standing, { parsed: earlier }, weight);
}
