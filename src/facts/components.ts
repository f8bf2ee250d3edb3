import { type Component, defineFact, globs } from "./fact.ts";
import { iniFiles } from "./ini-files.ts";
import { standsInPackage } from "./packages.ts";
import { platformFiles } from "./platform-files.ts";
import { describesPackage, pyprojects } from "./pyprojects.ts";
import { ancestorsOf, folderOf, folderOfManifest, isAuxiliary, nameOf, type Tree } from "./tree.ts";

const describesPackageByName = globs("**/{setup.py,Pipfile}");
const describesProgram = globs(
  "**/{manage.py,Pipfile,requirements*.txt,requirements*.in,environment.yml,environment.yaml,pixi.toml,cdk.json}",
);
/**
 * The units of a repository: packages by their own manifest wherever they stand, programs by the
 * outermost manifest that no package covers, and the root where nothing else is. What stands under
 * examples, docs or tests is auxiliary.
 */
export const components = defineFact({
  spans: "repository",
  uses: { pyprojects, iniFiles, platformFiles },
  combine: ({ tree, uses }): readonly Component[] => {
    const legacy = uses.iniFiles.files.filter(({ path, data }) => nameOf(path) === "setup.cfg" && data.has("metadata"));
    const packages = [
      ...manifests(tree, describesPackageByName).filter((path) => !standsInPackage(path, (other) => tree.has(other))),
      ...uses.pyprojects.files.filter(describesPackage).map(({ path }) => path),
      ...legacy.map(({ path }) => path),
    ].map(folderOf);
    const roots = withProduct(new Set(packages), tree);
    const programs = [...manifests(tree, describesProgram), ...uses.platformFiles.files.map(({ path }) => path)];
    const free = withoutOwner(roots, tree);
    for (const root of outermostFirst(programs)) {
      const covered = root !== "" && ancestorsOf(root).some((folder) => roots.has(folder));
      if (!covered && free.has(root) && !isAuxiliary(`${root}/`)) roots.add(root);
    }
    const all = [...roots].sort().map(componentAt);
    return all.some(({ kind }) => kind === "primary") ? all : [componentAt(""), ...all];
  },
});

function componentAt(root: string): Component {
  return { root, kind: root !== "" && isAuxiliary(`${root}/`) ? "auxiliary" : "primary" };
}

/**
 * Those folders that hold Python of their own: what the next root below holds is not theirs, and a
 * workspace's root with tests and docs alone is no unit beside its members.
 */
function withProduct(roots: ReadonlySet<string>, tree: Tree): Set<string> {
  const owners = new Map<string, boolean>();
  for (const { path } of tree.python) {
    const root = ancestorsOf(path).find((folder) => roots.has(folder));
    if (root !== undefined) owners.set(root, owners.get(root) || isAuxiliary(`${root}/`) || !isAuxiliary(path));
  }
  const products = [...owners].filter(([, holdsProduct]) => holdsProduct);
  return new Set((products.length > 0 ? products : [...owners]).map(([root]) => root));
}

/** Every folder with Python below it that no root owns. */
function withoutOwner(roots: ReadonlySet<string>, tree: Tree): ReadonlySet<string> {
  return new Set(
    tree.python.flatMap(({ path }) => {
      const folders = ancestorsOf(path);
      return folders.some((folder) => roots.has(folder)) ? [] : folders;
    }),
  );
}

/** The folders of program manifests, outermost first. */
function outermostFirst(paths: readonly string[]): readonly string[] {
  const folders = paths.map(folderOfManifest);
  return [...new Set(folders)].sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}

function manifests(tree: Tree, matches: (path: string) => boolean): readonly string[] {
  return tree.paths.filter((path) => matches(path) && tree.isFirstParty(path));
}
