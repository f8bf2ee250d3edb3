import type { TreeEntry } from "../snapshot/snapshot.ts";
import { ci } from "./ci.ts";
import { composeFiles } from "./compose-files.ts";
import { type DeclaringFile, dependencies, runtimeOf } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import {
  BRINGS_ENGINE,
  COMPOSE,
  DATABASE_TEST,
  DATASTORE,
  ENGINE,
  HARMLESS,
  MARK,
  MODULE,
  NAMED,
} from "./integration-tests/signs.ts";
import { namedDistributions } from "./named-distributions.ts";
import { systemOf } from "./pipelines/systems.ts";
import { pytestConfigs, settingsIn } from "./pytest-configs.ts";
import { targetFiles } from "./target-files.ts";
import { databaseLineOf, type TestImport } from "./test-layout/source.ts";
import { testLayout } from "./test-layout.ts";
import { nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface IntegrationTests {
  /** The dependency that says that there is a database, queue or the like. */
  readonly datastore: (Place & { readonly name: string }) | undefined;
  /** Where it shows that tests run together with such things. */
  readonly signs: readonly (Place & { readonly what: string })[];
  /** Shared fixtures that could not be read. */
  readonly unread: readonly UnreadFile[];
}

/** Files of shared fixtures that are read at most. */
const FIXTURES = 8;
/** So many exact versions are a whole environment. */
const FROZEN = 50;

/** Tests that run together with the database, queue or service that the code depends on. */
export const integrationTests = defineFact({
  uses: { dependencies, namedDistributions, testLayout, pytestConfigs, workflows, ci, composeFiles, targetFiles },
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
    const jobs = uses.workflows.files.flatMap(({ path, jobs: all }) => all.map((job) => ({ path, job })));
    const tested = new Set(
      uses.ci.jobs
        .filter(({ commands }) => commands.some(({ purposes }) => purposes.includes("tests")))
        .map(({ path, line }) => `${path}:${line}`),
    );
    const targets = [...uses.targetFiles.files].flatMap(([path, { targets: all }]) =>
      [...all]
        .filter(([name]) => /test|check|ci/.test(name))
        .flatMap(([, scripts]) => scripts.map((one) => ({ path, ...one }))),
    );
    return {
      datastore: driver && { name: driver[0], path: driver[1].path, line: driver[1].line },
      signs: [
        ...candidates
          .filter((path) => NAMED.test(path) && nameOf(path) !== "__init__.py")
          .map((path) => ({ path, line: 1, what: "the name of the tests" })),
        ...sources.flatMap(({ path, imports, marks, databaseLine }) => [
          ...imports
            .filter((one) => reachesEngine(one) || (isDjango && isDatabaseTest(one)))
            .map(({ module, line }) => ({ path, line, what: module })),
          ...(databaseLine === undefined ? [] : [{ path, line: databaseLine, what: "a database of the test's own" }]),
          ...marks.filter((mark) => MARK.test(mark)).map((mark) => ({ path, line: 1, what: `the mark ${mark}` })),
        ]),
        ...settingsIn(uses.pytestConfigs, "markers").flatMap(({ path, node }) =>
          node.texts
            .join("\n")
            .split("\n")
            .some((one) => MARK.test(one.split(/[:(\s]/, 1)[0] ?? ""))
            ? [{ path, line: node.line, what: "a mark" }]
            : [],
        ),
        ...files
          .filter(({ parsed }) => parsed > 0)
          .map(({ path, parsed: line }) => ({
            path,
            line,
            what: nameOf(path) === "conftest.py" ? "a fixture" : "a service of the pipeline",
          })),
        ...jobs.flatMap(({ path, job }) => {
          const services = job.node.lineOfKey("services");
          const step = tested.has(`${path}:${job.line}`)
            ? job.steps.find(({ run }) => COMPOSE.test(run?.text ?? ""))
            : undefined;
          const line = services ?? step?.run?.lineAt(COMPOSE.exec(step.run.text ?? "")?.index ?? 0);
          return line === undefined ? [] : [{ path, line, what: "a service of the pipeline" }];
        }),
        ...targets.flatMap(({ path, text, lineAt }) => {
          const match = COMPOSE.exec(text);
          return match ? [{ path, line: lineAt(match.index), what: "compose" }] : [];
        }),
        ...uses.composeFiles.files
          .filter(({ purpose }) => purpose === "test")
          .map(({ path }) => ({ path, line: 1, what: "compose" })),
        ...[...uses.namedDistributions.places]
          .filter(([name]) => BRINGS_ENGINE.test(name))
          .map(([name, place]) => ({ ...place, what: name })),
      ],
      unread: unread.filter(({ path }) => nameOf(path) === "conftest.py"),
    };
  },
});

function reachesEngine({ module, names }: TestImport): boolean {
  if (!MODULE.test(module) || HARMLESS.test(module)) return false;
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
