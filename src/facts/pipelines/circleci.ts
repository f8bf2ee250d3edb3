import type { DataNode } from "../formats/node.ts";
import type { JobScript, PipelineJob } from "./model.ts";
import { pipelineJob, scriptsOf } from "./scripts.ts";

/** Commands that call commands, and the steps that all jobs may come to by them. */
const MAX_DEPTH = 5;
const MAX_STEPS = 20_000;

interface Run {
  /** Of the job, or of an orb's. */
  readonly name: string;
  readonly options: DataNode | undefined;
  readonly line: number;
  /** True for a workflow on a schedule. */
  readonly scheduled: boolean;
}

/** CircleCI builds every branch, unless the workflow filters the job to some. */
export function circleJobs(path: string, data: DataNode): readonly PipelineJob[] {
  const runs = (data.get("workflows")?.entries ?? []).flatMap(({ value }) =>
    (value.get("jobs")?.items ?? []).map((item): Run => {
      const [entry] = item.entries;
      const name = item.text ?? entry?.key ?? "";
      return { name, options: entry?.value, line: item.line, scheduled: value.has("triggers") };
    }),
  );
  const runsByName = Map.groupBy(runs, ({ name }) => name);
  const budget = { steps: MAX_STEPS };
  const jobs = data.get("jobs");
  const own = (jobs?.entries ?? []).flatMap(({ key, value, line }): readonly PipelineJob[] => {
    const mine = runsByName.get(key) ?? [];
    // A job that no workflow names never runs.
    if (runs.length > 0 && mine.length === 0) return [];
    const scripts = stepsOf(value.get("steps"), data, mine[0]?.options, value, budget);
    return [{ ...pipelineJob(path, key, line, scripts, isFiltered(mine) ? "no" : "yes"), manual: isManual(mine) }];
  });
  const orbs = runs
    .filter(({ name, options }) => !jobs?.has(name) && options?.get("type")?.text !== "approval")
    .map((run) => ({
      ...pipelineJob(path, run.name, run.line, [], isFiltered([run]) ? "no" : "yes"),
      elsewhere: { reason: `${run.name} is a job of an orb`, name: run.name },
    }));
  const continued = data.get("setup")?.boolean === true;
  const setup = continued
    ? [
        {
          ...pipelineJob(path, "setup", 1, [], "yes"),
          elsewhere: { reason: `${path} computes the pipeline`, name: "" },
        },
      ]
    : [];
  return [...own, ...orbs, ...setup];
}

function isFiltered(runs: readonly Run[]): boolean {
  return (
    runs.length > 0 &&
    runs.every(
      ({ options, scheduled }) =>
        scheduled ||
        isFewBranches(options?.get("filters", "branches", "only")) ||
        options?.get("filters", "branches", "ignore")?.texts.includes("/.*/") === true,
    )
  );
}

/** A filter that lets only some branches through; `.*` lets all. */
function isFewBranches(only: DataNode | undefined): boolean {
  return only !== undefined && !only.texts.some((pattern) => /^\/\^?\.\*\$?\/$/.test(pattern));
}

function isManual(runs: readonly Run[]): boolean {
  return runs.some(({ options }) => options?.get("type")?.text === "approval");
}

/** The scripts of steps and of the commands that they call, with the parameters that the call gives. */
function stepsOf(
  steps: DataNode | undefined,
  data: DataNode,
  given: DataNode | undefined,
  definition: DataNode | undefined,
  budget: { steps: number },
  depth = 0,
): readonly JobScript[] {
  return (steps?.items ?? []).flatMap((step): readonly JobScript[] => {
    if (budget.steps-- <= 0) return [];
    const run = step.get("run");
    if (run) {
      const scripts = scriptsOf(run.kind === "map" ? run.get("command") : run, run.get("name")?.text);
      return scripts.map((script) => ({ ...script, text: withParameters(script.text, given, definition) }));
    }
    const name = step.text ?? step.entries[0]?.key ?? "";
    if (name === "when" || name === "unless")
      return stepsOf(step.get(name, "steps"), data, given, definition, budget, depth + 1);
    const called = depth < MAX_DEPTH ? data.get("commands", name) : undefined;
    return called ? stepsOf(called.get("steps"), data, step.get(name), called, budget, depth + 1) : [];
  });
}

/** `<< parameters.name >>` with what the call gives, else the default. */
function withParameters(text: string, given: DataNode | undefined, definition: DataNode | undefined): string {
  return text.replace(/<<\s*parameters\.([\w-]+)\s*>>/g, (whole, name: string) => {
    const value = given?.get(name)?.text ?? definition?.get("parameters", name, "default")?.text;
    // What nobody gives is computed, like a variable.
    return value ?? `\${${whole.replace(/\W+/g, "_")}}`;
  });
}
