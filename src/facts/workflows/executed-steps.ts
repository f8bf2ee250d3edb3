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

/** The steps of a job in order, each followed by the steps of the local composite action that it uses. */
export function executedSteps(workflow: Workflow, job: Job, found: Workflows): readonly ExecutedStep[] {
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
  return found.actions.find(({ folder }) => folder === reference.path);
}

/** The jobs of this repository's workflows that call this one. */
export function callersOf(
  called: Workflow,
  found: Workflows,
): readonly { readonly workflow: Workflow; readonly job: Job }[] {
  return found.files.flatMap((workflow) =>
    workflow.jobs
      .filter(({ uses }) => uses?.kind === "local" && uses.path === called.path)
      .map((job) => ({ workflow, job })),
  );
}
