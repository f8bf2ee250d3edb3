import { parseArgs } from "node:util";
import { rules } from "../rules/index.ts";
import { reviewSnapshot } from "../src/engine/review-snapshot.ts";
import { createParseCache, type ParseCache } from "../src/facts/parse-cache.ts";
import { sourcesOf } from "../src/facts/source/sources.ts";
import { Tree } from "../src/facts/tree.ts";
import { createLinter } from "../src/python/linter.ts";
import { createModuleReader } from "../src/python/module.ts";
import { createPythonReader } from "../src/python/pool.ts";
import type { FileContent, Snapshot } from "../src/snapshot/snapshot.ts";
import { type Judging, judgingTable, withinBounds } from "./bench/figures.ts";
import { CORPUS, openTarget, savedRepositories } from "./saved-repositories.ts";

const DATE = "2026-11-22";
const python = createPythonReader({ threads: 1 });
const readModule = await createModuleReader(createLinter());

const { values, positionals: targets } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "3" } },
});
const judged = targets.length > 0 ? targets : savedRepositories();
if (judged.length === 0) {
  console.error(`There is no corpus at ${CORPUS} and no repository is named: nothing to judge.`);
  process.exit(2);
}

// A server's workers are warm: what the first source costs them is not what judging costs.
await milliseconds(await inMemory(await openTarget(judged[0] as string)), createParseCache());
const judgings: Judging[] = [];
for (const target of judged) judgings.push(await judgeOne(target));
console.log(judgingTable(judgings));
console.log(`Peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, the snapshot in it`);
process.exitCode = withinBounds(judgings) ? 0 : 1;

/** Judges it some times with nothing parsed before, then after a change and with all of it parsed; takes the medians. */
async function judgeOne(target: string): Promise<Judging> {
  const snapshot = await inMemory(await openTarget(target));
  const sources = await sourcesIn(snapshot);
  const runs = Array.from({ length: Number(values.runs) }, (_, run) => run);
  const cold: number[] = [];
  for (const _ of runs) cold.push(await milliseconds(snapshot, createParseCache()));
  const cache = createParseCache();
  await milliseconds(snapshot, cache);
  const changed: number[] = [];
  for (const run of runs) changed.push(await milliseconds(withChange(snapshot, sources[0], run), cache));
  const warm: number[] = [];
  for (const _ of runs) warm.push(await milliseconds(snapshot, cache));
  return {
    name: snapshot.repository.name,
    files: snapshot.tree.length,
    sources: sources.length,
    sourceBytes: sources.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    cold: median(cold),
    parsing: parsingOf(sources),
    changed: median(changed),
    warm: median(warm),
  };
}

interface Source {
  readonly path: string;
  readonly text: string;
}

/** The product's own Python, as far as it is read. */
async function sourcesIn(snapshot: Snapshot): Promise<readonly Source[]> {
  const { product } = sourcesOf(new Tree(snapshot.tree));
  const contents = await snapshot.read(snapshot.tree.filter(({ path }) => product.has(path)));
  return [...contents].flatMap(([path, content]) => (content.kind === "text" ? [{ path, text: content.text }] : []));
}

/** What reading them into their syntax takes alone, once more and in this thread. */
function parsingOf(sources: readonly Source[]): number {
  const start = process.cpuUsage();
  for (const { path, text } of sources) {
    try {
      void readModule(path, text).body;
    } catch {
      // What cannot be read takes its time all the same.
    }
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The same but for one file of Python with a comment more. */
function withChange(snapshot: Snapshot, source: Source | undefined, run: number): Snapshot {
  if (!source) return snapshot;
  const sha = run.toString(16).padStart(40, "c");
  const text = `${source.text}\n# ${run}\n`;
  return {
    ...snapshot,
    tree: snapshot.tree.map((entry) => (entry.path === source.path ? { ...entry, sha } : entry)),
    read: async (entries, scan) =>
      new Map(await snapshot.read(entries, scan)).set(source.path, { kind: "text", text } as const),
  };
}

/** The same snapshot with every text at hand: the disk is not what is measured. */
async function inMemory(snapshot: Snapshot): Promise<Snapshot> {
  const seen = new Map<string, FileContent>();
  const contents = await snapshot.read(snapshot.tree, {
    entries: snapshot.tree.filter(({ mode }) => mode.startsWith("100")),
    see: ({ path }, content) => void seen.set(path, content),
  });
  const missing = { kind: "unreadable", reason: "it is not in the tree" } as const;
  return {
    ...snapshot,
    async read(entries, scan) {
      for (const entry of scan?.entries ?? []) scan?.see(entry, seen.get(entry.path) ?? missing);
      return new Map(entries.map(({ path }) => [path, contents.get(path) ?? missing]));
    },
  };
}

/** Of one core's time: what else runs on the machine does not count. */
async function milliseconds(snapshot: Snapshot, cache: ParseCache): Promise<number> {
  const start = process.cpuUsage();
  await reviewSnapshot(snapshot, { rules, date: DATE, cache, python });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
