import { readCodeLoads } from "./source/code-loads.ts";
import { located } from "./source/located.ts";
import { defineSourceFact } from "./source/source-fact.ts";

/** Where the product turns bytes or text into code. */
export const codeLoads = defineSourceFact({ canBeSilenced: true, extract: readCodeLoads, combine: located });
