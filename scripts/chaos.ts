import { writeFileSync } from "node:fs";
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
    /** A fault by name, "each" for all of them in turn, "list" to see their names. */
    fault: { type: "string" },
    /** Schedules at a time, each with a PostgreSQL of its own. */
    parallel: { type: "string", default: "1" },
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

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const first = Number(options.seed);
const wishes = wished();
const until = Date.now() + Number(options.minutes ?? 24 * 60) * 60_000;
const expectations = await judgeContents();
const outcomes: Outcome[] = [];
await Promise.all(Array.from({ length: Number(options.parallel) }, work));

console.log(`\n${faultTable(outcomes)}\n`);
const broken = outcomes.filter((outcome) => !holds(outcome));
console.log(`${outcomes.length} schedules, ${broken.length} broken`);
if (options.output) writeFileSync(options.output, outcomes.map((one) => `${JSON.stringify(plain(one))}\n`).join(""));
process.exit(broken.length > 0 ? 1 : 0);

function wished(): { readonly seed: number; readonly fault: string | undefined }[] {
  if (options.fault === "each") return [...faults.keys()].map((fault, index) => ({ seed: first + index, fault }));
  const count = Number(options.schedules ?? (options.minutes ? 1e6 : 1));
  return Array.from({ length: count }, (_, index) => ({ seed: first + index, fault: options.fault }));
}

async function work(): Promise<void> {
  const postgres = await startPostgres();
  process.once("exit", () => postgres.remove());
  for (let wish = wishes.shift(); wish && Date.now() < until; wish = wishes.shift()) {
    const startedAt = performance.now();
    const outcome = await runSchedule({ ...wish, postgres, expectations, logs: options.logs });
    outcomes.push(outcome);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    const text = failureText(outcome, wish.fault);
    const { met, shape, convergedMs, peakMb, events, requests } = outcome;
    const met_ = [...met].map(([name, times]) => `${name} ×${times}`).join(", ");
    const figures = `${seconds} s, converged in ${(convergedMs / 1000).toFixed(1)} s, ${events} events, ${requests} requests, ${Math.round(peakMb)} MB`;
    console.log(`${text ? "BROKEN" : "holds "} seed ${outcome.seed} ${shape} ${met_}: ${figures}`);
    if (text) console.log(text);
  }
}

function plain({ met, problems, ...rest }: Outcome): object {
  return { ...rest, met: Object.fromEntries(met), problems: Object.fromEntries(problems) };
}
