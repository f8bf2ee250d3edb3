import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseIni } from "./formats/ini.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { type Declaration, declaresAny, type Manifest, manifest, remarkedLines } from "./manifests/declaration.ts";
import { condaManifest, pipfileManifest, pixiManifest, setupCfgManifest, setupPyManifest } from "./manifests/other.ts";
import { pyprojectManifest } from "./manifests/pyproject.ts";
import { requirementsManifest } from "./manifests/requirements.ts";
import { isSetupScript } from "./packages.ts";
import { folderOf, isAuxiliary, nameOf, resolvePath, type Tree } from "./tree.ts";

export type { Declaration } from "./manifests/declaration.ts";

export interface DeclaringFile extends Manifest {
  readonly path: string;
  /** False where it is there and names nothing. */
  readonly declares: boolean;
}

export interface Dependencies {
  /** Manifests of the component that declare, or would declare, dependencies; the one to name first comes first. */
  readonly manifests: readonly DeclaringFile[];
  /** Manifests below tests, documentation and the like: what those need themselves. */
  readonly supporting: readonly DeclaringFile[];
  /** Files that only hold versions for what others declare. */
  readonly constraints: readonly DeclaringFile[];
  /** Manifests that could not be read. */
  readonly unread: readonly UnreadFile[];
}

const isRequirements = globs(
  "**/{requirements,constraints,dev-requirements,dev_requirements,test-requirements,test_requirements,doc-requirements,docs-requirements}*.{txt,in,lock}",
  "**/*{-,_}requirements.{txt,in}",
  "**/{requirements,reqs,deps,dependencies}/*.{txt,in}",
);
const isConda = globs("**/{environment,env,conda}*.{yml,yaml}", "conda/*.{yml,yaml}");
const isLock = globs("**/*{conda-lock,.lock}.{yml,yaml}");

/** Every dependency that is declared, with its place. */
export const dependencies = defineFact({
  reads: (path, tree) => isManifest(path) && tree.isFirstParty(path),
  readsMentioned: (path, tree) => /\.(txt|in)$/.test(path) && tree.isFirstParty(path),
  parse: ({ path, text }): Manifest => ({ ...parseManifest(path, text), remarked: remarkedLines(text) }),
  mentions: ({ includes }, path, tree) => includesOf(includes, path, tree),
  combine: ({ files, unread, tree }): Dependencies => {
    const all = files
      .filter(({ path, inherited }) => !inherited && !isModule(path, tree))
      .map(({ path, parsed }) => ({ path, declares: declaresAny(parsed), ...parsed }));
    const own = all.filter(({ path }) => !isAuxiliary(path));
    const [constraints, manifests] = [true, false].map((wanted) =>
      own.filter((file) => isConstraints(file.path) === wanted),
    ) as [DeclaringFile[], DeclaringFile[]];
    return {
      manifests: manifests.filter(isManifestOfProduct).sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)),
      supporting: all.filter(({ path }) => isAuxiliary(path) && !isConstraints(path)),
      constraints,
      unread: unread.filter(({ path }) => !isAuxiliary(path) && !isModule(path, tree)),
    };
  },
});

/** A setup.py inside a package is one of its modules. */
function isModule(path: string, tree: Tree): boolean {
  return nameOf(path) === "setup.py" && !isSetupScript(path, (other) => tree.has(other));
}

function isConstraints(path: string): boolean {
  return path.endsWith(".txt") && /(^|[-_])constraints/.test(nameOf(path));
}

/** Nearest to the root first; in one folder what people edit before what tools make of it. */
function rank({ path, kind, isCompiled, declarations }: DeclaringFile): number {
  const ships = declarations.some(({ group }) => group === "runtime");
  const order = ["pyproject", "setup.cfg", "setup.py", "pipfile", "pixi", "requirements", "conda"].indexOf(kind);
  return (
    Number(!ships) * 1000 +
    path.split("/").length * 100 +
    Number(isCompiled) * 50 +
    order -
    Number(path.endsWith(".in")) / 2
  );
}

function isManifest(path: string): boolean {
  return (
    /^(pyproject\.toml|Pipfile|setup\.cfg|setup\.py|pixi\.toml)$/.test(nameOf(path)) ||
    isRequirements(path) ||
    (isConda(path) && !isLock(path))
  );
}

function parseManifest(path: string, text: string): Manifest {
  const name = nameOf(path);
  if (name === "pyproject.toml") return pyprojectManifest(parseToml(text));
  if (name === "Pipfile") return pipfileManifest(parseToml(text));
  if (name === "pixi.toml") return pixiManifest(parseToml(text));
  if (name === "setup.cfg") return setupCfgManifest(parseIni(text));
  if (name === "setup.py") return setupPyManifest(text);
  if (/\.ya?ml$/.test(name)) {
    const document = parseYamlDocument(text);
    return document ? condaManifest(path, document) : manifest("conda", []);
  }
  return requirementsManifest(path, text);
}

function includesOf(includes: readonly string[], path: string, tree: Tree): readonly string[] {
  return includes.flatMap((include) => {
    const target = resolvePath(folderOf(path), include);
    return target !== undefined && tree.has(target) ? [target] : [];
  });
}

/** A pyproject of tools alone, or a YAML file that is no environment, declares nothing. */
function isManifestOfProduct(file: DeclaringFile): boolean {
  const { path, kind, statesNone } = file;
  if (file.declares || statesNone) return true;
  return kind !== "conda" && kind !== "setup.cfg" && nameOf(path) !== "pyproject.toml";
}

/**
 * What the code itself needs at run time, by name, with its place. Where people state that, the list
 * that a resolver made of it says nothing: it holds what the needed packages need.
 */
export function runtimeOf({ manifests }: Dependencies): ReadonlyMap<string, { readonly path: string } & Declaration> {
  const shipped = manifests
    .flatMap(({ path, declarations, isCompiled }) => declarations.map((one) => ({ path, isCompiled, ...one })))
    .filter(({ group }) => group === "runtime");
  const stated = shipped.filter(({ isCompiled }) => !isCompiled);
  const found = new Map<string, { readonly path: string } & Declaration>();
  for (const declaration of stated.length > 0 ? stated : shipped) {
    if (!found.has(declaration.name)) found.set(declaration.name, declaration);
  }
  return found;
}
