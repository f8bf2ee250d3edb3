import type { DataNode } from "../formats/node.ts";
import { type Expression, embeddedIn, parseExpression } from "./expression.ts";

/** A value as far as it can be known without running; undefined is not known. */
export type Value = string | number | boolean | null | undefined;

/** What is known of a context of which only comparisons are known: whether it equals this. */
export type Comparison = (other: Value) => boolean | undefined;

/** What is assumed of a context, given its segments in lower case. */
export type Assumptions = (path: readonly string[]) => Value | Comparison;

/**
 * Whether an `if:` can hold: true, false, or undefined where that is not known. Without a condition
 * it holds. Text around `${{ }}` makes it a string that is not empty, which GitHub takes for true.
 */
export function conditionHolds(condition: DataNode | undefined, assumptions: Assumptions): boolean | undefined {
  const text = condition?.text;
  if (text === undefined) return true;
  const expression = parsed.has(condition as DataNode) ? parsed.get(condition as DataNode) : expressionOf(text);
  parsed.set(condition as DataNode, expression);
  const value = expression && evaluate(expression, assumptions);
  return value === undefined ? undefined : Boolean(value);
}

/** Expressions that were read: a condition is asked for every event. */
const parsed = new WeakMap<DataNode, Expression | undefined>();

function expressionOf(text: string): Expression | undefined {
  const embedded = embeddedIn(text);
  const [only] = embedded;
  if (embedded.length === 0) return parseExpression(text);
  const isWhole = embedded.length === 1 && only?.start === 0 && only.end === text.length;
  return isWhole ? only?.expression : { kind: "literal", value: true };
}

/** True where the condition asks for a job or step to run although what it needs was skipped or failed. */
export function runsRegardless(condition: DataNode | undefined): boolean {
  return /\b(always|failure|cancelled)\s*\(/i.test(condition?.text ?? "");
}

/** What an expression comes to, as far as that can be known. */
export function evaluate(expression: Expression, assumptions: Assumptions): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "context": {
      const assumed = assumptions(expression.path);
      return typeof assumed === "function" ? undefined : assumed;
    }
    case "call":
      return evaluateCall(expression, assumptions);
    case "operation":
      return evaluateOperation(expression, assumptions);
  }
}

function evaluateCall(
  { name, arguments: given }: Extract<Expression, { kind: "call" }>,
  assumptions: Assumptions,
): Value {
  const [first, second] = given;
  if (name === "always" || name === "success") return true;
  if (!first || !second) return undefined;
  if (name === "format" && given.length === 2) return formatted(first, second, assumptions);
  if (name === "contains") return contains(first, second, assumptions);
  if (name !== "startswith" && name !== "endswith") return undefined;
  const text = evaluate(first, assumptions);
  const part = evaluate(second, assumptions);
  if (text === undefined || part === undefined) return undefined;
  const [whole, wanted] = [String(text ?? "").toLowerCase(), String(part ?? "").toLowerCase()];
  return name === "startswith" ? whole.startsWith(wanted) : whole.endsWith(wanted);
}

/** `format('{0}-latest', matrix.os)`. */
function formatted(template: Expression, value: Expression, assumptions: Assumptions): string | undefined {
  const [text, given] = [evaluate(template, assumptions), evaluate(value, assumptions)];
  if (text === undefined || given === undefined) return undefined;
  return String(text ?? "").replaceAll("{0}", () => String(given ?? ""));
}

function contains(within: Expression, part: Expression, assumptions: Assumptions): boolean | undefined {
  const list = literalList(within);
  if (list) return any(list.map((value) => equal({ kind: "literal", value }, part, assumptions)));
  const comparison = comparisonOf(within, assumptions);
  const wanted = evaluate(part, assumptions);
  if (comparison) return comparison(wanted);
  const text = evaluate(within, assumptions);
  if (text === undefined || wanted === undefined) return undefined;
  return String(text ?? "")
    .toLowerCase()
    .includes(String(wanted ?? "").toLowerCase());
}

/** The items of `fromJSON('["a", "b"]')`; undefined for anything else. */
function literalList(expression: Expression): readonly (string | number | boolean | null)[] | undefined {
  const [json] = expression.kind === "call" && expression.name === "fromjson" ? expression.arguments : [];
  if (json?.kind !== "literal") return undefined;
  try {
    const parsed: unknown = JSON.parse(String(json.value));
    return Array.isArray(parsed) ? parsed.filter((item) => typeof item !== "object" || item === null) : undefined;
  } catch {
    return undefined;
  }
}

function evaluateOperation(operation: Extract<Expression, { kind: "operation" }>, assumptions: Assumptions): Value {
  const { operator, operands } = operation;
  const [left, right] = operands;
  if (!left) return undefined;
  if (operator === "!") return not(evaluate(left, assumptions));
  if ((operator === "==" || operator === "!=") && right) {
    const same = equal(left, right, assumptions);
    return operator === "==" ? same : not(same);
  }
  const values = operands.map((operand) => evaluate(operand, assumptions));
  if (operator === "&&") {
    if (values.some((value) => value !== undefined && !value)) return false;
    return values.includes(undefined) ? undefined : values.at(-1);
  }
  if (operator !== "||") return undefined;
  return values.find((value) => value === undefined || value) ?? (values.includes(undefined) ? undefined : false);
}

function equal(left: Expression, right: Expression, assumptions: Assumptions): boolean | undefined {
  const ofLeft = comparisonOf(left, assumptions);
  if (ofLeft) return ofLeft(evaluate(right, assumptions));
  const ofRight = comparisonOf(right, assumptions);
  const a = evaluate(left, assumptions);
  if (ofRight) return ofRight(a);
  const b = evaluate(right, assumptions);
  if (a === undefined || b === undefined) return undefined;
  // GitHub compares texts without regard to case.
  if (typeof a === "string" && typeof b === "string") return a.toLowerCase() === b.toLowerCase();
  return typeof a === typeof b ? a === b : Number(a ?? 0) === Number(b ?? 0);
}

function comparisonOf(expression: Expression, assumptions: Assumptions): Comparison | undefined {
  const assumed = expression.kind === "context" ? assumptions(expression.path) : undefined;
  return typeof assumed === "function" ? assumed : undefined;
}

function not(value: Value): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function any(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}
