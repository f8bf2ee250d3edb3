import { located } from "./source/located.ts";
import { readShellCommands } from "./source/shell-commands.ts";
import { defineSourceFact } from "./source/source-fact.ts";

/** Commands that the product gives to a shell. */
export const shellCommands = defineSourceFact({ canBeSilenced: true, extract: readShellCommands, combine: located });
