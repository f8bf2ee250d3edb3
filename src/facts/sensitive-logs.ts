import type { UnreadFile } from "./fact.ts";
import { BESIDE, NOT_PRODUCTION } from "./source/beside.ts";
import { readSensitiveLogs, type SensitiveLog } from "./source/sensitive-logs.ts";
import { defineSourceFact } from "./source/source-fact.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface SensitiveLogging {
  readonly leaks: readonly (Place & Pick<SensitiveLog, "kind" | "what">)[];
  /** What takes sensitive values out of log lines. */
  readonly redacted: Place | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Where the product lets sensitive values into its logs and traces. */
export const sensitiveLogs = defineSourceFact({
  extract: readSensitiveLogs,
  combine: ({ files, unread }): SensitiveLogging => ({
    leaks: files
      .filter(({ path }) => !NOT_PRODUCTION.test(path))
      .flatMap(({ path, parsed: { found } }) =>
        found
          // What a program beside the product prints, the one who started it asked for.
          .filter(({ isPrinted, kind }) => !(BESIDE.test(path) && (isPrinted || kind === "queries")))
          .map(({ line, kind, what }) => ({ path, line, kind, what })),
      ),
    redacted: files.flatMap(({ path, parsed: { redacts } }) =>
      redacts === undefined ? [] : [{ path, line: redacts }],
    )[0],
    unread,
  }),
});
