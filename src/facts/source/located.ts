import type { ParsedFile, Silenced, UnreadFile } from "../fact.ts";
import { type Silenceable, standing } from "./silenced.ts";

/** Things found in the product's source, each with its file. */
export interface Located<Found> {
  readonly all: readonly (Omit<Found, "isSilenced"> & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
  /** Sources that were read. */
  readonly read: number;
}

/** Combines what an extractor lists of each file, but for what is silenced. */
export function located<Found extends Silenceable>({
  files,
  unread,
  silenced,
}: {
  readonly files: readonly ParsedFile<readonly Found[]>[];
  readonly unread: readonly UnreadFile[];
  readonly silenced: Silenced;
}): Located<Found> {
  return {
    all: files.flatMap((file) => standing(file, silenced)),
    unread,
    read: files.length,
  };
}
