import { defineFact, type UnreadFile } from "./fact.ts";
import { parseToml } from "./formats/toml.ts";
import { type Import, readSource, type Source } from "./imports/source.ts";
import { isBuildFile, sampleBelow, sourcesToCompare, surveyOf } from "./imports/survey.ts";
import { isWellKnown } from "./imports/well-known.ts";
import { declaresAny } from "./manifests/declaration.ts";
import { pyprojectManifest } from "./manifests/pyproject.ts";
import { requirementsManifest } from "./manifests/requirements.ts";
import { describesPackage } from "./pyprojects.ts";
import { isAuxiliary, nameOf, type Tree } from "./tree.ts";

export interface Imports {
  /** Modules that are neither of the standard library nor of the repository, and whether an index has them for certain. */
  readonly thirdParty: readonly (Import & { readonly isWellKnown: boolean })[];
  /** Scripts that declare what they need themselves, with the line of the block (PEP 723). */
  readonly inline: readonly { readonly path: string; readonly line: number }[];
  readonly unread: readonly UnreadFile[];
  /** A file of Bazel or Pants, which may hold the dependencies instead of a manifest. */
  readonly buildFile: string | undefined;
  /** True when every file of the product was looked at; false for a sample, or where nobody asked. */
  readonly complete: boolean;
}

/** So many exact versions are taken for a whole environment without comparing. */
const FROZEN = 50;

type Parsed =
  | ({ readonly kind: "source" } & Source)
  /** A list of exact versions whose depth shows only beside the imports, or settings of tools that declare nothing. */
  | { readonly kind: "list" | "tools"; readonly leavesOpen: boolean };

/**
 * What is imported. Source is much to read, so it is read only where it decides: where no manifest
 * stands above it, and below a short list of exact versions.
 */
export const imports = defineFact({
  reads: (path, tree) => {
    const { unspoken, lists, sole } = surveyOf(tree);
    return unspoken.has(path) || lists.has(path) || path === sole;
  },
  readsMentioned: (path) => path.endsWith(".py"),
  parse: ({ path, text }): Parsed => {
    if (path.endsWith(".py")) return { kind: "source", ...readSource(path, text) };
    return nameOf(path) === "pyproject.toml" ? readTools(text) : readList(path, text);
  },
  mentions: (parsed, path, tree) => {
    if (parsed.kind === "source" || !parsed.leavesOpen) return [];
    return parsed.kind === "tools" ? sampleBelow(path, tree) : sourcesToCompare(path, tree);
  },
  combine: ({ files, unread, tree }): Imports => {
    const own = ownModules(tree);
    const sources = files.flatMap(({ path, parsed }) => (parsed.kind === "source" ? [{ path, ...parsed }] : []));
    const known = new Set(sources.map(({ path }) => path));
    return {
      thirdParty: sources
        .filter(({ inlineLine }) => inlineLine === undefined)
        .flatMap((source) => source.imports)
        .filter(({ module }) => !own.has(module))
        .map((one) => ({ ...one, isWellKnown: isWellKnown(one.module) })),
      inline: sources.flatMap(({ path, inlineLine }) => (inlineLine === undefined ? [] : [{ path, line: inlineLine }])),
      unread: unread.filter(({ path }) => path.endsWith(".py")),
      buildFile: tree.paths.find(isBuildFile),
      complete: tree.python.every(({ path }) => isAuxiliary(path) || known.has(path)),
    };
  },
});

function readList(path: string, text: string): Parsed {
  const { declarations, isCompiled } = requirementsManifest(path, text);
  const isExact = declarations.length > 0 && declarations.every(({ pinned }) => pinned !== undefined);
  return { kind: "list", leavesOpen: isExact && !isCompiled && declarations.length < FROZEN };
}

function readTools(text: string): Parsed {
  const data = parseToml(text);
  return { kind: "tools", leavesOpen: !describesPackage({ data }) && !declaresAny(pyprojectManifest(data)) };
}

/** Names that an import finds in the repository: what lies in a folder that is not itself a package. */
function ownModules(tree: Tree): ReadonlySet<string> {
  const own = new Set<string>();
  for (const { path } of tree.python) {
    const parts = path.split("/");
    for (const [index, name] of parts.entries()) {
      const folder = parts.slice(0, index).join("/");
      if (folder === "" || !tree.has(`${folder}/__init__.py`)) own.add(name.replace(/\.py$/, ""));
    }
  }
  return own;
}
