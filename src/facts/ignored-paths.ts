import ignore from "ignore";
import { defineFact } from "./fact.ts";
import { FormatError } from "./formats/node.ts";
import { folderOf, isAuxiliary, nameOf } from "./tree.ts";

export interface IgnoredPaths {
  /** The line of a `.gitignore` that keeps a path out of git. */
  ignoring(path: string): { readonly path: string; readonly line: number } | undefined;
}

/** Patterns of a `.gitignore`; the lists that are made for every tool have some hundred. */
const MAX_PATTERNS = 5000;
const MAX_PATTERN_LENGTH = 1000;

/** What git is told to leave out. */
export const ignoredPaths = defineFact({
  spans: "repository",
  reads: (path, tree) => nameOf(path) === ".gitignore" && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }): readonly string[] => {
    const lines = text.split(/\r?\n/);
    if (lines.length > MAX_PATTERNS) throw new FormatError(`it has more than ${MAX_PATTERNS} patterns`);
    return lines.map((line) => (line.length <= MAX_PATTERN_LENGTH ? line : ""));
  },
  combine: ({ files }): IgnoredPaths => {
    const matchers = files.map(({ path, parsed }) => ({ path, parsed, matcher: ignore().add([...parsed]) }));
    const ignoring: IgnoredPaths["ignoring"] = (wanted) => {
      for (const { path, parsed, matcher } of matchers) {
        const folder = folderOf(path);
        if (folder !== "" && !wanted.startsWith(`${folder}/`)) continue;
        const inside = folder === "" ? wanted : wanted.slice(folder.length + 1);
        const line = matcher.ignores(inside) ? parsed.findLastIndex((one) => ignore().add([one]).ignores(inside)) : -1;
        if (line >= 0) return { path, line: line + 1 };
      }
      return undefined;
    };
    return { ignoring };
  },
});
