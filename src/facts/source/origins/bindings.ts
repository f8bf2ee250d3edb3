import type { Expression, FunctionDef, Parameter, Statement } from "../syntax.ts";
import { expressionsOf, within } from "../walk.ts";

/** What the names of one function, or of a module's own level, are bound to. */
export interface Bindings {
  /** Every value that a name is given; null where it is taken apart, caught or deleted. */
  readonly values: ReadonlyMap<string, readonly (Expression | null)[]>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Names that are asked to be `in` something: what passes is one of a list. */
  readonly checked: ReadonlySet<string>;
}

const known = new WeakMap<FunctionDef | readonly Statement[], Bindings>();

/** The names of a function, without those of functions inside it. */
export function bindingsOf(scope: FunctionDef | readonly Statement[]): Bindings {
  const bindings = known.get(scope) ?? collected(scope);
  known.set(scope, bindings);
  return bindings;
}

function collected(scope: FunctionDef | readonly Statement[]): Bindings {
  const values = new Map<string, (Expression | null)[]>();
  const checked = new Set<string>();
  const bind = (target: Expression, value: Expression | null): void => {
    if (target.kind === "Name") values.set(target.id, [...(values.get(target.id) ?? []), value].slice(-MAX_VALUES));
    else if (target.kind === "Starred" && target.value) bind(target.value, value);
    else if (target.kind === "Tuple" || target.kind === "List")
      for (const [index, element] of target.elts.entries()) bind(element, elementOf(value, index));
  };
  for (const node of ownStatements("kind" in scope ? scope.body : scope)) {
    if (node.kind === "Assign") for (const target of node.targets) bind(target, node.value);
    if (node.kind === "For") bind(node.target, itemOf(node.iter));
    if (node.kind === "With") for (const { context, target } of node.items) if (target) bind(target, context);
    for (const inner of expressionsOf(node).flatMap(within)) {
      if (inner.kind === "NamedExpr" && inner.target) bind(inner.target, inner.value);
      if (inner.kind === "Compare" && inner.left.kind === "Name" && /^(not )?in$/.test(inner.ops[0] ?? ""))
        checked.add(inner.left.id);
    }
  }
  const parameters = new Map("kind" in scope ? scope.args.map((parameter) => [parameter.name, parameter]) : []);
  return { values, parameters, checked };
}

/** Values of one name that are looked at: a file may be hostile. */
const MAX_VALUES = 20;

/** The value that lands at one place of a tuple of targets; of what is not written out, all of it. */
function elementOf(value: Expression | null, index: number): Expression | null {
  if (value?.kind === "Tuple" || value?.kind === "List") return value.elts[index] ?? null;
  return value;
}

/** Something that is one of what is iterated over. */
function itemOf(iter: Expression): Expression {
  return iter.kind === "Dict"
    ? { kind: "Tuple", line: iter.line, elts: iter.items.flatMap(({ key }) => (key ? [key] : [])) }
    : iter;
}

function* ownStatements(body: readonly Statement[]): Generator<Statement> {
  for (const node of body) {
    yield node;
    if (node.kind === "FunctionDef" || node.kind === "ClassDef") continue;
    if ("body" in node) yield* ownStatements(node.body);
    if ("orelse" in node) yield* ownStatements(node.orelse);
    if (node.kind === "Try") {
      for (const handler of node.handlers) yield* ownStatements(handler.body);
      yield* ownStatements(node.finalbody);
    }
    if (node.kind === "Match") for (const block of node.cases) yield* ownStatements(block);
  }
}
