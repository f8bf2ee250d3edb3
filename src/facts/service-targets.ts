import { type Line, sectionsOn } from "./documents/sections.ts";
import { documents } from "./documents.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { monitoring } from "./monitoring.ts";

export type TargetKind = "latency" | "throughput" | "availability";

export interface ServiceTargets {
  /** Objectives that a tool reads. */
  readonly machineReadable: { readonly path: string; readonly line: number; readonly name: string } | undefined;
  /** The targets that are written with a number, each with its place. */
  readonly written: ReadonlyMap<TargetKind, { readonly path: string; readonly line: number }>;
  /** A section on targets that has no number. */
  readonly section: { readonly path: string; readonly line: number } | undefined;
  readonly readme: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const ON_TARGETS =
  /\b(goals?|objectives?|targets?|slos?|slas?|slis?|service[- ]levels?|non[- ]?functional|nfrs?|requirements?|error budgets?|quality attributes|kpis?)\b/i;
/** The target's words and its number with a unit, which must stand on the same line or table row. */
const TARGETS: Readonly<Record<TargetKind, readonly [words: RegExp, number: RegExp]>> = {
  latency: [
    /latency|response time|respon[ds]|p50|p9\d|percentile|answer/i,
    /\d\s?(ms|msec|milliseconds?|s|secs?|seconds?|µs)\b/i,
  ],
  throughput: [
    /throughput|requests?|\brps\b|\bqps\b|\btps\b|jobs?|messages?|events?|transactions?|orders|tasks?|load|capacity/i,
    /\d[\d,. ]*[km]?\s?(rps|qps|tps|req\/s|(\w+ ){0,3}(\/|per |a |an )\s?(s|sec|seconds?|min|minutes?|h|hours?|days?))\b/i,
  ],
  availability: [/availab|uptime|success rate/i, /\d{2}(\.\d+)?\s?%/],
};
/** Badges, links to pictures, and shares of code are no targets. */
const NO_TARGET = /!\[|<img|badge|coverage|covered/i;
const LONGEST = 500;

/** Targets of latency, throughput and availability: for tools, or written in a section on goals. */
export const serviceTargets = defineFact({
  spans: "repository",
  uses: { documents, monitoring },
  combine: ({ uses, tree }): ServiceTargets => {
    const objectives = uses.monitoring.signs.find(({ kind, isExample }) => kind === "objectives" && !isExample);
    const byName = tree.paths.find((path) => /(^|\/)slos?\.ya?ml$/.test(path) && tree.isFirstParty(path));
    const relevant = uses.documents.all
      .filter(({ topics }) => topics.some((topic) => /readme|general|goals|targets/.test(topic)))
      .map(({ path, topics, sections }) => ({
        path,
        sections: topics.includes("targets") ? sections : sectionsOn(sections, ON_TARGETS),
      }));
    const lines = relevant.flatMap(({ path, sections }) =>
      sections.flatMap((section) => section.lines.map((line) => ({ path, ...line }))),
    );
    const written = new Map<TargetKind, { path: string; line: number }>();
    for (const kind of Object.keys(TARGETS) as TargetKind[]) {
      const found = lines.find((line) => states(kind, line));
      if (found) written.set(kind, { path: found.path, line: found.line });
    }
    const titled = relevant.find(({ sections }) =>
      sections.some(({ title }) => /\bsl[oai]s?\b|service[- ]level|non[- ]?functional/i.test(title)),
    );
    return {
      machineReadable: objectives ?? (byName ? { path: byName, line: 1, name: "a file of objectives" } : undefined),
      written,
      section: titled && { path: titled.path, line: titled.sections[0]?.line ?? 1 },
      readme: uses.documents.readme?.path,
      unread: uses.documents.unread.filter(({ topics }) =>
        topics.some((topic) => /readme|general|goals|targets/.test(topic)),
      ),
    };
  },
});

function states(kind: TargetKind, { text }: Line): boolean {
  const [words, number] = TARGETS[kind];
  const line = text.slice(0, LONGEST);
  return words.test(line) && number.test(line) && !NO_TARGET.test(line);
}
