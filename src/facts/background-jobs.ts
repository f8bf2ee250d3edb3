import type { UnreadFile } from "./fact.ts";
import { functions } from "./functions.ts";
import { kubernetes } from "./kubernetes.ts";
import { readJobs } from "./source/jobs.ts";
import { defineSourceFact } from "./source/source-fact.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

/** A DAG, a flow or a function, and whether somebody hears of its failure or the failed event is kept. */
export interface Unit extends Place {
  readonly name: string;
  readonly isHandled: boolean;
}

export interface BackgroundJobs {
  readonly pipelines: readonly Unit[];
  /** The first task of each module that defines some. */
  readonly tasks: readonly Place[];
  /** Jobs that the cluster starts, and whether they have an end and a number of tries. */
  readonly cronJobs: readonly (Place & { readonly isBounded: boolean })[];
  /** Functions that no caller waits for. */
  readonly functions: readonly Unit[];
  /** What tells a person of a failed job, whichever. */
  readonly alert: (Place & { readonly by: string }) | undefined;
  readonly retry: Place | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Work that nobody waits for, and what becomes of it when it fails. */
export const backgroundJobs = defineSourceFact({
  uses: { kubernetes, functions },
  extract: readJobs,
  combine: ({ files, unread, tree, uses }): BackgroundJobs => {
    const placed = (kind: "task" | "pipeline") =>
      files.flatMap(({ path, parsed }) =>
        parsed.jobs.filter((job) => job.kind === kind).map(({ line }) => ({ path, line, parsed })),
      );
    const alerts = files.flatMap(({ path, parsed }) => (parsed.alerts ? [{ path, ...parsed.alerts, parsed }] : []));
    const isShared = alerts.some(({ parsed }) => parsed.jobs.length === 0);
    return {
      pipelines: placed("pipeline").map(({ path, line, parsed }) => ({
        path,
        line,
        name: "this pipeline",
        isHandled: parsed.alerts !== undefined || (parsed.sharesDefaults && isShared),
      })),
      tasks: placed("task").map(({ path, line }) => ({ path, line })),
      cronJobs: uses.kubernetes.workloads
        .filter(({ kind, path }) => kind === "CronJob" && tree.has(path))
        .map(({ path, line, spec }) => {
          const job = spec.get("jobTemplate", "spec");
          return { path, line, isBounded: job?.has("activeDeadlineSeconds") || job?.has("backoffLimit") || false };
        }),
      functions: uses.functions.declared.flatMap(({ path, line, name, handlesFailure }) =>
        handlesFailure === undefined || !tree.has(path) ? [] : [{ path, line, name, isHandled: handlesFailure }],
      ),
      alert: alerts.map(({ path, line, by }) => ({ path, line, by }))[0],
      retry: files.flatMap(({ path, parsed: { retries } }) =>
        retries === undefined ? [] : [{ path, line: retries }],
      )[0],
      unread,
    };
  },
});
