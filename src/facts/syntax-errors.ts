import type { UnreadFile } from "./fact.ts";
import { lintExclusions } from "./lint-exclusions.ts";
import { packages } from "./packages.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readSyntaxErrors, type SyntaxProblem } from "./source/syntax-errors.ts";

export interface SyntaxErrors {
  readonly problems: readonly (SyntaxProblem & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
  /** Sources that were read. */
  readonly read: number;
}

/** Metadata that speaks of Python 2. */
const CLASSIFIED_2 = /^Programming Language :: Python :: 2(\.|$)/;
const REQUIRES_2 = /(^|[^.\d])2(\.[67])?(\.\*)?(?![.\d])|<\s*3(\.0)?\s*$/;

/** Where shipped Python is not valid, or only for newer versions; what linters are told to pass over is left out. */
export const syntaxErrors = defineSourceFact({
  uses: { lintExclusions, packages },
  extract: readSyntaxErrors,
  combine: ({ files, unread, uses }): SyntaxErrors => {
    const isPython2 = uses.packages.all.some(
      ({ classifiers, requiresPython }) =>
        classifiers.some((one) => CLASSIFIED_2.test(one)) || REQUIRES_2.test(requiresPython?.text ?? ""),
    );
    const ours = files.filter(({ path }) => !uses.lintExclusions.excludes(path));
    return {
      problems: ours.flatMap(({ path, parsed }) =>
        parsed
          .filter(({ since }) => (since === undefined ? !isPython2 : !isNamedFor(path, since)))
          .map((problem) => ({ path, ...problem })),
      ),
      unread: unread.filter(({ path }) => !uses.lintExclusions.excludes(path)),
      read: files.length,
    };
  },
});

/** True for a module whose name says from which Python on it is imported: `_py312.py`, `compat_py310/x.py`. */
function isNamedFor(path: string, since: string): boolean {
  const minor = Number(since.split(".")[1]);
  return path
    .matchAll(/(?:^|[/_-])(?:py|python)_?3[._]?(\d{1,2})(?=[/_.-])/gi)
    .some(([, named]) => Number(named) >= minor);
}
