import type { Attribute, Call, Expression, Module } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** What the names of a module stand for, by its imports: `sp` for `subprocess`, `run` for `subprocess.run`. */
export interface Names extends ReadonlyMap<string, string> {
  /** Full names of attributes that were asked for, because many ask for the same. */
  readonly qualified: Map<Attribute, string>;
}

class ImportedNames extends Map<string, string> implements Names {
  readonly qualified = new Map<Attribute, string>();
}

const known = new WeakMap<Module, Names>();

/** The imported names of a module, wherever they are imported; the first of a name holds. */
export function namesOf(module: Module): Names {
  const names = known.get(module) ?? collected(module);
  known.set(module, names);
  return names;
}

function collected(module: Module): Names {
  const names = new ImportedNames();
  const add = (local: string, full: string): void => {
    if (!names.has(local)) names.set(local, full);
  };
  for (const { node } of statementsOf(module)) {
    if (node.kind === "Import")
      for (const { name, asName } of node.names) {
        // `import a.b` binds `a`.
        const [top = name] = name.split(".");
        add(asName ?? top, asName ? name : top);
      }
    if (node.kind === "ImportFrom")
      for (const { name, asName } of node.names)
        add(asName ?? name, `${".".repeat(node.level)}${node.module}${node.module ? "." : ""}${name}`);
  }
  return names;
}

/** `a.b.c` as written; undefined for anything but names and attributes. */
export function dottedName(node: Expression): string | undefined {
  if (node.kind === "Name") return node.id;
  if (node.kind !== "Attribute") return undefined;
  const value = dottedName(node.value);
  return value === undefined ? undefined : `${value}.${node.attr}`;
}

/** The full name of what an expression names, through the module's imports: `sp.run` is `subprocess.run`. */
export function qualifiedName(node: Expression, names: Names): string | undefined {
  if (node.kind === "Name") return names.get(node.id) ?? node.id;
  // Most expressions are asked by many, and are not names.
  if (node.kind !== "Attribute") return undefined;
  const known = names.qualified.get(node);
  if (known !== undefined) return known;
  const value = qualifiedName(node.value, names);
  if (value === undefined) return undefined;
  const name = `${value}.${node.attr}`;
  names.qualified.set(node, name);
  return name;
}

/** The full name of what is called. */
export function calledName(node: Expression, names: Names): string | undefined {
  return node.kind === "Call" ? qualifiedName(node.func, names) : undefined;
}

/** The argument of a call by its name, or by its place where it has one. */
export function argumentOf({ args, keywords }: Call, name: string, place?: number): Expression | undefined {
  const keyword = keywords.find(({ arg }) => arg === name);
  if (keyword) return keyword.value;
  // What a `*args` before it holds is not known.
  if (place === undefined || args.slice(0, place + 1).some(({ kind }) => kind === "Starred")) return undefined;
  return args[place];
}

/** True where a call is given `**mapping`: which of its keywords are set is not known. */
export function hasUnknownKeywords({ keywords }: Call): boolean {
  return keywords.some(({ arg }) => arg === null);
}
