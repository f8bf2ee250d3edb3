import { calledName, dottedName, type Names } from "../names.ts";
import { bindingsOf } from "../origins/bindings.ts";
import type { Expression, Module } from "../syntax.ts";
import { type Placed, type Scope, statementsOf } from "../walk.ts";

/** The sessions of `requests` that a file makes, by the names that they go by. */
export interface Sessions {
  /** True for a plain session: one whose requests wait for ever unless each says how long. */
  isPlain(name: string, scope: Scope): boolean;
}

const SESSION = /^requests\.(Session|session)$/;

/** Finds sessions; one that is given an adapter or another `request` of its own may have a time-out. */
export function sessionsOf(module: Module, names: Names): Sessions {
  const changed = new Set<string>();
  const attributes = new Map<string, boolean>();
  for (const { node } of statementsOf(module)) for (const name of changedBy(node)) changed.add(name);
  for (const { node } of statementsOf(module))
    if (node.kind === "Assign" && node.value)
      for (const target of node.targets) {
        const name = dottedName(target);
        if (!name?.includes(".")) continue;
        // What is a session in one place only is not known in another.
        attributes.set(name, isSession(node.value, names) && attributes.get(name) !== false);
      }
  return {
    isPlain: (name, scope) => {
      if (changed.has(name)) return false;
      if (name.includes(".")) return attributes.get(name) === true;
      const bindings = [...scope.definitions]
        .reverse()
        .filter((one) => one.kind === "FunctionDef")
        .map(bindingsOf);
      const nearest = [...bindings, bindingsOf(module.body)].find(
        ({ values, parameters }) => values.has(name) || parameters.has(name),
      );
      const values = nearest?.values.get(name) ?? [];
      return (
        !nearest?.parameters.has(name) && values.length > 0 && values.every((value) => value && isSession(value, names))
      );
    },
  };
}

function isSession(value: Expression, names: Names): boolean {
  return SESSION.test(calledName(value, names) ?? "");
}

/** Names that are mounted an adapter, or whose methods are replaced. */
function changedBy(node: Placed<Module["body"][number]>["node"]): readonly string[] {
  if (node.kind === "Expr") {
    const [call] = node.values;
    const name = call?.kind === "Call" ? (dottedName(call.func) ?? "") : "";
    return name.endsWith(".mount") ? [name.slice(0, -".mount".length)] : [];
  }
  if (node.kind !== "Assign") return [];
  return node.targets.flatMap((target) => {
    const name = dottedName(target) ?? "";
    return /\.(request|send|get|post|put|patch|delete|timeout)$/.test(name)
      ? [name.slice(0, name.lastIndexOf("."))]
      : [];
  });
}
