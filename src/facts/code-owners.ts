import ignore from "ignore";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { checkPatterns } from "./formats/ignore-patterns.ts";

export interface OwnerLine {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly line: number;
}

export interface CodeOwners {
  readonly path: string | undefined;
  readonly lines: readonly OwnerLine[];
  /** Lines that GitHub does not understand, with the reason. */
  readonly errors: readonly { readonly line: number; readonly says: string }[];
  /** Share of the repository's paths that somebody owns; the last match decides. */
  readonly cover: number;
  readonly unread: readonly UnreadFile[];
}

const isCodeOwners = globs("{,.github/,docs/}CODEOWNERS");
const ORDER = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
const OWNER = /^(@[A-Za-z0-9](?:[\w-]*)(?:\/[\w.-]+)?|[^\s@]+@[^\s@]+\.[^\s@]+)$/;

/** An account and an address have fewer characters. */
const MAX_OWNER = 300;
/** Rules and paths that are compared: a hostile file could have them grow without end. */
const MAX_LINES = 2000;
const MAX_PATHS = 1000;
/** Paths times lines with a wildcard: a large tree with many of them is judged by fewer of its paths. */
const MAX_COMPARISONS = 300_000;
const WILDCARD = /[*?\\]/;
/** Longer paths are not compared. */
const MAX_PATH = 500;

/** CODEOWNERS: of several the first that GitHub finds. */
export const codeOwners = defineFact({
  spans: "repository",
  reads: isCodeOwners,
  parse: ({ text }): readonly OwnerLine[] => {
    const lines = linesOf(text);
    const patterns = lines.map(({ pattern }) => pattern);
    checkPatterns(patterns, MAX_LINES);
    return lines;
  },
  combine: ({ files, unread, tree }): CodeOwners => {
    const file = ORDER.map((path) => files.find((one) => one.path === path)).find(Boolean);
    const lines = file?.parsed ?? [];
    const errors = lines.flatMap(({ pattern, owners, line }) => {
      const wrong = owners.find((owner) => owner.length > MAX_OWNER || !OWNER.test(owner));
      if (wrong !== undefined)
        return [{ line, says: `${wrong.slice(0, MAX_OWNER)} is neither a person, a team nor an address.` }];
      if (pattern.startsWith("!") || /\[.*\]/.test(pattern))
        return [{ line, says: `${pattern} uses a form that GitHub does not know here.` }];
      return [];
    });
    const lastFirst = lines
      .map(({ pattern, owners }) => ({ matches: matcherOf(pattern), isOwned: owners.length > 0 }))
      .reverse();
    const wildcards = lines.filter(({ pattern }) => WILDCARD.test(pattern)).length;
    const most = Math.min(MAX_PATHS, MAX_COMPARISONS / Math.max(1, wildcards));
    const step = Math.ceil(tree.paths.length / most);
    const paths = tree.paths.filter((path, index) => index % step === 0 && path.length <= MAX_PATH);
    const owned = paths.filter((path) => lastFirst.find(({ matches }) => matches(path))?.isOwned === true);
    return { path: file?.path, lines, errors, cover: paths.length === 0 ? 0 : owned.length / paths.length, unread };
  },
});

/** Who owns a path by the file's lines: the last that matches decides. */
export function ownersOf(lines: readonly OwnerLine[], path: string): readonly string[] {
  return lines.findLast(({ pattern }) => matcherOf(pattern)(path))?.owners ?? [];
}

function linesOf(text: string): readonly OwnerLine[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const [pattern, ...owners] = raw
      .replace(/(^|\s)#.*$/s, "")
      .trim()
      .split(/(?<!\\)\s+/);
    return pattern ? [{ pattern, owners, line: index + 1 }] : [];
  });
}

/**
 * Whether a path is meant. Patterns are read as in a `.gitignore`, but a last `/*` means the files of one folder
 * alone. Most name a folder, which takes no library, and libraries are slow where there are thousands.
 */
function matcherOf(pattern: string): (path: string) => boolean {
  const plain = pattern.replace(/^\/|\/$/g, "");
  const isAnchored = pattern.slice(0, -1).includes("/");
  if (!WILDCARD.test(pattern))
    return (path) => (isAnchored ? `/${path}/`.startsWith(`/${plain}/`) : `/${path}/`.includes(`/${plain}/`));
  const matcher = ignore({ allowRelativePaths: true }).add(pattern);
  const isOfOneFolder = isAnchored && pattern.endsWith("/*") && !pattern.includes("**");
  const depth = plain.split("/").length;
  return (path) =>
    !(isOfOneFolder && path.split("/").length !== depth) && ignore.isPathValid(path) && matcher.ignores(path);
}
