import { type ASTNode, Environment, type ParseResult } from "@marcbachmann/cel-js";

/** Values of the facts that an expression may look at, all in all. */
const BUDGET = 100_000;
/** Characters of a text that cost as much as one value. */
const TEXT_UNIT = 256;
/** Loops in each other; more is a product that nobody can wait for. */
const MAX_LOOPS = 3;
const LOOPS = new Set(["all", "exists", "exists_one", "map", "filter"]);
/** What an expression may call: nothing that makes long things of short ones, and no pattern that backtracks. */
const FUNCTIONS = new Set([
  ...LOOPS,
  ...["has", "size", "startsWith", "endsWith", "contains", "lowerAscii", "upperAscii", "trim", "indexOf"],
  ...["int", "double", "string", "bool", "hasValue", "value", "orValue", "or"],
]);

/** An expression that cannot be used; the message says why. */
export class ExpressionError extends Error {}

/** An expression that was read and found sound. */
export interface Expression {
  /** The variables that it looks at. */
  readonly uses: readonly string[];
  /** @throws ExpressionError where it fails on these values, or takes too long */
  evaluate(values: Readonly<Record<string, unknown>>): unknown;
}

/**
 * Reads an expression over these variables, with their types.
 * @throws ExpressionError where it cannot be used
 */
export function readExpression(source: string, variables: Readonly<Record<string, string>>): Expression {
  const environment = new Environment({
    enableOptionalTypes: true,
    limits: { maxAstNodes: 300, maxDepth: 30, maxListElements: 50, maxMapEntries: 50, maxCallArguments: 5 },
  });
  for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
  const parsed = attempt(() => environment.parse(source));
  const uses = new Set<string>();
  inspect(parsed.ast, 0, uses);
  const { valid, type, error } = attempt(() => parsed.check());
  if (!valid) throw new ExpressionError(summaryOf(error));
  if (type !== "bool" && type !== "dyn" && !type?.startsWith("list"))
    throw new ExpressionError(`it gives ${type}, and has to give true, false or a list`);
  return {
    uses: Object.keys(variables).filter((name) => uses.has(name)),
    evaluate: (values) => attempt(() => evaluated(parsed, values)),
  };
}

/** Every value that is looked at counts: the same expression over the same values always ends at the same one. */
function evaluated(parsed: ParseResult, values: Readonly<Record<string, unknown>>): unknown {
  let left = BUDGET;
  const spend = (amount: number): void => {
    left -= amount;
    if (left < 0) throw new ExpressionError(`it looks at more than ${BUDGET} values`);
  };
  const metered = (value: unknown): unknown => {
    if (typeof value === "string") spend(value.length / TEXT_UNIT);
    if (typeof value !== "object" || value === null) return value;
    return new Proxy(value, {
      get(target, key) {
        spend(1);
        return metered(Reflect.get(target, key));
      },
      ownKeys(target) {
        const keys = Reflect.ownKeys(target);
        spend(keys.length);
        return keys;
      },
    });
  };
  return parsed(metered(values) as Record<string, unknown>);
}

/** Collects the names that an expression uses, and refuses what it may not call. */
function inspect(node: ASTNode, loops: number, uses: Set<string>): void {
  if (node.op === "id") uses.add(node.args);
  let inside = loops;
  if (node.op === "call" || node.op === "rcall") {
    const [name] = node.args;
    if (!FUNCTIONS.has(name)) throw new ExpressionError(`it calls ${name}, which there is not`);
    if (LOOPS.has(name)) inside++;
    if (inside > MAX_LOOPS) throw new ExpressionError(`it has more than ${MAX_LOOPS} loops in each other`);
  }
  for (const child of childrenOf(node.args)) inspect(child, inside, uses);
}

function childrenOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === "object" && args !== null && "op" in args ? [args as ASTNode] : [];
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ExpressionError ? error : new ExpressionError(summaryOf(error));
  }
}

/** The library draws the place below its first line. */
function summaryOf(error: unknown): string {
  const [first = "it cannot be read"] = (error instanceof Error ? error.message : "").split("\n", 1);
  return first.charAt(0).toLowerCase() + first.slice(1);
}
