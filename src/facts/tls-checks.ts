import { located } from "./source/located.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readTlsChecks } from "./source/tls-checks.ts";

/** Where the product keeps certificates and host keys from being checked. */
export const tlsChecks = defineSourceFact({ canBeSilenced: true, extract: readTlsChecks, combine: located });
