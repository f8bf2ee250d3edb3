import { textOf } from "../literals.ts";
import { calledName, type Names, qualifiedName } from "../names.ts";
import type { Expression, Parameter, Statement } from "../syntax.ts";
import { statementsIn, within } from "../walk.ts";

/** Every text inside an expression. */
export function stringsIn(node: Expression): readonly string[] {
  return [...within(node)].flatMap((one) => textOf(one) ?? []);
}

/** Every expression in the statements of a body, however deep. */
export function expressionsBelow(body: readonly Statement[]): readonly Expression[] {
  return statementsIn(body).flatMap(({ expressions }) => expressions);
}

/** The full name of a decorator, called or not. */
export function nameOfDecorator(node: Expression, names: Names): string | undefined {
  return node.kind === "Call" ? calledName(node, names) : qualifiedName(node, names);
}

/** What is asked for in `Depends(...)`, `Security(...)`, `Provide(...)`, wherever in these expressions. */
export function dependenciesIn(nodes: readonly Expression[], names: Names): readonly string[] {
  return nodes.flatMap((node) =>
    [...within(node)].flatMap((one) => {
      if (one.kind !== "Call" || !/(^|\.)(Depends|Security|Provide)$/.test(calledName(one, names) ?? "")) return [];
      const [asked] = one.args;
      return asked ? (nameOfDecorator(asked, names) ?? []) : [];
    }),
  );
}

/** The dependencies of a function's parameters; an annotation's name stands for what it is an alias of. */
export function dependenciesOf(parameters: readonly Parameter[], names: Names): readonly string[] {
  return parameters.flatMap(({ annotation, default: given }) => {
    const nodes = [annotation, given].flatMap((node) => node ?? []);
    const alias =
      annotation?.kind === "Name" || annotation?.kind === "Attribute" ? qualifiedName(annotation, names) : undefined;
    return [...dependenciesIn(nodes, names), ...(alias !== undefined ? [alias] : [])];
  });
}

/** The texts of a literal list, in capitals: `methods=["get"]`. */
export function methodsOf(node: Expression | undefined): readonly string[] | undefined {
  if (!node) return undefined;
  const texts = stringsIn(node).map((text) => text.toUpperCase());
  return texts.length > 0 ? texts : undefined;
}
