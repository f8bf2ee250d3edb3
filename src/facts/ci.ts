import type { Budget } from "./commands/budget.ts";
import type { ResolvedCommand, UnresolvedCommand } from "./commands/model.ts";
import type { Purpose } from "./commands/purpose.ts";
import { resolveScript } from "./commands/resolve.ts";
import { possibleFor } from "./commands/suggestion.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { githubJobs } from "./pipelines/github-jobs.ts";
import type { CiSystem, PipelineJob } from "./pipelines/model.ts";
import { readPipeline } from "./pipelines/read-pipeline.ts";
import { systemOf } from "./pipelines/systems.ts";
import { type TargetFiles, targetFiles } from "./target-files.ts";
import { workflows } from "./workflows.ts";

/** A job with what it runs in the end. */
export interface CiJob extends Omit<PipelineJob, "scripts" | "elsewhere" | "hasCode"> {
  readonly system: CiSystem;
  readonly commands: readonly ResolvedCommand[];
  /** What nobody can follow, with what it may well do. */
  readonly unresolved: readonly UnresolvedCommand[];
  /** True for a job that commits what it changes: its linters mend, they do not judge. */
  readonly commits: boolean;
}

export interface Ci {
  /** Configuration files by system; for GitHub Actions the first workflow. */
  readonly systems: readonly { readonly system: CiSystem; readonly path: string }[];
  readonly jobs: readonly CiJob[];
  /** Configurations that could not be read. */
  readonly unread: readonly UnreadFile[];
  /** A command, of jobs that run by themselves, that nobody can follow and whose name most suggests one of these purposes. */
  readonly mayHide: (
    purposes: readonly Purpose[],
    options?: { readonly beforeMerge: boolean },
  ) => UnresolvedCommand | undefined;
}

/** Commands that are looked at over all jobs; what large repositories run in CI is a tenth of it. */
const MAX_COMMANDS = 200_000;

/** Continuous integration over all systems: which jobs there are, when they run, and what they run in the end. */
export const ci = defineFact({
  spans: "repository",
  uses: { workflows, targetFiles },
  reads: (path, tree) => systemOf(path) !== undefined && tree.isFirstParty(path),
  parse: ({ path, text }): readonly PipelineJob[] => readPipeline(path, text),
  combine: ({ files, unread, tree, repository, uses }): Ci => {
    const others = tree.paths.flatMap((path) => {
      const system = tree.isFirstParty(path) ? systemOf(path) : undefined;
      return system ? [{ system, path }] : [];
    });
    const [github] = [...uses.workflows.files, ...uses.workflows.unread];
    const budget = { left: MAX_COMMANDS };
    const jobs = [
      ...githubJobs(uses.workflows, repository.defaultBranch ?? undefined).map((job) =>
        resolved("GitHub Actions", job, uses.targetFiles, budget),
      ),
      ...files.flatMap(({ path, parsed }) =>
        parsed.map((job) => resolved(systemOf(path) as CiSystem, job, uses.targetFiles, budget)),
      ),
    ];
    return {
      systems: [...(github ? [{ system: "GitHub Actions" as const, path: github.path }] : []), ...others],
      jobs,
      unread: [...uses.workflows.unread, ...unread],
      mayHide: (purposes, { beforeMerge } = { beforeMerge: false }) =>
        jobs
          .filter(({ manual, onPullRequests }) => !manual && !(beforeMerge && onPullRequests === "no"))
          .flatMap(({ unresolved }) => unresolved)
          .filter(({ possible }) => possible.some((one) => purposes.includes(one)))
          .sort((a, b) => a.possible.length - b.possible.length)[0],
    };
  },
});

function resolved(
  system: CiSystem,
  { scripts, elsewhere, hasCode, ...job }: PipelineJob,
  sources: TargetFiles,
  budget: Budget,
): CiJob {
  const resolutions = scripts.map((script) =>
    resolveScript({ ...script, path: script.path ?? job.path, folder: script.folder ?? "" }, sources, budget),
  );
  const hidden = elsewhere
    ? [{ reason: elsewhere.reason, possible: possibleFor(elsewhere.name), path: job.path, line: job.line }]
    : [];
  return {
    system,
    ...job,
    commands: resolutions.flatMap(({ commands }) => commands),
    unresolved: hasCode === false ? [] : [...resolutions.flatMap(({ unresolved }) => unresolved), ...hidden],
    commits: scripts.some(({ text }) => /\bgit\s+(commit|push)\b/.test(text)),
  };
}
