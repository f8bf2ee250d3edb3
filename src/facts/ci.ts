import { type ResolvedCommand, resolveScript, type UnresolvedCommand } from "./commands/resolve.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { githubJobs } from "./pipelines/github-jobs.ts";
import type { CiSystem, PipelineJob } from "./pipelines/model.ts";
import { readPipeline, systemOf } from "./pipelines/read-pipeline.ts";
import { targetFiles } from "./target-files.ts";
import { workflows } from "./workflows.ts";

/** A job with what it runs in the end. */
export interface CiJob extends Omit<PipelineJob, "scripts"> {
  readonly system: CiSystem;
  readonly commands: readonly ResolvedCommand[];
  readonly unresolved: readonly UnresolvedCommand[];
}

export interface Ci {
  /** Configuration files by system; for GitHub Actions the first workflow. */
  readonly systems: readonly { readonly system: CiSystem; readonly path: string }[];
  readonly jobs: readonly CiJob[];
  /** Configurations that could not be read. */
  readonly unread: readonly UnreadFile[];
}

/** Continuous integration over all systems: which jobs there are, when they run, and what they run in the end. */
export const ci = defineFact({
  spans: "repository",
  uses: { workflows, targetFiles },
  reads: (path, tree) => systemOf(path) !== undefined && tree.isFirstParty(path),
  parse: ({ path, text }): readonly PipelineJob[] => readPipeline(path, text),
  combine: ({ files, unread, tree, repository, uses }): Ci => {
    const resolve = (system: CiSystem, { scripts, ...job }: PipelineJob): CiJob => {
      const resolutions = scripts.map((script) => {
        const { commands, unresolved } = resolveScript(
          { ...script, path: script.path ?? job.path, folder: script.folder ?? "" },
          uses.targetFiles,
        );
        const { masked } = script;
        return {
          unresolved,
          commands: masked
            ? commands.map((command) => ({ ...command, masked: masked.by, path: job.path, line: masked.line }))
            : commands,
        };
      });
      const elsewhere = job.elsewhere ? [{ reason: job.elsewhere, path: job.path, line: job.line }] : [];
      return {
        system,
        ...job,
        commands: resolutions.flatMap(({ commands }) => commands),
        unresolved: [...resolutions.flatMap(({ unresolved }) => unresolved), ...elsewhere],
      };
    };
    const others = tree.paths.flatMap((path) => {
      const system = tree.isFirstParty(path) ? systemOf(path) : undefined;
      return system ? [{ system, path }] : [];
    });
    const [github] = [...uses.workflows.files, ...uses.workflows.unread];
    const branch = repository.defaultBranch ?? "main";
    return {
      systems: [...(github ? [{ system: "GitHub Actions" as const, path: github.path }] : []), ...others],
      jobs: [
        ...githubJobs(uses.workflows, branch).map((job) => resolve("GitHub Actions", job)),
        ...files.flatMap(({ path, parsed }) => parsed.map((job) => resolve(systemOf(path) as CiSystem, job))),
      ],
      unread: [...uses.workflows.unread, ...unread],
    };
  },
});
