import { type CiJob, ci } from "./ci.ts";
import { defineFact } from "./fact.ts";
import { preCommit } from "./pre-commit.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

/** What looks at the code without running it, before a merge. */
export interface StaticChecks {
  /** Where CI, or hooks that it or pre-commit.ci runs, lint. */
  readonly lint: Place | undefined;
  /** Where they check types. */
  readonly types: Place | undefined;
  /** A hook at the root that lints and that no file says anybody runs: pre-commit.ci needs no file to do so. */
  readonly idle: Place | undefined;
  /** The configuration that a check would be added to. */
  readonly home: string | undefined;
  /** True where there is CI, or pre-commit.ci. */
  readonly hasCi: boolean;
}

const LINTERS = /ruff|flake8|pylint|black|pycodestyle|pyflakes/;
const TYPE_CHECKERS = /mypy|pyright|pyrefly|pytype|\bty\b/;
/** A workflow for changes, by its name. */
const FOR_CHANGES = /(^|[^a-z])(ci|tests?|checks?|lint)([^a-z]|$)/i;

/** The linters and type checkers that run on pull requests. */
export const staticChecks = defineFact({
  spans: "repository",
  uses: { ci, preCommit },
  combine: ({ uses: { ci: found, preCommit: configured } }): StaticChecks => {
    const { hooks, hosted } = configured;
    const before = found.jobs.filter(({ manual, onPullRequests }) => !manual && onPullRequests !== "no");
    const commands = before.flatMap((job) => job.commands);
    const runsHooks = commands.some(({ words: [program = ""] }) => program === "pre-commit" || program === "prek");
    const hook = (matches: RegExp, among: typeof hooks): Place | undefined =>
      among.find(({ id, command }) => matches.test(id) || matches.test(command));
    // Hooks that CI or pre-commit.ci runs count for whatever they hold.
    const find = (purpose: "lint" | "types", matches: RegExp): Place | undefined =>
      commands.find(({ purposes }) => purposes.includes(purpose)) ??
      hook(matches, runsHooks ? hooks : (hosted?.hooks ?? []));
    const idle = hosted ? undefined : hook(LINTERS, hooks);
    return {
      lint: find("lint", LINTERS),
      types: find("types", TYPE_CHECKERS),
      idle: idle?.path.includes("/") ? undefined : idle,
      home: homeAmong(before) ?? found.systems[0]?.path,
      hasCi: found.systems.length > 0 || hosted !== undefined,
    };
  },
});

function homeAmong(jobs: readonly CiJob[]): string | undefined {
  const tests = jobs.find(({ commands }) => commands.some(({ purposes }) => purposes.includes("tests")));
  return (tests ?? jobs.find(({ path }) => FOR_CHANGES.test(path)) ?? jobs[0])?.path;
}
