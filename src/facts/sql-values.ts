import { located } from "./source/located.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readSqlValues } from "./source/sql-values.ts";

/** Values that the product puts into the text of its SQL. */
export const sqlValues = defineSourceFact({ canBeSilenced: true, extract: readSqlValues, combine: located });
