import type { UnreadFile } from "./fact.ts";
import { readSensitiveFields, type SensitiveField } from "./source/sensitive-fields.ts";
import { defineSourceFact } from "./source/source-fact.ts";

export interface SensitiveFields {
  readonly fields: readonly (SensitiveField & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
}

/** Where the product keeps data of cards, identifiers and diagnoses in clear. */
export const sensitiveFields = defineSourceFact({
  extract: readSensitiveFields,
  combine: ({ files, unread }): SensitiveFields => ({
    fields: files.flatMap(({ path, parsed }) => parsed.map((field) => ({ path, ...field }))),
    unread,
  }),
});
