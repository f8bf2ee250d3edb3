import type { TreeEntry } from "../snapshot/snapshot.ts";
import { ci } from "./ci.ts";
import { type ComposeFiles, composeFiles } from "./compose-files.ts";
import { type DeclaringFile, dependencies, runtimeOf } from "./dependencies.ts";
import { defineFact, type FactContext, type UnreadFile } from "./fact.ts";
import {
  BRINGS_ENGINE,
  COMPOSE,
  DATABASE_TEST,
  DATASTORE,
  ENGINE,
  ENGINE_NAME,
  HARMLESS,
  MARK,
  MODULE,
  NAMED,
  UNIT,
} from "./integration-tests/signs.ts";
import { namedDistributions } from "./named-distributions.ts";
import { systemOf } from "./pipelines/systems.ts";
import { pytestConfigs, settingsIn } from "./pytest-configs.ts";
import { targetFiles } from "./target-files.ts";
import { databaseLineOf, type TestImport, type TestSource } from "./test-layout/source.ts";
import { testLayout } from "./test-layout.ts";
import { nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

interface Sign extends Place {
  readonly what: string;
}

export interface IntegrationTests {
  /** The dependency that says that there is a database, queue or the like. */
  readonly datastore: (Place & { readonly name: string }) | undefined;
  /** Where it shows that tests run together with such things. */
  readonly signs: readonly Sign[];
  /** True where every test was read, or is called a unit test by its folder. */
  readonly complete: boolean;
  /** Shared fixtures that could not be read. */
  readonly unread: readonly UnreadFile[];
}

/** Files of shared fixtures that are read at most. */
const FIXTURES = 8;
/** So many exact versions are a whole environment. */
const FROZEN = 50;

/** What tests may be run together with. */
const SURROUNDINGS = { workflows, ci, composeFiles, targetFiles };
type Surroundings = FactContext<never, typeof SURROUNDINGS>["uses"];

/** Tests that run together with the database, queue or service that the code depends on. */
export const integrationTests = defineFact({
  uses: { ...SURROUNDINGS, dependencies, namedDistributions, testLayout, pytestConfigs },
  reads: (path, tree) => (nameOf(path) === "conftest.py" || systemOf(path) !== undefined) && tree.isFirstParty(path),
  select: (entries) => [
    ...entries.filter(({ path }) => nameOf(path) !== "conftest.py"),
    ...outermost(entries.filter(({ path }) => nameOf(path) === "conftest.py")).slice(0, FIXTURES),
  ],
  parse: ({ path, text }): number => {
    if (nameOf(path) === "conftest.py") return databaseLineOf(text) ?? 0;
    return text.split("\n").findIndex((line) => ENGINE.test(line) && !/^\s*(#|\/\/)/.test(line)) + 1;
  },
  combine: ({ files, unread, uses }): IntegrationTests => {
    const { candidates, sources } = uses.testLayout;
    const isDjango = runtimeOf(uses.dependencies).has("django");
    const frozen = new Set(uses.dependencies.manifests.filter(isFrozen).map(({ path }) => path));
    const [driver] = [...runtimeOf(uses.dependencies)].filter(
      ([name, { path }]) => DATASTORE.test(name) && !frozen.has(path),
    );
    const read = new Set(sources.map(({ path }) => path));
    const stubs = new Set(sources.filter(({ isTest }) => !isTest).map(({ path }) => path));
    return {
      datastore: driver && { name: driver[0], path: driver[1].path, line: driver[1].line },
      signs: [
        ...candidates
          .filter((path) => NAMED.test(path) && !stubs.has(path) && nameOf(path) !== "__init__.py")
          .map((path) => ({ path, line: 1, what: "the name of the tests" })),
        ...sources.filter(({ isTest }) => isTest).flatMap((source) => inTest(source, isDjango)),
        ...settingsIn(uses.pytestConfigs, "markers").flatMap(({ path, node }) =>
          namesMark(node.texts) ? [{ path, line: node.line, what: "a mark" }] : [],
        ),
        ...files
          .filter(({ parsed }) => parsed > 0)
          .map(({ path, parsed: line }) => ({
            path,
            line,
            what: nameOf(path) === "conftest.py" ? "a fixture" : "a service of the pipeline",
          })),
        ...inPipelines(uses),
        ...(composeBringsEngine(uses.composeFiles) ? inCompose(uses) : []),
        ...[...uses.namedDistributions.places]
          .filter(([name]) => BRINGS_ENGINE.test(name))
          .map(([name, place]) => ({ ...place, what: name })),
      ],
      complete: candidates.every((path) => read.has(path) || UNIT.test(path)),
      unread: unread.filter(({ path }) => nameOf(path) === "conftest.py"),
    };
  },
});

function inTest(
  { path, imports, marks, databaseLine }: TestSource & { readonly path: string },
  isDjango: boolean,
): readonly Sign[] {
  return [
    ...imports
      .filter((one) => reachesEngine(one) || (isDjango && isDatabaseTest(one)))
      .map(({ module, line }) => ({ path, line, what: module })),
    ...(databaseLine === undefined ? [] : [{ path, line: databaseLine, what: "a database of the test's own" }]),
    ...marks.filter(({ name }) => MARK.test(name)).map(({ name, line }) => ({ path, line, what: `the mark ${name}` })),
  ];
}

/** Services beside a job, and compose in a job that tests. */
function inPipelines(uses: Surroundings): readonly Sign[] {
  const tested = new Set(
    uses.ci.jobs
      .filter(({ commands }) => commands.some(({ purposes }) => purposes.includes("tests")))
      .map(({ path, line }) => `${path}:${line}`),
  );
  const hasEngine = composeBringsEngine(uses.composeFiles);
  return uses.workflows.files.flatMap(({ path, jobs }) =>
    jobs.flatMap((job) => {
      const services = job.node.lineOfKey("services");
      const isRun = hasEngine && tested.has(`${path}:${job.line}`);
      const run = isRun ? job.steps.find((step) => COMPOSE.test(step.run?.text ?? ""))?.run : undefined;
      const line = services ?? run?.lineAt(COMPOSE.exec(run.text ?? "")?.index ?? 0);
      return line === undefined ? [] : [{ path, line, what: "a service of the pipeline" }];
    }),
  );
}

/** Compose in a target that tests, and compose files that are for tests. */
function inCompose(uses: Surroundings): readonly Sign[] {
  const targets = [...uses.targetFiles.files].flatMap(([path, { targets: all }]) =>
    [...all]
      .filter(([name]) => /test|check|ci/.test(name))
      .flatMap(([, scripts]) => scripts.map((one) => ({ path, ...one }))),
  );
  return [
    ...targets.flatMap(({ path, text, lineAt }) => {
      const match = COMPOSE.exec(text);
      return match ? [{ path, line: lineAt(match.index), what: "compose" }] : [];
    }),
    ...uses.composeFiles.files
      .filter(({ purpose }) => purpose === "test")
      .map(({ path }) => ({ path, line: 1, what: "compose" })),
  ];
}

/** Compose may start nothing but the application; where its file is not known, it may start anything. */
function composeBringsEngine({ files, unread }: ComposeFiles): boolean {
  if (files.length === 0 || unread.length > 0) return true;
  return files.some(({ services }) =>
    services.some(({ name, image }) => ENGINE.test(image?.text ?? "") || ENGINE_NAME.test(name)),
  );
}

function namesMark(texts: readonly string[]): boolean {
  return texts
    .join("\n")
    .split("\n")
    .some((one) => MARK.test(one.split(/[:(\s]/, 1)[0] ?? ""));
}

function reachesEngine({ module, names }: TestImport): boolean {
  if (!MODULE.test(module) || HARMLESS.test(module)) return false;
  if (module === "kombu") return /\b(Connection|Producer|Consumer)\b|^$/.test(names);
  return module !== "django.test" || DATABASE_TEST.test(names);
}

/** The project's own base class: Django's tests use the database unless they are simple ones. */
function isDatabaseTest({ module, names }: TestImport): boolean {
  return module !== "unittest" && module !== "django.test" && /\b(?!Simple)\w*TestCase\b/.test(names);
}

/** A whole environment as it was installed once: what is in it, the code need not use. */
function isFrozen({ declarations }: DeclaringFile): boolean {
  return declarations.length >= FROZEN && declarations.every(({ pinned }) => pinned !== undefined);
}

function outermost(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const depth = (path: string): number => path.split("/").length;
  return [...entries].sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
}
