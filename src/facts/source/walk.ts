import type { Call, ClassDef, Expression, FunctionDef, Module, Parameter, Statement, Try } from "./syntax.ts";

/** What a statement stands in, from the module inwards. */
export interface Scope {
  readonly function: FunctionDef | undefined;
  readonly class: ClassDef | undefined;
  /** The functions and classes around it, outermost first. */
  readonly definitions: readonly (FunctionDef | ClassDef)[];
  /** What must hold, or must not, for it to run, outermost first. */
  readonly conditions: readonly { readonly test: Expression; readonly holds: boolean }[];
  /** The `try` statements whose body it is in, outermost first. */
  readonly tries: readonly Try[];
  /** True in the body of an `except`. */
  readonly isHandler: boolean;
}

export interface Placed<Node> {
  readonly node: Node;
  readonly scope: Scope;
}

const MODULE: Scope = {
  function: undefined,
  class: undefined,
  definitions: [],
  conditions: [],
  tries: [],
  isHandler: false,
};

const knownStatements = new WeakMap<Module, readonly PlacedStatement[]>();
const knownCalls = new WeakMap<Module, readonly Placed<Call>[]>();

/** A statement, and every expression that it holds itself, listed once for all that ask. */
export class PlacedStatement implements Placed<Statement> {
  readonly node: Statement;
  readonly scope: Scope;
  #expressions: readonly Expression[] | undefined;
  #calls: readonly Call[] | undefined;

  constructor(node: Statement, scope: Scope) {
    this.node = node;
    this.scope = scope;
  }

  /** Each with all that is inside it, outermost first. */
  get expressions(): readonly Expression[] {
    this.#expressions ??= allWithin(expressionsOf(this.node));
    return this.#expressions;
  }

  /** The calls among them, which are all that most extractors look at. */
  get calls(): readonly Call[] {
    this.#calls ??= this.expressions.filter((one) => one.kind === "Call");
    return this.#calls;
  }
}

/** Every statement, those inside others after the ones they are in; found once for all that ask. */
export function statementsOf(module: Module): readonly PlacedStatement[] {
  const statements = knownStatements.get(module) ?? statementsIn(module.body);
  knownStatements.set(module, statements);
  return statements;
}

/** Every statement below these, whatever it is nested in. */
export function statementsIn(body: readonly Statement[], scope: Scope = MODULE): readonly PlacedStatement[] {
  const found: PlacedStatement[] = [];
  const visit = (nodes: readonly Statement[], around: Scope): void => {
    for (const node of nodes) {
      found.push(new PlacedStatement(node, around));
      for (const [inner, innerScope] of blocksOf(node, around)) visit(inner, innerScope);
    }
  };
  visit(body, scope);
  return found;
}

/** The blocks of a statement, each with the scope that holds in it. */
function blocksOf(node: Statement, scope: Scope): readonly (readonly [readonly Statement[], Scope])[] {
  const when = (test: Expression, holds: boolean): Scope => ({
    ...scope,
    conditions: [...scope.conditions, { test, holds }],
  });
  switch (node.kind) {
    case "FunctionDef":
      return [
        [node.body, { ...MODULE, function: node, class: scope.class, definitions: [...scope.definitions, node] }],
      ];
    case "ClassDef":
      return [
        [
          node.body,
          { ...MODULE, class: node, definitions: [...scope.definitions, node], conditions: scope.conditions },
        ],
      ];
    case "If":
      return [
        [node.body, when(node.test, true)],
        [node.orelse, when(node.test, false)],
      ];
    case "While":
      return [
        [node.body, when(node.test, true)],
        [node.orelse, scope],
      ];
    case "For":
      return [
        [node.body, scope],
        [node.orelse, scope],
      ];
    case "With":
      return [[node.body, scope]];
    case "Try": {
      const inHandler = { ...scope, isHandler: true };
      return [
        [node.body, { ...scope, tries: [...scope.tries, node] }],
        ...node.handlers.map(({ body }) => [body, inHandler] as const),
        [node.orelse, scope],
        [node.finalbody, scope],
      ];
    }
    case "Match":
      return node.cases.map((body) => [body, scope] as const);
    default:
      return NONE;
  }
}

const NONE: readonly never[] = [];

/** The expressions that a statement itself holds, not those of the statements in its blocks. */
export function expressionsOf(node: Statement): readonly Expression[] {
  switch (node.kind) {
    case "FunctionDef":
      return [...node.decorators, ...parametersOf(node.args), ...present(node.returns)];
    case "ClassDef":
      return [...node.decorators, ...node.bases, ...node.keywords.map(({ value }) => value)];
    case "Assign":
      return [...node.targets, ...present(node.annotation), ...present(node.value)];
    case "If":
    case "While":
      return [node.test];
    case "For":
      return [node.target, node.iter];
    case "With":
      return node.items.flatMap(({ context, target }) => [context, ...present(target)]);
    case "Try":
      return node.handlers.flatMap(({ type }) => present(type));
    case "Match":
      return [node.subject];
    case "Import":
    case "ImportFrom":
      return [];
    default:
      return node.values;
  }
}

/** The expressions right inside another. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "Name":
    case "Constant":
      return [];
    case "Attribute":
      return [node.value];
    case "JoinedStr":
      return node.values;
    case "Call":
      return [node.func, ...node.args, ...node.keywords.map(({ value }) => value)];
    case "Subscript":
      return [node.value, node.slice];
    case "List":
    case "Tuple":
    case "Set":
      return node.elts;
    case "Dict":
      return node.items.flatMap(({ key, value }) => [...present(key), value]);
    case "UnaryOp":
      return [node.operand];
    case "BinOp":
    case "BoolOp":
      return [node.left, node.right];
    case "Compare":
      return [node.left, ...node.comparators];
    case "IfExp":
      return [node.test, node.body, node.orelse];
    case "Lambda":
      return [...parametersOf(node.args), node.body];
    case "Comprehension":
      return [node.elt, ...present(node.value), ...node.clauses];
    case "Other":
      return node.parts;
    default:
      return [...present(node.target), ...present(node.value)];
  }
}

/** An expression and all that is inside it, outermost first. */
export function within(node: Expression): readonly Expression[] {
  return allWithin([node]);
}

function allWithin(expressions: readonly Expression[]): readonly Expression[] {
  const all: Expression[] = [];
  for (const expression of expressions) {
    // Without recursion, because sums and chains nest deeply.
    const waiting = [expression];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      all.push(next);
      // Most are one of these.
      if (next.kind === "Name" || next.kind === "Constant") continue;
      if (next.kind === "Attribute") {
        waiting.push(next.value);
        continue;
      }
      const children = childrenOf(next);
      for (let index = children.length - 1; index >= 0; index--) waiting.push(children[index] as Expression);
    }
  }
  return all;
}

/** Every call of a module, with where it stands; found once for all that ask. */
export function callsOf(module: Module): readonly Placed<Call>[] {
  const calls =
    knownCalls.get(module) ??
    statementsOf(module).flatMap(({ scope, calls: own }) => own.map((node) => ({ node, scope })));
  knownCalls.set(module, calls);
  return calls;
}

function parametersOf(parameters: readonly Parameter[]): readonly Expression[] {
  return parameters.flatMap((parameter) => [...present(parameter.annotation), ...present(parameter.default)]);
}

function present(node: Expression | null): readonly Expression[] {
  return node ? [node] : [];
}
