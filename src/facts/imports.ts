import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { standardLibrary } from "./standard-library.ts";
import { folderOf, isAuxiliary, type Tree } from "./tree.ts";

export interface Import {
  /** The top-level module. */
  readonly module: string;
  readonly path: string;
  readonly line: number;
}

export interface Imports {
  /** Modules that are neither of the standard library nor of the repository. */
  readonly thirdParty: readonly Import[];
  readonly unread: readonly UnreadFile[];
  /** True when every file was looked at; false for a sample. */
  readonly complete: boolean;
}

/** Files that are read at most: enough to see whether anything is needed at all. */
const SAMPLE = 30;
const isManifest = globs(
  "**/{pyproject.toml,setup.py,setup.cfg,Pipfile,pixi.toml,*requirements*.txt,*requirements*.in,environment.yml,environment.yaml,WORKSPACE,MODULE.bazel,BUILD,BUILD.bazel,pants.toml}",
  "**/{requirements,reqs,deps}/*.{txt,in}",
);
const withManifest = new WeakMap<Tree, boolean>();

/** What is imported; read only where no manifest says what is needed, because source is much to read. */
export const imports = defineFact({
  reads: (path, tree) => path.endsWith(".py") && !hasManifest(tree) && tree.isFirstParty(path) && !isAuxiliary(path),
  select: (entries) => entries.slice(0, SAMPLE),
  parse: ({ path, text }): readonly Import[] =>
    text.split(/\r?\n/).flatMap((line, index) => {
      // Indented imports are optional or late: they do not prove a need.
      const module = /^(?:import|from)\s+([A-Za-z_]\w*)/.exec(line)?.[1];
      return module && !standardLibrary.has(module) ? [{ module, path, line: index + 1 }] : [];
    }),
  combine: ({ files, unread, tree }): Imports => {
    const own = new Set(
      tree.python.flatMap(({ path }) => [
        ...path.split("/").slice(0, -1),
        path.split("/").at(-1)?.replace(/\.py$/, "") ?? "",
      ]),
    );
    return {
      thirdParty: files.flatMap(({ parsed }) => parsed).filter(({ module }) => !own.has(module)),
      unread,
      complete: files.length + unread.length >= tree.python.filter(({ path }) => !isAuxiliary(path)).length,
    };
  },
});

function hasManifest(tree: Tree): boolean {
  const known =
    withManifest.get(tree) ??
    tree.paths.some((path) => isManifest(path) && tree.isFirstParty(path) && folderOf(path) !== "docs");
  withManifest.set(tree, known);
  return known;
}
