import type { DataNode } from "../formats/node.ts";
import { callersOf, executedSteps, type Scope } from "../workflows/executed-steps.ts";
import type { Job, Workflow, Workflows } from "../workflows/model.ts";
import { minorOf } from "./in-files.ts";

/** A version that CI runs on, where it is written. */
export interface WrittenVersion {
  readonly minor: string;
  readonly line: number;
  /** True for a number: YAML reads `3.10` as 3.1. */
  readonly isNumber: boolean;
}

/** What a job says of the interpreters that it runs on. */
export interface VersionsOfJob {
  readonly versions: readonly WrittenVersion[];
  /** Files that an action takes the version from. */
  readonly files: readonly string[];
  /** True where it builds and tests wheels for every version that the package allows. */
  readonly coversAll: boolean;
  /** The line of an expression that nobody can resolve from the file. */
  readonly computedLine: number | undefined;
}

const VERSION_INPUT = /^python[-_]?versions?$/i;
const IN_SCRIPT =
  /(?:\buv\s+python\s+install|--python|--py|\s-p)[= ]((?:\s*["']?v?3\.\d+["']?)+)|\bpython[:=@]?(3\.\d+)\b|\bpy(3\d{1,2})(?!\d)|-(3\.\d{1,2})(?![\d.])/g;
const MAY_NAME_VERSION = /py|version|tox|env|session|include/i;
/** Inputs that lead to inputs, and variables that lead to variables. */
const MAX_DEPTH = 10;
const SETS_UP_PYTHON = /^(actions\/setup-python|astral-sh\/setup-uv)@/i;
const WHEELS = /^(pypa\/cibuildwheel|PyO3\/maturin-action)@/i;

/** The versions that a job sets up, lists in its matrix, or names in its commands. */
export function versionsOfJob(workflow: Workflow, job: Job, found: Workflows): VersionsOfJob {
  const versions: WrittenVersion[] = [];
  let computedLine: number | undefined;
  const isCalled = callersOf(workflow, found).length > 0;
  const take = (given: DataNode, within: Scope): void => {
    const { node, context, scope } = originOf(given, within, job);
    // The matrix and the inputs of those who call are read where they stand.
    if (context === "matrix" || (context === "inputs" && !scope.call && isCalled)) return;
    if (node?.text?.includes("${{")) computedLine ??= node.line;
    else versions.push(...versionsIn(node));
  };
  const steps = executedSteps(workflow, job, found);
  for (const { step, scope } of steps) {
    for (const { key, value } of step.with?.entries ?? []) if (VERSION_INPUT.test(key)) take(value, scope);
    versions.push(...inScript(step.run));
  }
  for (const { value } of job.with?.entries ?? []) versions.push(...versionsIn(value));
  const image = job.node.get("container", "image") ?? job.node.get("container");
  versions.push(...inScript(image?.kind === "scalar" && /python/.test(image.text ?? "") ? image : undefined));
  const matrix = inMatrix(job);
  if (job.matrix && computesVersions(job)) computedLine ??= job.matrix.line;
  if (job.uses?.kind === "remote" && versions.length === 0) computedLine ??= job.uses.line;
  return {
    versions: [...versions, ...matrix, ...versionsIn(variable(workflow, job, "UV_PYTHON"))],
    files: [
      ...steps.flatMap(({ step }) => step.with?.get("python-version-file")?.text ?? []),
      ...(steps.some(({ step }) => /^astral-sh\/setup-uv@/.test(step.uses?.text ?? "")) ? [".python-version"] : []),
      ...valuesOf(job).flatMap(({ node }) => /^[\w./-]+\.ya?ml$/.exec(node.text ?? "")?.[0] ?? []),
    ],
    coversAll: steps.some(({ step }) => WHEELS.test(step.uses?.text ?? "")),
    computedLine,
  };
}

const EXPRESSION = /^\s*\$\{\{\s*(\w+)\.([\w.-]+)\s*\}\}\s*$/;

/** Where a value comes from, through variables and the inputs of composite actions. */
function originOf(
  given: DataNode,
  within: Scope,
  job: Job,
): { readonly node: DataNode | undefined; readonly context: string | undefined; readonly scope: Scope } {
  let node: DataNode | undefined = given;
  let scope = within;
  let maker = job;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const [, context, name = ""] = EXPRESSION.exec(node?.text ?? "") ?? [];
    const output = outputOf(context, name, scope.workflow, maker);
    if (output) {
      ({ node, job: maker } = output);
      continue;
    }
    const isLast = context !== "env" && (context !== "inputs" || (!scope.call && !defaultOf(scope.workflow, name)));
    if (isLast) return { node, context, scope };
    if (context === "env") node = variable(scope.workflow, job, name);
    else [node, scope] = inputOf(name, scope);
  }
  return { node, context: undefined, scope };
}

/** What the output of an earlier job is, and which version a step set up that says so. */
function outputOf(
  context: string | undefined,
  name: string,
  { jobs }: Workflow,
  job: Job,
): { readonly node: DataNode; readonly job: Job } | undefined {
  const [, id, output = ""] = /^([\w-]+)\.outputs\.([\w-]+)$/.exec(name) ?? [];
  if (context === "needs") {
    const needed = jobs.find((one) => one.id === id);
    const node = needed?.node.get("outputs", output);
    return needed && node && { node, job: needed };
  }
  const step = context === "steps" && output === "python-version" ? job.steps.find((one) => one.id === id) : undefined;
  const node = SETS_UP_PYTHON.test(step?.uses?.text ?? "") ? step?.with?.get("python-version") : undefined;
  return node && { node, job };
}

/** What an input of a composite action, or of a workflow that nobody here calls, is given or defaults to. */
function inputOf(name: string, scope: Scope): [DataNode | undefined, Scope] {
  if (!scope.call) return [defaultOf(scope.workflow, name), scope];
  const { action, step, within } = scope.call;
  const given = step.with?.get(name);
  return [given ?? action.inputs.find((input) => input.name === name)?.default, given ? within : scope];
}

function defaultOf({ triggers }: Workflow, name: string): DataNode | undefined {
  const inputs = ["workflow_call", "workflow_dispatch"].map((event) => triggers.get(event)?.options);
  return inputs.map((options) => options?.get("inputs", name, "default")).find(Boolean);
}

function variable({ env }: Workflow, job: Job, name: string): DataNode | undefined {
  return job.env?.get(name) ?? env?.get(name) ?? job.steps.map((step) => step.env?.get(name)).find(Boolean);
}

/** A literal: one version, or several by white space, commas or as JSON. */
function versionsIn(node: DataNode | undefined): readonly WrittenVersion[] {
  if (!node) return [];
  const words = (node.text ?? "").split(/[\s,[\]"']+/).filter(Boolean);
  return words.flatMap((word) => {
    const minor = minorOf(word) ?? minorOfName(word);
    return minor ? [{ minor, line: node.line, isNumber: !node.isQuoted && /^3\.\d*0$/.test(node.text ?? "") }] : [];
  });
}

/** Every value of the matrix that names a version: by its key, or as `py313-django52`. */
function inMatrix(job: Job): readonly WrittenVersion[] {
  const found = new Map<string, WrittenVersion>();
  for (const { key, node } of valuesOf(job)) {
    const isNamed = /py/i.test(key) || minorOfName(node.text ?? "") !== undefined;
    for (const one of isNamed ? versionsIn(node) : []) found.set(`${one.minor}:${one.line}`, one);
  }
  return [...found.values()];
}

/** True where all of the matrix is computed, or an axis that may name versions. */
function computesVersions({ matrix, node }: Job): boolean {
  const axes = node.get("strategy", "matrix");
  const computed = (axes?.entries ?? []).filter(({ value }) => value.kind === "scalar");
  return (
    matrix?.complete === false && (axes?.kind === "scalar" || computed.some(({ key }) => MAY_NAME_VERSION.test(key)))
  );
}

function valuesOf({ matrix }: Job): readonly { readonly key: string; readonly node: DataNode }[] {
  return (matrix?.rows ?? []).flatMap((row) =>
    [...row].flatMap(([key, value]) =>
      value.kind === "map"
        ? value.entries.map((entry) => ({ key: entry.key, node: entry.value }))
        : [{ key, node: value }],
    ),
  );
}

function inScript(run: DataNode | undefined): readonly WrittenVersion[] {
  const text = run?.text ?? "";
  return [...text.matchAll(IN_SCRIPT)].flatMap((match) => {
    const [, listed, python, compact, suffix] = match;
    const minors = listed
      ? (listed.match(/3\.\d+/g) ?? [])
      : [python ?? suffix ?? (compact ? `3.${compact.slice(1)}` : "")];
    return minors.filter(Boolean).map((minor) => ({ minor, line: run?.lineAt(match.index) ?? 1, isNumber: false }));
  });
}

/** `py313`, `py3.13`, `python3.13`, `cp313-manylinux`. */
function minorOfName(word: string): string | undefined {
  const [, dotted, compact] = /^(?:[\w]*-)?(?:py|python|cp)-?(?:(3\.\d+)|3(\d{1,2}))(?!\d)/.exec(word) ?? [];
  return dotted ?? (compact ? `3.${compact}` : undefined);
}
