import { globs } from "../fact.ts";
import { nameOf, type Tree } from "../tree.ts";
import { QUEUE, WEB } from "./services.ts";
import {
  bearsName,
  classifiedAs,
  declared,
  found,
  hint,
  managePathOf,
  ownCommandOf,
  publishedBy,
  type Signal,
  type SignalSources,
  startFileOf,
} from "./sources.ts";

const PIPELINE = /^(apache-airflow|dagster|prefect|luigi|kedro|dbt-core|sqlmesh)$/;
const ML =
  /^(torch|tensorflow|keras|scikit-learn|xgboost|lightgbm|jax|transformers|lightning|pytorch-lightning|sentence-transformers|torchvision)$/;
const ML_SERVING = /^(mlflow|bentoml|kserve|vllm|torchserve|tritonclient|dvc)$/;
const CLI_LIBRARY =
  /^(click|typer|fire|docopt|rich-click|cyclopts|argcomplete|userpath|cleo|cement|clize|tyro|configargparse|textual)$/;

const training = globs("**/{train,training,finetune,fine_tune,pretrain}.py", "**/{dvc.yaml,MLproject}");
const skeleton = globs("{cookiecutter.json,copier.yml,copier.yaml}");
/** The marker in the package itself: `slug/py.typed`, `src/slug/py.typed`, `python/acme/slug/py.typed`. */
const typeMarker = globs("{*,*/*,*/*/*}/py.typed");

/** Hints at what moves data on a schedule. */
export function dataPipeline({ product, runtime }: SignalSources): readonly Signal[] {
  return [
    ...declared("data-pipeline", 5, runtime, PIPELINE, "an orchestrator"),
    ...found(
      "data-pipeline",
      2,
      product.find((path) => path.endsWith(".py") && /(^|\/)dags\//.test(path)),
      "it has DAGs",
    ),
  ];
}

/** Hints at what trains or serves models. */
export function machineLearning(sources: SignalSources): readonly Signal[] {
  const { runtime } = sources;
  return [
    ...declared("ml", 3, runtime, ML, "a machine-learning framework"),
    ...declared("ml", 3, runtime, ML_SERVING, "a model registry or server"),
    ...found("ml", 3, trainingOf(sources), "it trains a model"),
  ];
}

function trainingOf({ tree }: SignalSources): string | undefined {
  return tree.paths.find((path) => training(path) && tree.isFirstParty(path));
}

/** Hints at what people call by name. */
export function commandLine(sources: SignalSources): readonly Signal[] {
  const { product, runtime, packages } = sources;
  const scripts = packages.find(({ commands }) => commands.length > 0);
  const usesLibrary = declared("cli", 2, runtime, CLI_LIBRARY, "a command-line library");
  const own = packages.find(bearsName)?.path;
  return [
    ...found("cli", 4, scripts?.path, "it installs a command"),
    ...found("cli", usesLibrary.length > 0 ? 2 : 1, own, "its command bears its name"),
    ...usesLibrary,
    ...found("cli", 2, classifiedAs("Environment :: Console", sources), "its metadata says that it runs in a console"),
    ...found(
      "cli",
      1,
      product.find((path) => nameOf(path) === "__main__.py"),
      "it runs as a module",
    ),
  ];
}

/** Hints at what other code imports. */
export function library(sources: SignalSources): readonly Signal[] {
  const { product, packages, images } = sources;
  const built = packages.find(({ isBuilt }) => isBuilt)?.path;
  const framework = packages.find(({ name }) =>
    [WEB, QUEUE, ML].some((known) => known.test(name?.toLowerCase() ?? "")),
  );
  const isStarted = [
    images[0],
    startFileOf(sources),
    managePathOf(sources),
    ownCommandOf(sources),
    trainingOf(sources),
  ].some((start) => start !== undefined);
  return [
    ...found("library", 3, built, "it is built as a package"),
    ...found("library", 3, publishedBy(sources), "it is made for an index"),
    ...(isStarted || !built ? [] : [hint("library", 1, "nothing starts it", null)]),
    ...found(
      "library",
      2,
      classifiedAs("Topic :: Software Development :: Libraries", sources),
      "its metadata calls it a library",
    ),
    ...found("library", 6, framework?.path, "it is itself a framework that others build on"),
    ...found("library", 1, product.find(typeMarker), "it ships its types"),
  ];
}

/** Hints at what is neither installed nor served. */
export function automation({ tree, packages }: SignalSources): readonly Signal[] {
  const action = packages.length === 0 ? tree.paths.find((path) => /^action\.ya?ml$/.test(path)) : undefined;
  return [
    ...found("automation", 8, tree.paths.find(skeleton), "it is a template that makes projects"),
    ...found("automation", 4, action, "it is an action of GitHub"),
  ];
}

/** Hints at what people run cell by cell. */
export function notebooks({ tree }: SignalSources): readonly Signal[] {
  const books = tree.paths.find((path) => path.endsWith(".ipynb"));
  // Outputs make a notebook some three times as large as its code.
  if (!books || sizeOf(tree, ".ipynb") / 3 < sizeOf(tree, ".py")) return [];
  return [hint("notebooks", 5, "most of its code is in notebooks", books)];
}

function sizeOf(tree: Tree, ending: string): number {
  const files = tree.paths.filter((path) => path.endsWith(ending) && tree.isFirstParty(path));
  return files.reduce((sum, path) => sum + (tree.sizeOf(path) ?? 0), 0);
}
