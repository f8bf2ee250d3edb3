import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { type LockContents, readLock } from "./locks/contents.ts";
import { locksAbove } from "./locks/workspaces.ts";
import { pyprojects } from "./pyprojects.ts";
import { besideOf, isAuxiliary, nameOf } from "./tree.ts";

export type LockFormat = "uv" | "poetry" | "pdm" | "pipenv" | "pylock" | "pixi" | "conda-lock" | "rye";

export interface Lock {
  readonly path: string;
  readonly format: LockFormat;
  /** Undefined where it was not read: formats that nothing compares, or a file that could not be. */
  readonly contents: LockContents | undefined;
}

export interface Locks {
  /** Lock files that cover the component: its own, and that of a workspace above it. */
  readonly files: readonly Lock[];
  /** The line that keeps the lock of a manifest out of git. */
  readonly ignored: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

const FORMATS: readonly (readonly [matches: (path: string) => boolean, format: LockFormat])[] = [
  [globs("**/uv.lock"), "uv"],
  [globs("**/poetry.lock"), "poetry"],
  [globs("**/pdm.lock"), "pdm"],
  [globs("**/Pipfile.lock"), "pipenv"],
  [globs("**/pylock.toml", "**/pylock.*.toml"), "pylock"],
  [globs("**/pixi.lock"), "pixi"],
  [globs("**/*conda-lock.{yml,yaml}", "**/conda-*.lock"), "conda-lock"],
  [globs("**/requirements*.lock"), "rye"],
];

function formatOf(path: string): LockFormat | undefined {
  return FORMATS.find(([matches]) => matches(path))?.[1];
}

type Parsed =
  | { readonly contents: LockContents }
  /** The lines of a `.gitignore` that name lock files. */
  | { readonly ignored: readonly { readonly format: LockFormat; readonly line: number }[] };

/** Lock files, and what the comparable formats hold. */
export const locks = defineFact({
  uses: { pyprojects },
  reads: (path, tree) => {
    if (nameOf(path) === ".gitignore") return tree.isFirstParty(path) && !isAuxiliary(path);
    const format = formatOf(path);
    return format !== undefined && isReadable(format) && tree.isFirstParty(path) && !isAuxiliary(path);
  },
  parse: ({ path, text }): Parsed => {
    const format = formatOf(path);
    return format && isReadable(format) ? { contents: readLock(format, text) } : { ignored: ignoredIn(text) };
  },
  combine: ({ tree, files, unread, component, uses }): Locks => {
    const read = new Map(files.map(({ path, parsed }) => [path, "contents" in parsed ? parsed.contents : undefined]));
    const found = (paths: readonly string[]): readonly Lock[] =>
      paths.flatMap((path) => {
        const format = formatOf(path);
        return format ? [{ path, format, contents: read.get(path) }] : [];
      });
    const own = tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path));
    const [ignored] = files.flatMap(({ path, parsed }) =>
      "ignored" in parsed
        ? parsed.ignored
            .filter(({ format }) => tree.has(besideOf(path, manifestOf(format))))
            .map(({ line }) => ({ path, line }))
        : [],
    );
    return {
      files: [...found(own), ...found(locksAbove(component.root, uses.pyprojects.files))],
      ignored,
      unread: unread.filter(({ path }) => nameOf(path) !== ".gitignore"),
    };
  },
});

function isReadable(format: LockFormat): format is Exclude<LockFormat, "conda-lock" | "rye"> {
  return format !== "conda-lock" && format !== "rye";
}

function ignoredIn(text: string): readonly { readonly format: LockFormat; readonly line: number }[] {
  return text.split(/\r?\n/).flatMap((one, index) => {
    const format = formatOf(one.trim().replace(/^(\*\*)?\//, ""));
    return format ? [{ format, line: index + 1 }] : [];
  });
}

/** The manifest that a manager makes its lock of. */
function manifestOf(format: LockFormat): string {
  if (format === "conda-lock") return "environment.yml";
  return format === "pipenv" ? "Pipfile" : "pyproject.toml";
}
