import { defineFact } from "./fact.ts";
import { iniFiles } from "./ini-files.ts";
import { fromPyproject } from "./packages/from-pyproject.ts";
import { fromSetupCfg, fromSetupScript } from "./packages/from-setuptools.ts";
import type { Package } from "./packages/model.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, nameOf } from "./tree.ts";

export type { Package } from "./packages/model.ts";

export interface Packages {
  /** Nearest to the component's root first. */
  readonly all: readonly Package[];
  /** True where one of them says under which headings an index should file it, and none is kept off. */
  readonly isClassified: boolean;
}

/** The packages of a component by their metadata: pyproject.toml, setup.cfg, and what stands literally in setup.py. */
export const packages = defineFact({
  uses: { pyprojects, iniFiles },
  reads: (path, tree) => isSetupScript(path, (other) => tree.has(other)) && tree.isFirstParty(path),
  parse: ({ path, text }): Package => fromSetupScript(path, text),
  combine: ({ files, unread, uses }): Packages => {
    const all = [
      ...uses.pyprojects.files.filter((file) => !file.inherited).flatMap(({ path, data }) => fromPyproject(path, data)),
      ...uses.iniFiles.files
        .filter(({ path, data, inherited }) => !inherited && nameOf(path) === "setup.cfg" && data.has("metadata"))
        .map(({ path, data }) => fromSetupCfg(path, data)),
      ...files.filter(({ inherited }) => !inherited).map(({ parsed }) => parsed),
      // That it is there says that something is built, whatever it holds.
      ...unread
        .filter(({ path }) => nameOf(path) === "setup.py")
        .map(({ path }) => ({ ...fromSetupScript(path, ""), isComputed: true })),
    ].sort((a, b) => depth(a.path) - depth(b.path));
    const classifiers = all.flatMap((one) => one.classifiers);
    return { all, isClassified: classifiers.length > 0 && !classifiers.some((one) => one.startsWith("Private ::")) };
  },
});

/** True for a setup.py that builds; one inside a package is one of its modules. */
export function isSetupScript(path: string, exists: (path: string) => boolean): boolean {
  return nameOf(path) === "setup.py" && !standsInPackage(path, exists);
}

/** True for a manifest among the modules of a package: it describes no unit of its own. */
export function standsInPackage(path: string, exists: (path: string) => boolean): boolean {
  const folder = folderOf(path);
  return exists(folder === "" ? "__init__.py" : `${folder}/__init__.py`);
}

function depth(path: string): number {
  return path.split("/").length;
}
