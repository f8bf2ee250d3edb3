import type { DataNode } from "../formats/node.ts";
import { callersOf, type Scope } from "./executed-steps.ts";
import type { Step, Workflow, Workflows } from "./model.ts";
import { sourcesIn } from "./text-sources.ts";
import { eventsWithUntrusted } from "./untrusted-contexts.ts";

/** Where a text that a script takes in comes from, if from outside. */
export interface Origin {
  /** `event`: chosen by whoever causes the event; `input`: typed in by a person who starts the workflow. */
  readonly kind: "event" | "input";
  readonly source: string;
  /** For an event's text the events that have it. */
  readonly events: readonly string[];
}

/** A step, and where it runs. */
interface Place {
  readonly step: Step | undefined;
  readonly scope: Scope;
}

/** Settings that one text is followed through in a row, and in all; calls of one workflow. */
const MAX_DEPTH = 10;
const MAX_FOLLOWED = 200;
const MAX_CALLS = 50;
/** Texts of one setting that are looked through; aliases can make them many. */
const MAX_TEXTS = 2000;
/** Rows of a matrix that are looked through: GitHub runs 256 jobs of one. */
const MAX_ROWS = 256;
/** Types of input that leave no choice of text. */
const CLOSED_TYPES = new Set(["choice", "boolean", "number", "environment"]);

/** The origins of one context, followed through `env`, `inputs`, `matrix` and the outputs of jobs. */
export function originsOf(
  source: string,
  place: Place,
  found: Workflows,
  seen: Set<DataNode> = new Set(),
  depth = 0,
): readonly Origin[] {
  const [root, name, ...rest] = source.split(".");
  const through = (node: DataNode | undefined, at: Place): readonly Origin[] => {
    if (!node || seen.has(node) || seen.size >= MAX_FOLLOWED || depth >= MAX_DEPTH) return [];
    seen.add(node);
    return textsOf(node).flatMap((text) =>
      sourcesIn(text).flatMap((inner) => originsOf(inner.source, at, found, seen, depth + 1)),
    );
  };
  const { scope } = place;

  if (root === "env") return envOrigins(name, place, through);
  if (root === "inputs" || (root === "github" && name === "event" && rest[0] === "inputs")) {
    const input = root === "inputs" ? name : rest[1];
    if (root === "inputs" && scope.call) {
      const { action, step, within } = scope.call;
      const given = valueAt(step.with, input);
      const fallback = action.inputs.find((one) => one.name.toLowerCase() === input)?.default;
      return through(given ?? fallback, { step, scope: within });
    }
    return inputOrigins(input, scope.workflow, found, through, seen);
  }
  if (root === "matrix") return matrixValues(scope, name).flatMap((node) => through(node, { step: undefined, scope }));
  if (root === "needs" && rest[0] === "outputs") {
    const job = scope.workflow.jobs.find(({ id }) => id.toLowerCase() === name);
    if (!job) return [];
    return through(valueAt(job.node.get("outputs"), rest[1]), {
      step: undefined,
      scope: { workflow: scope.workflow, job, call: undefined },
    });
  }
  const events = eventsWithUntrusted(source);
  return events ? [{ kind: "event", source, events }] : [];
}

type Through = (node: DataNode | undefined, at: Place) => readonly Origin[];

/** The nearest `env` decides: the step's, those of the steps that called it, the job's, the workflow's. */
function envOrigins(name: string | undefined, { step, scope }: Place, through: Through): readonly Origin[] {
  for (let at: Place | undefined = { step, scope }; at; at = outer(at)) {
    const value = valueAt(at.step?.env, name);
    if (value) return through(value, at);
  }
  const { workflow, job } = scope;
  const outermost = { step: undefined, scope: { workflow, job, call: undefined } };
  return through(valueAt(job.env, name) ?? valueAt(workflow.env, name), outermost);
}

function outer({ scope: { call } }: Place): Place | undefined {
  return call && { step: call.step, scope: call.within };
}

/** An input of a workflow: typed in where it is started by hand, given by the caller where it is called. */
function inputOrigins(
  input: string | undefined,
  workflow: Workflow,
  found: Workflows,
  through: Through,
  seen: ReadonlySet<DataNode>,
): readonly Origin[] {
  const declared = workflow.triggers.get("workflow_dispatch")?.options?.get("inputs");
  const typed = (declared?.entries ?? []).filter(
    ({ key, value }) =>
      (input === undefined || input === "*" || key.toLowerCase() === input) &&
      !CLOSED_TYPES.has(value.get("type")?.text?.toLowerCase() ?? "string"),
  );
  const called: Origin[] = [];
  for (const caller of callersOf(workflow, found).slice(0, MAX_CALLS)) {
    if (seen.size >= MAX_FOLLOWED) break;
    const given = valueAt(caller.job.with, input);
    called.push(...through(given, { step: undefined, scope: { ...caller, call: undefined } }));
  }
  return [...typed.map(({ key }): Origin => ({ kind: "input", source: `inputs.${key}`, events: [] })), ...called];
}

/** All that one name of the matrix can be. */
function matrixValues({ job }: Scope, name: string | undefined): readonly DataNode[] {
  const matrix = job.node.get("strategy", "matrix");
  if (matrix?.kind === "scalar") return [matrix];
  const included = matrix?.get("include");
  const rows =
    included?.kind === "scalar"
      ? [included]
      : (included?.items.slice(0, MAX_ROWS).map((row) => valueAt(row, name)) ?? []);
  return [valueAt(matrix, name), ...rows].filter((node) => node !== undefined);
}

/** The value of a key, whatever the case of its letters; the whole map where the name is computed. */
function valueAt(map: DataNode | undefined, name: string | undefined): DataNode | undefined {
  if (name === undefined || name === "*") return map;
  return map && keysInLowerCase(map).get(name);
}

const lowered = new WeakMap<DataNode, ReadonlyMap<string, DataNode>>();

/** The first of the keys that differ in case alone. */
function keysInLowerCase(map: DataNode): ReadonlyMap<string, DataNode> {
  const keys =
    lowered.get(map) ?? new Map(map.entries.toReversed().map(({ key, value }) => [key.toLowerCase(), value]));
  lowered.set(map, keys);
  return keys;
}

function textsOf(node: DataNode): readonly string[] {
  return node
    .walk()
    .take(MAX_TEXTS)
    .toArray()
    .flatMap(({ text }) => (text === undefined ? [] : [text]));
}
