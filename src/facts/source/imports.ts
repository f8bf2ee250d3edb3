import type { Module, Try } from "./syntax.ts";
import { type Scope, statementsOf } from "./walk.ts";

/** One module that a file imports. */
export interface ImportedModule {
  /** As Python finds it: `django.conf`; of `from a import b` it is `a.b`. Relative imports are left out. */
  readonly name: string;
  readonly line: number;
  /** True where the product runs without it: guarded by `except ImportError`, or for type checkers only. */
  readonly isOptional: boolean;
}

/** What a file imports from elsewhere, wherever in it. */
export function readImports(module: Module): readonly ImportedModule[] {
  return [...statementsOf(module)].flatMap(({ node, scope }) => {
    const isOptional = isGuarded(scope);
    if (node.kind === "Import") return node.names.map(({ name }) => ({ name, line: node.line, isOptional }));
    if (node.kind !== "ImportFrom" || node.level > 0) return [];
    return node.names.map(({ name }) => ({
      name: name === "*" ? node.module : `${node.module}.${name}`,
      line: node.line,
      isOptional,
    }));
  });
}

function isGuarded({ tries, conditions, isHandler }: Scope): boolean {
  const isForTypes = conditions.some(({ test }) => /^(typing\.)?TYPE_CHECKING$/.test(nameOf(test)));
  return isForTypes || isHandler || tries.some(catchesImportError);
}

function nameOf(test: Scope["conditions"][number]["test"]): string {
  if (test.kind === "Name") return test.id;
  return test.kind === "Attribute" ? test.attr : "";
}

function catchesImportError({ handlers }: Try): boolean {
  return handlers.some(({ type }) => {
    const types = type?.kind === "Tuple" ? type.elts : type ? [type] : [];
    return (
      type === null ||
      types.some((one) => one.kind === "Name" && /^(ImportError|ModuleNotFoundError|Exception)$/.test(one.id))
    );
  });
}
