import { assignmentsOf } from "../commands/variables.ts";
import type { DataNode } from "../formats/node.ts";
import type { JobScript, PipelineJob } from "./model.ts";
import { pipelineJob, scriptsOf } from "./scripts.ts";

/** Rows that are told apart, and scripts over all of them. */
const MAX_ROWS = 50;
const MAX_SCRIPTS = 5000;
/** Scripts whose failure fails the build. */
const PHASES = ["before_script", "script"];

/** Travis runs the script of the file, or a job's own, once for each row of `env`. */
export function travisJobs(path: string, data: DataNode): readonly PipelineJob[] {
  const included = ["jobs", "matrix"].flatMap((key) => data.get(key, "include")?.items ?? []);
  const scripts = [data, ...included].flatMap((job) => PHASES.flatMap((phase) => scriptsOf(job.get(phase))));
  const environments = [data, ...included].flatMap((job) => environmentsOf(job.get("env")));
  const rows = environments.length > 0 ? environments : [undefined];
  const most = Math.min(MAX_ROWS, Math.max(1, Math.floor(MAX_SCRIPTS / Math.max(1, scripts.length))));
  const expanded = rows.slice(0, most).flatMap((text) => {
    const variables = assignmentsOf((text ?? "").split(/\s+/), new Map());
    return scripts.map((script): JobScript => ({ ...script, variables }));
  });
  return [pipelineJob(path, "travis", 1, expanded, "yes", data.lineOfKey("script") ?? 1)];
}

function environmentsOf(env: DataNode | undefined): readonly string[] {
  const nodes =
    env?.kind === "map"
      ? [...(env.get("matrix")?.listed ?? []), ...(env.get("jobs")?.listed ?? [])]
      : (env?.listed ?? []);
  return nodes.flatMap(({ text }) => text ?? []);
}
