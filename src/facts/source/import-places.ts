import type { Module } from "./syntax.ts";

/** Where a file imports modules whole, and where one more can stand. */
export interface ImportPlaces {
  /** Modules that `import x` binds by their own name at the top level. */
  readonly imported: readonly { readonly name: string; readonly line: number }[];
  /** Names that stand for something else than the module of that name. */
  readonly taken: readonly string[];
  /** The lines of the first block of imports; those of `from x import y` have no name. */
  readonly block: readonly { readonly name: string | undefined; readonly line: number }[];
}

/** Reads the imports at the top level of a file. */
export function readImportPlaces({ body }: Module): ImportPlaces {
  const imports = body.flatMap((node) => (node.kind === "Import" || node.kind === "ImportFrom" ? [node] : []));
  const places = imports
    .filter((node) => node.kind === "Import" || node.module !== "__future__")
    .map((node) => ({ name: node.kind === "Import" ? node.names[0]?.name : undefined, line: node.line }));
  const end = places.findIndex(({ line }, index) => index > 0 && line !== (places[index - 1]?.line ?? 0) + 1);
  const bindings = imports.flatMap((node) =>
    node.names.map(({ name, asName }) => {
      const [top = name] = name.split(".", 1);
      const local = asName ?? (node.kind === "Import" ? top : name);
      return { name: local, line: node.line, isModule: node.kind === "Import" && local === top };
    }),
  );
  return {
    imported: bindings.filter(({ isModule }) => isModule).map(({ name, line }) => ({ name, line })),
    taken: bindings.filter(({ isModule }) => !isModule).map(({ name }) => name),
    block: end < 0 ? places : places.slice(0, end),
  };
}
