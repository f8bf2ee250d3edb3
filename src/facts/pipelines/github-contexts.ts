import type { DataNode } from "../formats/node.ts";
import { callersOf, type Scope } from "../workflows/executed-steps.ts";
import type { Job, Workflow, Workflows } from "../workflows/model.ts";

/** Values of one run of a job: a row of its matrix, and what its workflow or action was called with. */
export interface Context {
  readonly row: ReadonlyMap<string, DataNode>;
  readonly inputs: ReadonlyMap<string, string>;
}

/** Runs that are told apart: more make no difference to what is found. */
const MAX_CONTEXTS = 60;
const MAX_CALLS = 4;
/** Inputs of a workflow, and variables of one map, that are put in. */
const MAX_INPUTS = 200;
const EXPRESSION = /\$\{\{\s*(matrix|inputs)(?:\.([\w.-]+)|\[\s*'([\w.-]+)'\s*\])\s*\}\}/g;

/** Every run of a job: the rows of its matrix, by each call of its workflow. */
export function contextsOf(workflow: Workflow, job: Job, found: Workflows, depth = 0): readonly Context[] {
  const calls = inputsOf(workflow, found, depth);
  const rows = job.matrix?.rows.length ? job.matrix.rows : [new Map<string, DataNode>()];
  return calls.flatMap((inputs) => rows.map((row) => ({ row, inputs }))).slice(0, MAX_CONTEXTS);
}

type Inputs = readonly ReadonlyMap<string, string>[];

const known = new WeakMap<Workflows, Map<string, Inputs>>();

/** What a reusable workflow is called with, once for each call; every job of it asks. */
function inputsOf(workflow: Workflow, found: Workflows, depth: number): Inputs {
  const ofWorkflows = known.get(found) ?? new Map<string, Inputs>();
  known.set(found, ofWorkflows);
  const key = `${depth} ${workflow.path}`;
  const inputs = ofWorkflows.get(key) ?? inputsGiven(workflow, found, depth);
  ofWorkflows.set(key, inputs);
  return inputs;
}

/** The inputs of every call; the defaults where nobody here calls it. */
function inputsGiven(workflow: Workflow, found: Workflows, depth: number): Inputs {
  const declared = ["workflow_call", "workflow_dispatch"].flatMap(
    (event) => workflow.triggers.get(event)?.options?.get("inputs")?.entries ?? [],
  );
  const defaults = new Map(
    declared.slice(0, MAX_INPUTS).flatMap(({ key, value }) => {
      const text = value.get("default")?.text;
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
  if (!workflow.isReusable || depth >= MAX_CALLS) return [defaults];
  const calls: ReadonlyMap<string, string>[] = [];
  for (const caller of callersOf(workflow, found)) {
    if (calls.length >= MAX_CONTEXTS) break;
    for (const context of contextsOf(caller.workflow, caller.job, found, depth + 1))
      calls.push(new Map([...defaults, ...givenBy(caller.job.with, context)]));
  }
  return calls.length > 0 ? calls.slice(0, MAX_CONTEXTS) : [defaults];
}

function givenBy(given: DataNode | undefined, context: Context): readonly (readonly [string, string])[] {
  return (given?.entries ?? [])
    .slice(0, MAX_INPUTS)
    .map(({ key, value }) => [key, evaluated(value.text ?? "", context)]);
}

/** The context within the composite action that a step belongs to. */
export function contextWithin({ call }: Scope, outer: Context): Context {
  if (!call) return outer;
  const around = contextWithin(call.within, outer);
  const defaults = call.action.inputs
    .slice(0, MAX_INPUTS)
    .flatMap(({ name, default: value }) => (value?.text === undefined ? [] : [[name, value.text] as const]));
  return { ...around, inputs: new Map([...defaults, ...givenBy(call.step.with, around)]) };
}

/** A text with the values of matrix and inputs put in; what is computed in other ways stays as it is. */
export function evaluated(text: string, { row, inputs }: Context): string {
  if (!text.includes("${{")) return text;
  return text.replace(EXPRESSION, (whole, kind: string, dotted?: string, indexed?: string) => {
    const name = dotted ?? indexed ?? "";
    if (kind === "inputs") return inputs.get(name) ?? whole;
    const [axis = "", ...rest] = name.split(".");
    const value = row.get(axis)?.get(...rest);
    // A row that does not have the key gives an empty text.
    return value === undefined && row.size > 0 ? "" : (value?.text ?? whole);
  });
}

/** A map of texts, as `env` is; it may itself be a value of the matrix. */
export function evaluatedMap(node: DataNode | undefined, context: Context): readonly (readonly [string, string])[] {
  const axis = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(node?.text ?? "")?.[1];
  const map = axis === undefined ? node : context.row.get(axis);
  return (map?.entries ?? [])
    .slice(0, MAX_INPUTS)
    .flatMap(({ key, value }) => (value.text === undefined ? [] : [[key, evaluated(value.text, context)] as const]));
}
