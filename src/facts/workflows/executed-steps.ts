import type { DataNode } from "../formats/node.ts";
import type { ActionReference, Job, LocalAction, Step, Workflow, Workflows } from "./model.ts";

/** Where a step runs: in a job, and there within the composite actions that led to it. */
export interface Scope {
  readonly workflow: Workflow;
  readonly job: Job;
  /** The step that called the composite action which the step belongs to. */
  readonly call: { readonly action: LocalAction; readonly step: Step; readonly within: Scope } | undefined;
}

/** A step as a job comes to it. */
export interface ExecutedStep {
  /** The file that the step stands in. */
  readonly path: string;
  readonly step: Step;
  readonly scope: Scope;
  /** Its own condition and those of the steps that called it. */
  readonly conditions: readonly DataNode[];
}

/** GitHub's limits of nesting, and more steps than any job has. */
const MAX_DEPTH = 10;
const MAX_STEPS = 2000;

/** What was found once: many facts ask for the same steps. */
const known = new WeakMap<Workflows, WeakMap<Job, readonly ExecutedStep[]>>();

/** The steps of a job in order, each followed by the steps of the local composite action that it uses. */
export function executedSteps(workflow: Workflow, job: Job, found: Workflows): readonly ExecutedStep[] {
  const ofJobs = known.get(found) ?? new WeakMap<Job, readonly ExecutedStep[]>();
  known.set(found, ofJobs);
  const executed = ofJobs.get(job) ?? followed(workflow, job, found);
  ofJobs.set(job, executed);
  return executed;
}

function followed(workflow: Workflow, job: Job, found: Workflows): readonly ExecutedStep[] {
  const executed: ExecutedStep[] = [];
  const visit = (
    path: string,
    steps: readonly Step[],
    scope: Scope,
    outer: readonly DataNode[],
    depth: number,
  ): void => {
    for (const step of steps) {
      if (executed.length >= MAX_STEPS) return;
      const conditions = step.if ? [...outer, step.if] : outer;
      executed.push({ path, step, scope, conditions });
      const action = localActionOf(step.uses, found);
      if (action && depth < MAX_DEPTH) {
        visit(action.path, action.steps, { ...scope, call: { action, step, within: scope } }, conditions, depth + 1);
      }
    }
  };
  visit(workflow.path, job.steps, { workflow, job, call: undefined }, [], 0);
  return executed;
}

/** The action of this repository that a `uses:` names; undefined where it names another, or none that was read. */
function localActionOf(reference: ActionReference | undefined, found: Workflows): LocalAction | undefined {
  if (reference?.kind !== "local") return undefined;
  const byFolder = actions.get(found) ?? new Map(found.actions.toReversed().map((action) => [action.folder, action]));
  actions.set(found, byFolder);
  return byFolder.get(reference.path);
}

const actions = new WeakMap<Workflows, ReadonlyMap<string, LocalAction>>();

/** A job that calls a workflow. */
export interface Caller {
  readonly workflow: Workflow;
  readonly job: Job;
}

const callers = new WeakMap<Workflows, ReadonlyMap<string, readonly Caller[]>>();

/** The jobs of this repository's workflows that call this one. */
export function callersOf(called: Workflow, found: Workflows): readonly Caller[] {
  const byPath = callers.get(found) ?? callersByPath(found);
  callers.set(found, byPath);
  return byPath.get(called.path) ?? [];
}

function callersByPath(found: Workflows): ReadonlyMap<string, readonly Caller[]> {
  const calls = found.files.flatMap((workflow) =>
    workflow.jobs.flatMap((job) => (job.uses?.kind === "local" ? [{ path: job.uses.path, workflow, job }] : [])),
  );
  return Map.groupBy(calls, ({ path }) => path);
}
