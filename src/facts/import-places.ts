import type { Edit } from "../rule.ts";
import { readImportPlaces } from "./source/import-places.ts";
import { defineSourceFact } from "./source/source-fact.ts";

export interface ImportEdits {
  /**
   * What lets a line of a file use a module of the standard library by its name: nothing where it is imported above,
   * else a line in the first block of imports, in the order of names. Undefined where there is no such place.
   */
  importing(path: string, module: string, line: number): readonly Edit[] | undefined;
}

/** Where imports go: repairs alone ask. */
export const importPlaces = defineSourceFact({
  extract: readImportPlaces,
  combine: ({ files }): ImportEdits => {
    const byPath = new Map(files.map(({ path, parsed }) => [path, parsed]));
    return {
      importing(path, module, line) {
        const { imported, taken, block } = byPath.get(path) ?? { imported: [], taken: [], block: [] };
        if (taken.includes(module)) return undefined;
        if (imported.some((one) => one.name === module && one.line < line)) return [];
        const next = block.find(({ name }) => name === undefined || name > module);
        const after = next ? next.line - 1 : block.at(-1)?.line;
        return after === undefined || after >= line
          ? undefined
          : [{ kind: "insert", path, after, lines: `import ${module}` }];
      },
    };
  },
});
