import { readDebugLeftovers } from "./source/debug-leftovers.ts";
import { located } from "./source/located.ts";
import { defineSourceFact } from "./source/source-fact.ts";

/** What somebody left in the product while debugging. */
export const debugLeftovers = defineSourceFact({ canBeSilenced: true, extract: readDebugLeftovers, combine: located });
