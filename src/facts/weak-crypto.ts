import { located } from "./source/located.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readWeakCrypto } from "./source/weak-crypto.ts";

/** Where the product uses weak algorithms for what has to be kept. */
export const weakCrypto = defineSourceFact({ canBeSilenced: true, extract: readWeakCrypto, combine: located });
