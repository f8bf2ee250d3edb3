import type { DataNode } from "../formats/node.ts";
import { contextsOf, evaluated } from "../pipelines/github-contexts.ts";
import { evaluate } from "./condition.ts";
import { type Expression, embeddedIn } from "./expression.ts";
import type { Job, Workflow, Workflows } from "./model.ts";

/** A label that a job may ask for, at the line that names it. */
export interface RunnerLabel {
  readonly text: string;
  readonly line: number;
}

/** What `runs-on` asks for. */
export interface Runners {
  /** Line of the value of `runs-on`. */
  readonly line: number;
  readonly labels: readonly RunnerLabel[];
  /** True for a group of runners, whose kind only the settings tell. */
  readonly isGroup: boolean;
  /** True where some of the labels cannot be known. */
  readonly isComputed: boolean;
}

/** Characters of the scripts that write a matrix. */
const MAX_SCRIPTS = 20_000;
/** The job whose output is taken over as it is. */
const OUTPUT_OF_JOB = /^\$\{\{\s*fromJSON\(\s*needs\.([\w-]+)\.outputs\.[\w-]+\s*\)\s*\}\}$/i;

/** The runners of a job, over all rows of its matrix; undefined for a job that has none of its own. */
export function runnersOf(workflow: Workflow, job: Job, found: Workflows): Runners | undefined {
  const node = job.node.get("runs-on");
  if (!node) return undefined;
  const labels = node.kind === "map" ? node.get("labels") : node;
  const written = writtenLabels(labels, workflow, job);
  if (written) return { line: node.line, labels: written, isGroup: node.has("group"), isComputed: false };
  const known: RunnerLabel[] = [];
  let isComputed = job.matrix?.complete === false && (labels?.texts ?? []).some((text) => text.includes("matrix"));
  for (const label of labels?.listed ?? []) {
    const values = labelsOf(label, workflow, job, found);
    isComputed ||= values === undefined;
    known.push(...(values ?? []));
  }
  const distinct = new Map(known.map((label) => [`${label.text}:${label.line}`, label]));
  return { line: node.line, labels: [...distinct.values()], isGroup: node.has("group"), isComputed };
}

/** The labels that a job before writes into the matrix, where its scripts hold all of them as they are. */
function writtenLabels(
  labels: DataNode | undefined,
  workflow: Workflow,
  { matrix, node }: Job,
): readonly RunnerLabel[] | undefined {
  const [, axis] = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(labels?.text ?? "") ?? [];
  if (axis === undefined || matrix?.complete !== false || matrix.rows.some((row) => row.has(axis))) return undefined;
  const computed = [...(node.get("strategy", "matrix")?.walk() ?? [])].flatMap(({ text = "" }) =>
    text.includes("${{") ? [text] : [],
  );
  const makers = new Set(computed.map((text) => OUTPUT_OF_JOB.exec(text)?.[1]));
  const scripts = workflow.jobs
    .filter(({ id }) => makers.has(id))
    .flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  if (scripts.reduce((sum, { text = "" }) => sum + text.length, 0) > MAX_SCRIPTS) return undefined;
  const named = new RegExp(`["']${axis}["']\\s{0,5}:\\s{0,5}(?:["']([\\w.-]{1,100})["'])?`, "g");
  const found = scripts.flatMap((run) =>
    [...(run.text ?? "").matchAll(named)].map(({ 1: text, index }) => ({ text, line: run.lineAt(index) })),
  );
  const literal = found.flatMap(({ text, line }) => (text === undefined ? [] : [{ text, line }]));
  return makers.has(undefined) || found.length === 0 || literal.length < found.length ? undefined : literal;
}

function labelsOf(node: DataNode, workflow: Workflow, job: Job, found: Workflows): readonly RunnerLabel[] | undefined {
  const { text = "", line } = node;
  if (!text.includes("${{")) return [{ text, line }];
  const [only, ...others] = embeddedIn(text);
  const isWhole = only !== undefined && others.length === 0 && only.end - only.start === text.trim().length;
  if (isWhole && only.expression) {
    const values = byRow(only.expression, job, line) ?? valuesOf(only.expression, job, line);
    if (values) return values;
  }
  const texts = contextsOf(workflow, job, found).map((context) => evaluated(text, context));
  return texts.some((one) => one.includes("${{")) ? undefined : texts.map((one) => ({ text: one, line }));
}

/** The value in each row of the matrix; undefined where one of them depends on more than the row. */
function byRow(expression: Expression, { matrix }: Job, line: number): readonly RunnerLabel[] | undefined {
  // What names an axis alone is at the line of its value.
  if (expression.kind === "context" || !matrix?.complete) return undefined;
  const values = matrix.rows.map((row) =>
    evaluate(expression, ([context, axis = "", ...rest]) => {
      const named = [...row].find(([key]) => key.toLowerCase() === axis)?.[1];
      return context === "matrix" ? (named?.get(...rest)?.text ?? null) : undefined;
    }),
  );
  return values.includes(undefined) ? undefined : values.map((value) => ({ text: String(value ?? ""), line }));
}

/** The values that an expression may have; undefined where one of them cannot be known. */
function valuesOf(expression: Expression, job: Job, line: number): readonly RunnerLabel[] | undefined {
  if (expression.kind === "literal") return [{ text: String(expression.value ?? ""), line }];
  if (expression.kind === "context") return inMatrix(expression.path, job);
  if (expression.kind === "call") return inJson(expression, line);
  const { operator, operands } = expression;
  if (operator !== "||" && operator !== "&&") return undefined;
  // Of `condition && value` the last is the value.
  const chosen = operator === "&&" ? operands.slice(-1) : operands;
  const values = chosen.map((operand) => valuesOf(operand, job, line));
  return values.includes(undefined) ? undefined : values.flatMap((value) => value ?? []);
}

function inMatrix([context, axis = "", ...rest]: readonly string[], job: Job): readonly RunnerLabel[] | undefined {
  if (context !== "matrix" || !job.matrix?.rows.length) return undefined;
  const nodes = job.matrix.rows.flatMap((row) => {
    // Names in expressions are read in small letters.
    const named = [...row].find(([key]) => key.toLowerCase() === axis)?.[1];
    return named?.get(...rest)?.listed ?? [];
  });
  return nodes.some(({ text }) => text?.includes("${{"))
    ? undefined
    : nodes.flatMap(({ text, line }) => (text === undefined ? [] : [{ text, line }]));
}

/** The items of `fromJSON('["self-hosted", "linux"]')`. */
function inJson(
  { name, arguments: given }: Extract<Expression, { kind: "call" }>,
  line: number,
): readonly RunnerLabel[] | undefined {
  const [json] = given;
  if (name !== "fromjson" || json?.kind !== "literal") return undefined;
  try {
    const parsed: unknown = JSON.parse(String(json.value));
    const items = Array.isArray(parsed) ? parsed : [parsed];
    return items.flatMap((item) => (typeof item === "string" ? [{ text: item, line }] : []));
  } catch {
    return undefined;
  }
}
