import type { UnreadFile } from "./fact.ts";
import { standing } from "./source/silenced.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readSwallowedExceptions, type SwallowedException } from "./source/swallowed-exceptions.ts";

export interface SwallowedErrors {
  readonly all: readonly (Omit<SwallowedException, "isSilenced"> & { readonly path: string })[];
  /** Lines of what was read. */
  readonly lines: number;
  readonly read: number;
  readonly unread: readonly UnreadFile[];
}

/** Where the product hides errors of every kind, and in how many lines. */
export const swallowedErrors = defineSourceFact({
  canBeSilenced: true,
  extract: readSwallowedExceptions,
  combine: ({ files, unread, silenced }): SwallowedErrors => ({
    all: files.flatMap(({ path, parsed }) => standing({ path, parsed: parsed.found }, silenced)),
    lines: files.reduce((sum, { parsed }) => sum + parsed.lines, 0),
    read: files.length,
    unread,
  }),
});
