import { agentSigns } from "./agent-signs.ts";
import { dependencies, runtimeOf } from "./dependencies.ts";
import type { UnreadFile } from "./fact.ts";
import { TOOLS, type Watches } from "./instrumentation/tools.ts";
import { monitoring } from "./monitoring.ts";
import { NOT_PRODUCTION } from "./source/beside.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readTelemetry } from "./source/telemetry.ts";
import { sourceImports } from "./source-imports.ts";
import { nameOf } from "./tree.ts";

/** A place that shows that something is watched. */
export interface Watch {
  readonly by: string;
  readonly path: string;
  readonly line: number;
}

export interface Instrumentation {
  /** What watches, the surest place first: where it is used, then where it is declared. */
  readonly watches: Readonly<Record<Watches, readonly Watch[]>>;
  /** Where the product starts, or the module that is most likely to; `isApplication` where it is seen to make one. */
  readonly entry: { readonly path: string; readonly line: number; readonly isApplication: boolean } | undefined;
  readonly unread: readonly UnreadFile[];
}

const LIKELY_ENTRY = /^(main|app|wsgi|asgi|server|__main__)\.py$/;

/** What watches the requests, errors, models and data of the product, by code, by dependencies, or from outside. */
export const instrumentation = defineSourceFact({
  uses: { dependencies, sourceImports, agentSigns, monitoring },
  extract: readTelemetry,
  combine: ({ files, unread, tree, uses }): Instrumentation => {
    const runtime = runtimeOf(uses.dependencies);
    const byTool = (kind: Watches): readonly Watch[] =>
      TOOLS.filter(({ watches }) => watches.includes(kind)).flatMap(({ name, modules, distributions }) => {
        const [used] = uses.sourceImports.of(...modules);
        const declared = [...runtime].find(([distribution]) => distributions.test(distribution))?.[1];
        const place = used ?? declared;
        return place ? [{ by: name, path: place.path, line: place.line }] : [];
      });
    const inCode = (kind: "measures" | "reports"): readonly Watch[] =>
      files.flatMap(({ path, parsed }) => {
        const found = NOT_PRODUCTION.test(path) ? undefined : parsed[kind];
        return found ? [{ path, ...found }] : [];
      });
    // A manifest of the cluster stands apart from what it runs.
    const outside = uses.agentSigns.all
      .filter(({ path }) => tree.has(path) || /\.ya?ml$/.test(path))
      .map(({ name, path, line }) => ({ by: name, path, line }));
    const isAgent = ({ by }: Watch): boolean => !/^(Istio|Linkerd)$/.test(by);
    const scrapes = uses.monitoring.signs.filter(({ kind, isExample }) => kind === "metrics" && !isExample);
    return {
      watches: {
        requests: [
          ...byTool("requests"),
          ...inCode("measures"),
          ...outside,
          ...scrapes.map(({ name, path, line }) => ({ by: name, path, line })),
        ],
        errors: [...byTool("errors"), ...inCode("reports"), ...outside.filter(isAgent)],
        models: byTool("models"),
        data: byTool("data"),
      },
      entry: entryOf(files, [...tree.paths]),
      unread: [...unread, ...uses.dependencies.unread],
    };
  },
});

type Files = readonly { readonly path: string; readonly parsed: ReturnType<typeof readTelemetry> }[];

function likeliness(path: string): number {
  return LIKELY_ENTRY.test(nameOf(path)) ? 0 : 1;
}

/** The surest start, nearest to the root; else the module whose name promises one. */
function entryOf(files: Files, paths: readonly string[]): Instrumentation["entry"] {
  const depth = (path: string): number => path.split("/").length;
  const starts = files
    .flatMap(({ path, parsed: { entry } }) => (entry ? [{ path, ...entry }] : []))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        likeliness(a.path) - likeliness(b.path) ||
        depth(a.path) - depth(b.path) ||
        (a.path < b.path ? -1 : 1),
    );
  if (starts[0]) return { path: starts[0].path, line: starts[0].line, isApplication: true };
  const read = new Set(files.map(({ path }) => path));
  const likely = paths.filter((path) => read.has(path)).sort((a, b) => depth(a) - depth(b));
  const path =
    likely.find((one) => LIKELY_ENTRY.test(nameOf(one))) ??
    likely.find((one) => nameOf(one) === "manage.py") ??
    likely[0];
  return path === undefined ? undefined : { path, line: 1, isApplication: false };
}
