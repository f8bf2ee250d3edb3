import type { UnreadFile } from "./fact.ts";
import { type BlockingCall, readBlockingCalls } from "./source/blocking-calls.ts";
import { standing } from "./source/silenced.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceImports } from "./source-imports.ts";

export interface BlockingCalls {
  readonly all: readonly (Omit<BlockingCall, "isSilenced"> & { readonly path: string })[];
  /** True where something here runs in an event loop: a framework or a consumer. */
  readonly hasEventLoop: boolean;
  readonly unread: readonly UnreadFile[];
}

const LOOPS = [
  "asyncio",
  "fastapi",
  "starlette",
  "litestar",
  "aiohttp",
  "quart",
  "sanic",
  "tornado",
  "channels",
  "aiokafka",
  "arq",
  "taskiq",
  "faust",
  "anyio",
  "trio",
  "discord",
  "telegram",
  "aiogram",
];
/** Programs that a person runs: their loop serves nobody else. */
const PROGRAM = /(^|\/)(scripts?|bin|tools|management\/commands|migrations|alembic|cli|dev)\//;
const PROGRAM_FILE = /(^|\/)(cli|__main__|manage|setup|conftest)\.py$/;

/** Calls that stall an event loop. */
export const blockingCalls = defineSourceFact({
  canBeSilenced: true,
  uses: { sourceImports },
  extract: readBlockingCalls,
  combine: ({ files, unread, uses, silenced }): BlockingCalls => ({
    all: files
      .filter(({ path }) => !PROGRAM.test(path) && !PROGRAM_FILE.test(path))
      .flatMap((file) => standing(file, silenced)),
    hasEventLoop: uses.sourceImports.of(...LOOPS).length > 0,
    unread,
  }),
});
