import { type Component, defineFact, globs } from "./fact.ts";
import { iniFiles } from "./ini-files.ts";
import { describesPackage, pyprojects } from "./pyprojects.ts";
import { ancestorsOf, folderOf, isAuxiliary, nameOf, type Tree } from "./tree.ts";

const describesPackageByName = globs("**/{setup.py,Pipfile}");
const describesProgram = globs(
  "**/{manage.py,requirements*.txt,requirements*.in,environment.yml,environment.yaml,pixi.toml,app.yaml,serverless.yml,serverless.yaml}",
);
/** Folders that hold the manifests of the folder above. */
const MANIFEST_FOLDER = /^(requirements|reqs|deps|dependencies|conda|ci|\.ci|build|docker|scripts|tools|hack|bin)$/i;

/**
 * The units of a repository: packages by their own manifest wherever they stand, programs by the
 * outermost manifest that no package covers, and the root where nothing else is. What stands under
 * examples, docs or tests is auxiliary.
 */
export const components = defineFact({
  spans: "repository",
  uses: { pyprojects, iniFiles },
  combine: ({ tree, uses }): readonly Component[] => {
    const withPython = new Set(tree.python.flatMap(({ path }) => ancestorsOf(path)));
    const legacy = uses.iniFiles.files.filter(({ path, data }) => nameOf(path) === "setup.cfg" && data.has("metadata"));
    const packages = [
      // A setup.py inside a package is one of its modules.
      ...manifests(tree, describesPackageByName).filter((path) => !tree.has(`${folderOf(path)}/__init__.py`)),
      ...uses.pyprojects.files.filter(describesPackage).map(({ path }) => path),
      ...legacy.map(({ path }) => path),
    ].map(folderOf);
    const roots = new Set(packages.filter((root) => withPython.has(root)));
    for (const root of programRoots(tree)) {
      const covered = roots.has(root) || (root !== "" && ancestorsOf(root).some((folder) => roots.has(folder)));
      if (!covered && withPython.has(root) && !isAuxiliary(`${root}/`)) roots.add(root);
    }
    const all = [...roots].sort().map(componentAt);
    return all.some(({ kind }) => kind === "primary") ? all : [componentAt(""), ...all];
  },
});

function componentAt(root: string): Component {
  return { root, kind: root !== "" && isAuxiliary(`${root}/`) ? "auxiliary" : "primary" };
}

/** Folders of program manifests, outermost first. */
function programRoots(tree: Tree): readonly string[] {
  const folders = manifests(tree, describesProgram)
    .map(folderOf)
    .map((folder) => (MANIFEST_FOLDER.test(nameOf(folder)) ? folderOf(folder) : folder));
  return [...new Set(folders)].sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}

function manifests(tree: Tree, matches: (path: string) => boolean): readonly string[] {
  return tree.paths.filter((path) => matches(path) && tree.isFirstParty(path));
}
