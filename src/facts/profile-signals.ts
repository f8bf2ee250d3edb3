import type { Profile } from "../rule.ts";
import { globs } from "./fact.ts";
import type { Pyproject } from "./pyprojects.ts";
import { isAuxiliary, nameOf, type Tree } from "./tree.ts";

/** A hint at a profile, with the points that it is worth. */
export interface Signal {
  readonly profile: Profile;
  readonly points: number;
  readonly sentence: string;
  readonly path: string | null;
}

/** What the signals are read from. */
export interface SignalSources {
  /** Paths of the component. */
  readonly tree: Tree;
  /** Its own package descriptions. */
  readonly packages: readonly Pyproject[];
  /** Normalised names of what it needs at run time, with the file that says so. */
  readonly runtime: ReadonlyMap<string, string>;
  /** Distribution names that its sources import, where they had to be read. */
  readonly imported: ReadonlySet<string>;
}

const WEB =
  /^(django|flask|fastapi|starlette|litestar|quart|sanic|tornado|bottle|pyramid|falcon|connexion|djangorestframework|django-ninja|flask-restful|streamlit|gradio|dash|panel|nicegui|wagtail)$/;
const SERVER = /^(gunicorn|uvicorn|uwsgi|hypercorn|daphne|waitress|granian|mod-wsgi|fastapi-cli|pyuwsgi)$/;
const QUEUE = /^(celery|rq|dramatiq|arq|huey|taskiq|kombu|aiokafka|kafka-python|confluent-kafka|faust-streaming)$/;
const PIPELINE = /^(apache-airflow|dagster|prefect|luigi|kedro|dbt-core|sqlmesh)$/;
const ML =
  /^(torch|tensorflow|keras|scikit-learn|xgboost|lightgbm|jax|transformers|lightning|pytorch-lightning|sentence-transformers|torchvision)$/;
const ML_SERVING = /^(mlflow|bentoml|kserve|vllm|torchserve|tritonclient|dvc)$/;
const SERVERLESS = /^(functions-framework|chalice|zappa|aws-lambda-powertools|azure-functions|mangum)$/;
const CLI_LIBRARY = /^(click|typer|fire|docopt|rich-click|cyclopts|argcomplete|userpath)$/;

const startCommand = globs("**/{Procfile,app.yaml,fly.toml,render.yaml,uwsgi.ini,gunicorn.conf.py}");
const container = globs("**/{Dockerfile,Dockerfile.*,Containerfile}");
const entryPoint = globs("**/{wsgi,asgi}.py");
const serverless = globs(
  "**/{serverless.yml,serverless.yaml,samconfig.toml,zappa_settings.json,host.json}",
  "**/.chalice/config.json",
);
const training = globs("**/{train,training,finetune,fine_tune,pretrain}.py", "**/{dvc.yaml,MLproject}");

/** Every hint at what a component is, by its paths, its metadata and what it declares. */
export function signalsOf(sources: SignalSources): readonly Signal[] {
  return [
    webService,
    worker,
    serverlessFunction,
    dataPipeline,
    machineLearning,
    commandLine,
    library,
    notebooks,
  ].flatMap((hints) => hints(sources));
}

function webService({ tree, runtime, packages }: SignalSources): readonly Signal[] {
  const product = productPaths(tree);
  const manage = product.find((path) => nameOf(path) === "manage.py");
  const starts = product.find(startCommand);
  const signals = [
    ...(manage && (runtime.has("django") || !packages.length)
      ? [hint("web-service", 4, "manage.py starts it", manage)]
      : []),
    ...declared("web-service", 2, runtime, WEB, "a web framework"),
    ...declared("web-service", 3, runtime, SERVER, "a server"),
    ...found("web-service", 3, product.find(entryPoint) ?? starts, "a server starts it"),
    ...found("web-service", 2, product.find(container) ?? starts, "it is deployed as a container or process"),
    ...found(
      "web-service",
      1,
      product.find((path) => /(^|\/)templates\/.+\.html$/.test(path)),
      "it has page templates",
    ),
  ];
  const publishes = packages.some(isPublished);
  if (publishes && !manage && !starts && signals.length > 0) {
    signals.push(
      hint("web-service", -4, "it is published as a package and has no start command", packages[0]?.path ?? null),
    );
  }
  return signals;
}

function worker({ runtime }: SignalSources): readonly Signal[] {
  const web = [...runtime.keys()].some((name) => WEB.test(name));
  return web ? [] : [...declared("worker", 5, runtime, QUEUE, "a task queue"), ...[]];
}

function serverlessFunction({ tree, runtime }: SignalSources): readonly Signal[] {
  return [
    ...found("serverless", 5, productPaths(tree).find(serverless), "it is deployed as functions"),
    ...declared("serverless", 5, runtime, SERVERLESS, "a function runtime"),
  ];
}

function dataPipeline({ tree, runtime }: SignalSources): readonly Signal[] {
  return [
    ...declared("data-pipeline", 5, runtime, PIPELINE, "an orchestrator"),
    ...found(
      "data-pipeline",
      2,
      productPaths(tree).find((path) => /(^|\/)dags\/.+\.py$/.test(path)),
      "it has DAGs",
    ),
  ];
}

function machineLearning({ tree, runtime, imported }: SignalSources): readonly Signal[] {
  const names = new Map([...runtime, ...[...imported].map((name): [string, string] => [name, ""])]);
  return [
    ...declared("ml", 3, names, ML, "a machine-learning framework"),
    ...declared("ml", 3, names, ML_SERVING, "a model registry or server"),
    ...found(
      "ml",
      3,
      tree.paths.find((path) => training(path) && tree.isFirstParty(path)),
      "it trains a model",
    ),
  ];
}

function commandLine({ tree, runtime, packages }: SignalSources): readonly Signal[] {
  const scripts = packages.find(({ data }) => scriptNames(data).length > 0);
  const name = scripts?.data.get("project", "name")?.text ?? scripts?.data.get("tool", "poetry", "name")?.text;
  const isItself = scripts !== undefined && name !== undefined && scriptNames(scripts.data).includes(name);
  const usesLibrary = declared("cli", 2, runtime, CLI_LIBRARY, "a command-line library");
  return [
    ...found("cli", 4, scripts?.path, "it installs a command"),
    ...(isItself && usesLibrary.length > 0 ? [hint("cli", 2, "its command bears its name", scripts.path)] : []),
    ...usesLibrary,
    ...found(
      "cli",
      1,
      productPaths(tree).find((path) => nameOf(path) === "__main__.py"),
      "it runs as a module",
    ),
  ];
}

function library({ tree, packages }: SignalSources): readonly Signal[] {
  const product = productPaths(tree);
  const setup = product.find((path) => nameOf(path) === "setup.py");
  const described = packages.find(
    ({ data }) => data.has("build-system") && (data.get("project", "name") ?? data.get("tool", "poetry", "name")),
  );
  const starts = product.some((path) => startCommand(path) || container(path) || nameOf(path) === "manage.py");
  const published = packages.find(isPublished)?.path ?? setup;
  return [
    ...found("library", 3, described?.path ?? setup, "it is built as a package"),
    ...found("library", 3, published, "its metadata is made for an index"),
    ...(starts || !(described ?? setup) ? [] : [hint("library", 1, "nothing starts it", null)]),
    ...found(
      "library",
      1,
      product.find((path) => nameOf(path) === "py.typed"),
      "it ships its types",
    ),
  ];
}

function notebooks({ tree }: SignalSources): readonly Signal[] {
  const notebookBytes = sizeOf(tree, ".ipynb");
  const books = tree.paths.find((path) => path.endsWith(".ipynb"));
  // Outputs make a notebook some three times as large as its code.
  if (!books || notebookBytes / 3 < sizeOf(tree, ".py")) return [];
  return [hint("notebooks", 5, "most of its code is in notebooks", books)];
}

function sizeOf(tree: Tree, ending: string): number {
  const files = tree.entries.filter(({ path }) => path.endsWith(ending) && tree.isFirstParty(path));
  return files.reduce((sum, { size }) => sum + (size ?? 0), 0);
}

function productPaths(tree: Tree): readonly string[] {
  return tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path));
}

function isPublished({ data }: Pyproject): boolean {
  const classifiers = data.get("project", "classifiers") ?? data.get("tool", "poetry", "classifiers");
  return classifiers !== undefined && !classifiers.texts.some((text) => text.startsWith("Private ::"));
}

function scriptNames(data: Pyproject["data"]): readonly string[] {
  const tables = [data.get("project", "scripts"), data.get("tool", "poetry", "scripts")];
  return tables.flatMap((table) => table?.entries.map(({ key }) => key) ?? []);
}

function declared(
  profile: Profile,
  points: number,
  names: ReadonlyMap<string, string>,
  wanted: RegExp,
  what: string,
): readonly Signal[] {
  const match = [...names].find(([name]) => wanted.test(name));
  return match ? [hint(profile, points, `it needs ${what}, ${match[0]}`, match[1] || null)] : [];
}

function found(profile: Profile, points: number, path: string | undefined, sentence: string): readonly Signal[] {
  return path === undefined ? [] : [hint(profile, points, sentence, path)];
}

function hint(profile: Profile, points: number, sentence: string, path: string | null): Signal {
  return { profile, points, sentence, path };
}
