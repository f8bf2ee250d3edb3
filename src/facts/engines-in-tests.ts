import type { UnreadFile } from "./fact.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import type { NamedEngine } from "./source/test-engines.ts";
import { readTestEngines } from "./source/test-engines.ts";

export interface EnginesInSource {
  readonly all: readonly (NamedEngine & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
}

/** The databases that tests name. */
export const enginesInTests = defineSourceFact({
  from: "tests",
  extract: readTestEngines,
  combine: ({ files, unread }): EnginesInSource => ({
    all: files.flatMap(({ path, parsed }) => parsed.map((one) => ({ path, ...one }))),
    unread,
  }),
});
