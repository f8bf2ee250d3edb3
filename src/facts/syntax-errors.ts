import type { UnreadFile } from "./fact.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readSyntaxErrors, type SyntaxProblem } from "./source/syntax-errors.ts";

export interface SyntaxErrors {
  readonly problems: readonly (SyntaxProblem & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
  /** Sources that were read. */
  readonly read: number;
}

/** Where shipped Python is not valid, or only for newer versions. */
export const syntaxErrors = defineSourceFact({
  extract: readSyntaxErrors,
  combine: ({ files, unread }): SyntaxErrors => ({
    problems: files.flatMap(({ path, parsed }) => parsed.map((problem) => ({ path, ...problem }))),
    unread,
    read: files.length,
  }),
});
