import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { BESIDE } from "./source/beside.ts";
import { readLogging } from "./source/logging.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceImports } from "./source-imports.ts";
import { isAuxiliary } from "./tree.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

/** What the product does about logs; each the first place of its kind. */
export interface Logging {
  /** Where levels and handlers are set. */
  readonly configured: Place | undefined;
  /** Where a function of another project sets them, when nothing else here does. */
  readonly delegated: (Place & { readonly to: string }) | undefined;
  /** The framework or platform that sets them for all that it runs. */
  readonly byFramework: (Place & { readonly name: string }) | undefined;
  /** Where lines are made for machines. */
  readonly structured: Place | undefined;
  /** Where lines get the identifier of their request or task. */
  readonly correlated: Place | undefined;
  readonly logs: Place | undefined;
  readonly prints: Place | undefined;
  readonly unread: readonly UnreadFile[];
}

/** What runs tasks or functions, and logs for them. */
const FRAMEWORKS: readonly (readonly [name: string, ...modules: string[]])[] = [
  ["Airflow", "airflow"],
  ["Dagster", "dagster"],
  ["Prefect", "prefect"],
  ["Azure Functions", "azure.functions"],
  ["Functions Framework", "functions_framework"],
  ["Chalice", "chalice"],
  ["Kedro", "kedro"],
  ["Luigi", "luigi"],
];
const isLogFile = globsAnyCase("**/*log*.{ini,conf,cfg,yml,yaml,json,toml}", "**/log{,ging}/*.{ini,yml,yaml,json}");

/** Configurations of logging that are no Python. */
export const logFiles = defineFact({
  reads: (path, tree) =>
    isLogFile(path) && tree.isFirstParty(path) && !isAuxiliary(path) && !/change|catalog/i.test(path),
  select: (entries) => entries.filter(({ size }) => (size ?? 0) <= 50_000).slice(0, 20),
  parse: ({ text }): { readonly configures: number | undefined; readonly structures: number | undefined } => {
    const isConfiguration = /\bformatters?\b/.test(text) && /\bhandlers?\b/.test(text);
    const lineOf = (pattern: RegExp): number | undefined => {
      const found = isConfiguration ? pattern.exec(text) : null;
      return found ? text.slice(0, found.index).split("\n").length : undefined;
    };
    return {
      configures: lineOf(/\bhandlers?\b/),
      structures: lineOf(/json_?log|json_?formatter|logstash|ecs_logging|stackdriver|logfmt|gelf/i),
    };
  },
  combine: ({ files }) => files,
});

/** What the product logs, and who sets levels and form. */
export const logging = defineSourceFact({
  uses: { sourceImports, logFiles },
  extract: readLogging,
  combine: ({ files: all, unread, uses }): Logging => {
    const files = all.filter(({ path }) => !BESIDE.test(path));
    type Found = ReturnType<typeof readLogging>;
    const first = (what: Exclude<keyof Found, "delegates">): Place | undefined =>
      files.flatMap(({ path, parsed }) => (parsed[what] === undefined ? [] : [{ path, line: parsed[what] }]))[0];
    const inFile = (what: "configures" | "structures"): Place | undefined =>
      uses.logFiles.flatMap(({ path, parsed }) =>
        parsed[what] === undefined ? [] : [{ path, line: parsed[what] }],
      )[0];
    const [delegated] = files.flatMap(({ path, parsed: { delegates } }) => (delegates ? [{ path, ...delegates }] : []));
    const [byFramework] = FRAMEWORKS.flatMap(([name, ...modules]) =>
      uses.sourceImports.of(...modules).map(({ path, line }) => ({ name, path, line })),
    );
    return {
      configured: first("configures") ?? inFile("configures"),
      delegated,
      byFramework,
      structured: first("structures") ?? inFile("structures"),
      correlated: first("correlates"),
      logs: first("logs"),
      prints: first("prints"),
      unread,
    };
  },
});
