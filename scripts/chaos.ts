import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { judgeContents } from "../test/chaos/contents.ts";
import { faults } from "../test/chaos/faults/all.ts";
import { type Outcome, runSchedule } from "../test/chaos/schedule.ts";
import { failureText, faultTable, holds } from "../test/chaos/table.ts";
import { postgresPrograms, startPostgres } from "../test/support/postgres.ts";

/**
 * Runs the server as processes against the sandbox, with seeded schedules of faults, and says which of
 * the invariants held.
 */
const { values: options } = parseArgs({
  options: {
    /** The first seed; the same seed is the same schedule. */
    seed: { type: "string", default: "1" },
    schedules: { type: "string" },
    /** No schedule begins after so many minutes. */
    minutes: { type: "string" },
    /** A fault by name, or more with commas between them, "each" for all of them in turn, "list" to see their names. */
    fault: { type: "string" },
    /** Schedules at a time, each with a PostgreSQL of its own. */
    parallel: { type: "string", default: "1" },
    /** A commit or tag of the release before: its processes work beside this one's in the faults that are about that. */
    before: { type: "string" },
    /** Where the processes' logs of broken schedules are kept. */
    logs: { type: "string" },
    /** Where the outcomes are written as lines of JSON. */
    output: { type: "string" },
  },
});

if (options.fault === "list") {
  for (const { name, proves } of faults.values()) console.log(`${name} (${proves.join(", ")})`);
  process.exit(0);
}
if (!postgresPrograms) {
  console.error("PostgreSQL's server programs (initdb, pg_ctl) are not installed here: apt install postgresql");
  process.exit(2);
}

/** Seeds that are tried until somebody meets a fault. */
const TRIES = 4;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const first = Number(options.seed);
const before = options.before && checkedOut(options.before);
const wishes = wished();
const until = Date.now() + Number(options.minutes ?? 24 * 60) * 60_000;
const expectations = await judgeContents();
const outcomes: Outcome[] = [];
await Promise.all(Array.from({ length: Number(options.parallel) }, work));

console.log(`\n${faultTable(outcomes)}\n`);
const broken = outcomes.filter((outcome) => !holds(outcome));
console.log(`${outcomes.length} schedules, ${broken.length} broken`);
process.exit(broken.length > 0 ? 1 : 0);

interface Wish {
  readonly seed: number;
  readonly fault: string | undefined;
  readonly tries: number;
}

function wished(): Wish[] {
  const wish = (fault: string | undefined, index: number): Wish => ({ seed: first + index, fault, tries: 1 });
  const possible = [...faults.values()].filter(({ needsBefore }) => !needsBefore || before);
  if (options.fault === "each") return possible.map(({ name }) => name).map(wish);
  const count = Number(options.schedules ?? (options.minutes ? 100_000 : 1));
  return Array.from({ length: count }, (_, index) => wish(options.fault, index));
}

/** The files of a commit in a folder of their own, with the packages that are installed here. */
function checkedOut(commit: string): string {
  const folder = mkdtempSync(join(tmpdir(), "pyready-before-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const files = execFileSync("git", ["archive", commit], { maxBuffer: 2 ** 28 });
  execFileSync("tar", ["-x", "-C", folder], { input: files });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  return folder;
}

async function work(): Promise<void> {
  const postgres = await startPostgres();
  process.once("exit", () => postgres.remove());
  for (let wish = wishes.shift(); wish && Date.now() < until; wish = wishes.shift()) {
    const startedAt = performance.now();
    const outcome = await runSchedule({ ...wish, postgres, expectations, before, logs: options.logs });
    outcomes.push(outcome);
    if (options.output) appendFileSync(options.output, `${JSON.stringify(plain(outcome))}\n`);
    console.log(lineOf(outcome, wish.fault, (performance.now() - startedAt) / 1000));
    // Nobody met the fault: it proves nothing yet.
    const isUnmet = wish.fault !== undefined && outcome.met.get(wish.fault) === 0;
    if (options.fault === "each" && isUnmet && wish.tries < TRIES)
      wishes.push({ ...wish, seed: wish.seed + 1000, tries: wish.tries + 1 });
  }
}

function lineOf(outcome: Outcome, fault: string | undefined, seconds: number): string {
  const { seed, shape, met, convergedMs, peakMb, events, requests } = outcome;
  const faultsMet = [...met].map(([name, times]) => `${name} ×${times}`).join(", ");
  const figures = [
    `${seconds.toFixed(0)} s, quiet after ${(convergedMs / 1000).toFixed(1)} s`,
    `${events} events, ${requests} requests, ${Math.round(peakMb)} MB`,
  ].join(", ");
  const text = failureText(outcome, fault);
  return `${text ? "BROKEN" : "holds "} seed ${seed} ${shape} ${faultsMet}: ${figures}${text && `\n${text}`}`;
}

function plain({ met, problems, ...rest }: Outcome): object {
  return { ...rest, met: Object.fromEntries(met), problems: Object.fromEntries(problems) };
}
