import { defineFact } from "./fact.ts";
import { systemOf } from "./pipelines/systems.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface PipelineEngines {
  /** The first line of each configuration that brings a server of a database, or leads to one. */
  readonly real: readonly Place[];
  /** Lines that give SQLite to what is run. */
  readonly substitutes: readonly Place[];
}

const SERVER =
  /\b(postgres(ql)?|postgis|pgvector|timescaledb?|mysql|mariadb|percona)\b(?!-(client|dev|common|server-dev))/i;
const SQLITE = /\b\w*(DATABASE|DB)\w*\s*[:=]\s*["']?sqlite/i;
/** Comments, and titles that only say what a job is about. */
const NO_SETTING = /^\s*(#|\/\/|(-\s*)?name:)/;
const LONGEST_LINE = 1000;

/** The databases that continuous integration brings for its jobs. */
export const pipelineEngines = defineFact({
  spans: "repository",
  reads: (path, tree) =>
    (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || systemOf(path) !== undefined) && tree.isFirstParty(path),
  parse: ({ text }): { readonly real: number; readonly substitute: number } => {
    const lines = text.split(/\r?\n/).map((line) => line.slice(0, LONGEST_LINE));
    const first = (pattern: RegExp): number =>
      lines.findIndex((line) => pattern.test(line) && !NO_SETTING.test(line)) + 1;
    return { real: first(SERVER), substitute: first(SQLITE) };
  },
  combine: ({ files }): PipelineEngines => {
    const places = (which: "real" | "substitute"): readonly Place[] =>
      files.filter(({ parsed }) => parsed[which] > 0).map(({ path, parsed }) => ({ path, line: parsed[which] }));
    return { real: places("real"), substitutes: places("substitute") };
  },
});
