import type { UnreadFile } from "./fact.ts";
import { type Connection, readConnections } from "./source/connections.ts";
import { defineSourceFact } from "./source/source-fact.ts";

export interface SourceConnections {
  readonly all: readonly (Connection & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
}

/** The connections to data stores that the product's source writes down. */
export const sourceConnections = defineSourceFact({
  extract: readConnections,
  combine: ({ files, unread }): SourceConnections => ({
    all: files.flatMap(({ path, parsed }) => parsed.map((connection) => ({ path, ...connection }))),
    unread,
  }),
});
