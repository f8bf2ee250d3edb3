import { dottedName } from "./names.ts";
import type { FunctionDef, Module } from "./syntax.ts";
import { type Scope, statementsOf } from "./walk.ts";

/** How far the public functions of a module tell their types. */
export interface Annotations {
  readonly functions: number;
  readonly annotated: number;
  /** The first whose types are not told. */
  readonly first: { readonly name: string; readonly line: number; readonly lacks: "parameters" | "return" } | undefined;
}

/** Counts functions and methods that other modules may call, and those that tell the type of all they take and give. */
export function readAnnotations(module: Module): Annotations {
  const open = [...statementsOf(module)].flatMap(({ node, scope }) =>
    node.kind === "FunctionDef" && isPublic(node, scope) ? [{ node, lacks: lackingIn(node, scope) }] : [],
  );
  const [first] = open.flatMap(({ node, lacks }) => (lacks ? [{ name: node.name, line: node.line, lacks }] : []));
  return { functions: open.length, annotated: open.filter(({ lacks }) => lacks === undefined).length, first };
}

/** Special methods have the types that the language gives them; overloads only repeat a function that follows. */
function isPublic({ name, decorators }: FunctionDef, { definitions }: Scope): boolean {
  const isHidden = name.startsWith("_") || definitions.some((one) => one.kind === "FunctionDef" || /^_/.test(one.name));
  return !isHidden && !decorators.some((one) => /(^|\.)overload$/.test(dottedName(one) ?? ""));
}

function lackingIn(node: FunctionDef, scope: Scope): "parameters" | "return" | undefined {
  const isStatic = node.decorators.some((one) => dottedName(one) === "staticmethod");
  const bound = scope.class !== undefined && !isStatic ? 1 : 0;
  const own = node.args.slice(bound).filter(({ kind }) => kind === "plain");
  if (own.some(({ annotation }) => annotation === null)) return "parameters";
  return node.returns === null ? "return" : undefined;
}
