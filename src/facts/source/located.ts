import type { ParsedFile, UnreadFile } from "../fact.ts";

/** Things found in the product's source, each with its file. */
export interface Located<Found> {
  readonly all: readonly (Found & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
  /** Sources that were read. */
  readonly read: number;
}

/** Combines what an extractor lists of each file. */
export function located<Found>({
  files,
  unread,
}: {
  readonly files: readonly ParsedFile<readonly Found[]>[];
  readonly unread: readonly UnreadFile[];
}): Located<Found> {
  return {
    all: files.flatMap(({ path, parsed }) => parsed.map((found) => ({ path, ...found }))),
    unread,
    read: files.length,
  };
}
