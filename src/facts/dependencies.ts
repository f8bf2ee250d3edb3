import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseIni } from "./formats/ini.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import type { Declaration, Manifest } from "./manifests/declaration.ts";
import { condaManifest, pipfileManifest, pixiManifest, setupCfgManifest, setupPyManifest } from "./manifests/other.ts";
import { pyprojectManifest } from "./manifests/pyproject.ts";
import { requirementsManifest } from "./manifests/requirements.ts";
import { folderOf, isAuxiliary, nameOf, resolvePath, type Tree } from "./tree.ts";

export type { Declaration } from "./manifests/declaration.ts";

export interface DeclaringFile extends Manifest {
  readonly path: string;
}

export interface Dependencies {
  /** Manifests of the component that declare, or would declare, dependencies. */
  readonly manifests: readonly DeclaringFile[];
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
  parse: ({ path, text }): Manifest => parseManifest(path, text),
  mentions: ({ includes }, path, tree) => includesOf(includes, path, tree),
  combine: ({ files, unread }): Dependencies => ({
    manifests: files
      .filter(({ path, inherited, parsed }) => !inherited && !isAuxiliary(path) && isManifestOfProduct(path, parsed))
      .map(({ path, parsed }) => ({ path, ...parsed })),
    unread: unread.filter(({ path }) => !isAuxiliary(path)),
  }),
});

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
    return document
      ? condaManifest(document)
      : { kind: "conda", declarations: [], includes: [], computedLine: undefined, isCompiled: false };
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
function isManifestOfProduct(path: string, { declarations, kind, includes, computedLine }: Manifest): boolean {
  if (declarations.length > 0 || includes.length > 0 || computedLine !== undefined) return true;
  return kind !== "conda" && kind !== "setup.cfg" && nameOf(path) !== "pyproject.toml";
}

/** What is needed at run time, by name, with its place. */
export function runtimeOf({ manifests }: Dependencies): ReadonlyMap<string, { readonly path: string } & Declaration> {
  const found = new Map<string, { readonly path: string } & Declaration>();
  for (const { path, declarations } of manifests) {
    for (const declaration of declarations) {
      if (declaration.group === "runtime" && !found.has(declaration.name))
        found.set(declaration.name, { path, ...declaration });
    }
  }
  return found;
}
