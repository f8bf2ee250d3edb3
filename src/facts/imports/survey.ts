import { globs } from "../fact.ts";
import { groupOfFile } from "../manifests/declaration.ts";
import { ancestorsOf, folderOf, folderOfManifest, isAuxiliary, nameOf, type Tree } from "../tree.ts";

/** Files that are read at most where no manifest is: enough to see whether anything is needed at all. */
const SAMPLE = 60;
/** Much source beside a short list of versions: the list is not deep, whatever is imported. */
const COMPARED_FILES = 150;
/** So many lists are compared at most. */
const COMPARED_LISTS = 300;

const isManifest = globs(
  "**/{pyproject.toml,setup.py,setup.cfg,Pipfile,pixi.toml,*requirements*.txt,*requirements*.in,environment.yml,environment.yaml}",
  "**/{requirements,reqs,deps}/*.{txt,in}",
);
const isList = globs("**/*requirements*.txt", "**/{requirements,reqs,deps}/*.txt");

/** Files of build tools that may hold the dependencies instead of a manifest. */
export const isBuildFile = globs("**/{WORKSPACE,MODULE.bazel,BUILD,BUILD.bazel,pants.toml}");

/** Where sources have to be read to know what is needed. */
export interface Survey {
  /** A sample of the sources that no manifest speaks for. */
  readonly unspoken: ReadonlySet<string>;
  /** Requirements for production that stand alone in their folder. */
  readonly lists: ReadonlySet<string>;
  /** A pyproject.toml beside which there is no other manifest. */
  readonly sole: string | undefined;
  /** Sources of the product. */
  readonly product: readonly string[];
}

const surveys = new WeakMap<Tree, Survey>();

export function surveyOf(tree: Tree): Survey {
  const survey = surveys.get(tree) ?? surveyed(tree);
  surveys.set(tree, survey);
  return survey;
}

function surveyed(tree: Tree): Survey {
  const manifests = tree.paths.filter((path) => (isManifest(path) || isBuildFile(path)) && tree.isFirstParty(path));
  const declared = new Set(manifests.flatMap((path) => [folderOf(path), folderOfManifest(path)]));
  const product = tree.python.map(({ path }) => path).filter((path) => !isAuxiliary(path));
  const stating = manifests.filter(
    (path) =>
      /^(setup\.(py|cfg)|Pipfile)$|\.in$/.test(nameOf(path)) || (isList(path) && groupOfFile(path) === "runtime"),
  );
  const byFolder = Map.groupBy(stating, folderOf);
  const lists = stating.filter(
    (path) => isList(path) && !isAuxiliary(path) && byFolder.get(folderOf(path))?.length === 1,
  );
  const others = manifests.filter((path) => nameOf(path) !== "setup.cfg");
  return {
    unspoken: new Set(
      product.filter((path) => !ancestorsOf(path).some((folder) => declared.has(folder))).slice(0, SAMPLE),
    ),
    lists: new Set(lists.slice(0, COMPARED_LISTS)),
    sole: others.length === 1 && nameOf(others[0] ?? "") === "pyproject.toml" ? others[0] : undefined,
    product,
  };
}

/** The sources that a list speaks for, where they are few enough to be compared with it. */
export function sourcesToCompare(list: string, tree: Tree): readonly string[] {
  const below = sourcesBelow(list, tree);
  return below.length > COMPARED_FILES ? [] : below;
}

/** A sample of the sources that a manifest speaks for. */
export function sampleBelow(manifest: string, tree: Tree): readonly string[] {
  return sourcesBelow(manifest, tree).slice(0, SAMPLE);
}

function sourcesBelow(manifest: string, tree: Tree): readonly string[] {
  const folder = folderOfManifest(manifest);
  return surveyOf(tree).product.filter((path) => folder === "" || path.startsWith(`${folder}/`));
}
