import type { Expression, Module } from "../syntax.ts";
import type { Scope } from "../walk.ts";
import { bindingsOf } from "./bindings.ts";

/** What a name is bound to where it is used, as far as it is written in this file; anything else is itself. */
export function valuesOf(node: Expression, scope: Scope, module: Module): readonly Expression[] {
  if (node.kind !== "Name") return [node];
  for (const definition of [...scope.definitions].reverse()) {
    if (definition.kind !== "FunctionDef") continue;
    const { values, parameters } = bindingsOf(definition);
    const bound = values.get(node.id);
    if (bound) return bound.filter((value) => value !== null);
    if (parameters.has(node.id)) return [node];
  }
  return (
    bindingsOf(module.body)
      .values.get(node.id)
      ?.filter((value) => value !== null) ?? [node]
  );
}

/** True for a text that is put together here of parts: an f-string, `%`, `+`, `.format`, `.join`. */
export function isComposed(node: Expression): boolean {
  if (node.kind === "JoinedStr") return node.values.some(({ kind }) => kind !== "Constant");
  if (node.kind === "BinOp") return node.op === "%" || node.op === "+";
  return node.kind === "Call" && node.func.kind === "Attribute" && /^(format|join)$/.test(node.func.attr);
}
