import type { UnreadFile } from "./fact.ts";
import { type ImportedModule, readImports } from "./source/imports.ts";
import { defineSourceFact } from "./source/source-fact.ts";

export interface SourceImports {
  /** What the product imports from elsewhere, by file and line. */
  readonly all: readonly (ImportedModule & { readonly path: string })[];
  /** Imports of these modules or of what lies below them: `boto3`, `google.cloud.storage`. */
  of(...modules: readonly string[]): readonly (ImportedModule & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
}

/** Which modules the product's own source imports: what is used, whatever the manifests say. */
export const sourceImports = defineSourceFact({
  extract: readImports,
  combine: ({ files, unread }): SourceImports => {
    const all = files.flatMap(({ path, parsed }) => parsed.map((imported) => ({ path, ...imported })));
    const byPackage = Map.groupBy(all.entries(), ([, { name }]) => packageOf(name));
    return {
      all,
      of: (...modules) =>
        [...new Set(modules.map(packageOf))]
          .flatMap((name) => byPackage.get(name) ?? [])
          .sort(([a], [b]) => a - b)
          .map(([, imported]) => imported)
          .filter(({ name }) => modules.some((module) => name === module || name.startsWith(`${module}.`))),
      unread,
    };
  },
});

/** The top-level package of a module: what is looked up by name need not be looked for among all. */
function packageOf(module: string): string {
  return module.split(".", 1)[0] ?? "";
}
