import { ci } from "./ci.ts";
import { operationsOf } from "./commands/operations.ts";
import { composeFiles } from "./compose-files.ts";
import { dependencies } from "./dependencies.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { type Application, applicationsIn, isStartFile } from "./migrations/start-files.ts";
import { type MigrationTool, migrationTool } from "./migrations/tool.ts";
import { inCompose, inKubernetes, isReplicated } from "./migrations/workloads.ts";
import { preCommit } from "./pre-commit.ts";
import { startScripts } from "./start-scripts.ts";
import { isAuxiliary } from "./tree.ts";
import { workflows } from "./workflows.ts";

export interface Migrations {
  readonly tool: MigrationTool | undefined;
  /** What proves before the merge that the migrations are complete: commands, hooks, tests. */
  readonly checks: readonly { readonly path: string; readonly line: number }[];
  /** What applies them: a step of a release before what a start does. */
  readonly applied: (Application & { readonly isRace: boolean }) | undefined;
  /** Why something may apply them that nobody can follow: a file that is not read, the program itself. */
  readonly mayApply: string | undefined;
  /** The job of CI that runs the tests. */
  readonly tests: { readonly path: string; readonly line: number } | undefined;
}

/** Plugins that check them with the tests. */
const TEST_PLUGIN = /^(pytest-alembic|django-migration-linter|alembic-verify|django-test-migrations)$/;
const TEST_FILE = /(^|\/)tests?\/(.{0,200}\/)?(test_\w*(migration|alembic)\w*|\w*migrations?_tests?)\.py$/;
/** A step that makes migrations and then looks whether there are any. */
const LOOKS_FOR_NEW = /makemigrations[\s\S]{0,500}(--check|No changes detected|git (diff|status))/;
const RELEASES = /deploy|release|migrat|\bprod|staging/i;
/** Programs that only serve. */
const SERVES = /\b(gunicorn|uvicorn|hypercorn|daphne|uwsgi|waitress-serve|granian|runserver|celery)\b/;

/** How changes of the schema are checked and applied. */
export const migrations = defineFact({
  spans: "repository",
  uses: { ci, composeFiles, dependencies, dockerfiles, kubernetes, preCommit, startScripts, workflows },
  reads: (path, tree) => isStartFile(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }): readonly Application[] => applicationsIn(path, text),
  combine: ({ files, unread, tree, uses }): Migrations => {
    const images = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const inImages = images.flatMap(({ path, shipped }): readonly Application[] => {
      const start = shipped.command ?? shipped.entrypoint;
      const texts = [
        shipped.command?.text ?? "",
        shipped.entrypoint?.text ?? "",
        ...(uses.startScripts.texts.get(path) ?? []),
      ];
      const migrates = texts.flatMap((text) => text.split(/\n|&&|;/)).some((line) => isMigration(line));
      return start && migrates ? [{ path, line: start.line, when: "start" }] : [];
    });
    const steps = uses.workflows.files.flatMap(({ path, jobs }) =>
      jobs.flatMap((job) => job.steps.map(({ run, line }) => ({ path, line, text: run?.text ?? "" }))),
    );
    const [tests] = uses.ci.jobs.flatMap(({ commands }) =>
      commands.filter(({ purposes }) => purposes.includes("tests")),
    );
    const plugins = uses.dependencies.manifests.flatMap(({ path, declarations }) =>
      declarations.filter(({ name }) => TEST_PLUGIN.test(name)).map(({ line }) => ({ path, line: line ?? 1 })),
    );
    const applications = [
      ...files.flatMap(({ parsed }) => parsed),
      ...uses.ci.jobs
        .filter(isRelease)
        .flatMap(({ commands }) =>
          commands
            .filter(({ purposes }) => purposes.includes("migration"))
            .map(({ path, line }): Application => ({ path, line, when: "release" })),
        ),
      ...inKubernetes(uses.kubernetes),
      ...inCompose(uses.composeFiles),
      ...inImages,
    ];
    const applied = applications.find(({ when }) => when === "release") ?? applications[0];
    const tool = migrationTool(tree);
    const [hidden] = [...unread, ...uses.startScripts.unread.values()];
    return {
      tool,
      checks: [
        ...uses.ci.jobs.flatMap(({ commands }) =>
          commands.filter(({ purposes }) => purposes.includes("migration-check")),
        ),
        ...steps.filter(({ text }) => LOOKS_FOR_NEW.test(text)),
        ...uses.preCommit.hooks.filter(({ command }) => /makemigrations\b.{0,200}--check|alembic check/.test(command)),
        ...tree.paths
          .filter((path) => TEST_FILE.test(path) && tree.isFirstParty(path))
          .map((path) => ({ path, line: 1 })),
        ...plugins,
      ].map(({ path, line }) => ({ path, line })),
      applied: applied && { ...applied, isRace: applied.when === "start" && isReplicated(uses.kubernetes) },
      mayApply: hidden
        ? `${hidden.path} may apply them, and could not be read: ${hidden.reason}`
        : ownMigration(tool, images),
      tests: tests && { path: tests.path, line: tests.line },
    };
  },
});

/** Alembic is a library as well; a program that starts the service may call either. */
function ownMigration(tool: MigrationTool | undefined, images: readonly Dockerfile[]): string | undefined {
  const startsItself = images.some(({ shipped }) => {
    const text = `${shipped.entrypoint?.text ?? ""} ${shipped.command?.text ?? ""}`;
    return text.trim() !== "" && !SERVES.test(text);
  });
  if (!tool || (tool.name === "Django" && !startsItself)) return undefined;
  return `no command here applies the migrations of ${tool.name}, and the program itself may`;
}

type Job = {
  readonly name: string;
  readonly path: string;
  readonly commands: readonly { readonly purposes: readonly string[] }[];
};

/** A job of tests migrates a database of its own. */
function isRelease({ name, path, commands }: Job): boolean {
  const purposes = commands.flatMap((command) => command.purposes);
  return !purposes.includes("tests") && (purposes.includes("deployment") || RELEASES.test(`${name} ${path}`));
}

function isMigration(line: string): boolean {
  return operationsOf(line.trim().split(/[\s"',[\]]+/)).includes("migration");
}
