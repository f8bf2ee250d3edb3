import { parseArgs } from "node:util";
import { rules } from "../rules/index.ts";
import { reviewSnapshot } from "../src/engine/review-snapshot.ts";
import { createParseCache, type ParseCache } from "../src/facts/parse-cache.ts";
import { createPythonReader } from "../src/python/pool.ts";
import type { Snapshot } from "../src/snapshot/snapshot.ts";
import { type Judging, judgingTable, withinBounds } from "./bench/figures.ts";
import { CORPUS, openTarget, savedRepositories } from "./saved-repositories.ts";

const DATE = "2026-11-22";
const python = createPythonReader({ threads: 1 });

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

/** Judges it some times with nothing parsed before, then as often with all of it; takes the medians. */
async function judgeOne(target: string): Promise<Judging> {
  const snapshot = await inMemory(await openTarget(target));
  const runs = Array.from({ length: Number(values.runs) });
  const cold: number[] = [];
  for (const _ of runs) cold.push(await milliseconds(snapshot, createParseCache()));
  const cache = createParseCache();
  await milliseconds(snapshot, cache);
  const warm: number[] = [];
  for (const _ of runs) warm.push(await milliseconds(snapshot, cache));
  return { name: snapshot.repository.name, files: snapshot.tree.length, cold: median(cold), warm: median(warm) };
}

/** The same snapshot with every text at hand: the disk is not what is measured. */
async function inMemory(snapshot: Snapshot): Promise<Snapshot> {
  const contents = await snapshot.read(snapshot.tree);
  const missing = { kind: "unreadable", reason: "it is not in the tree" } as const;
  return {
    ...snapshot,
    read: async (entries) => new Map(entries.map(({ path }) => [path, contents.get(path) ?? missing])),
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
