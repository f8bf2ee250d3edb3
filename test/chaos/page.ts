import { catalogue } from "./catalogue.ts";
import { faults } from "./faults/all.ts";
import { invariants } from "./invariants/all.ts";
import { mended } from "./mended.ts";
import type { Outcome } from "./schedule.ts";
import { faultTable, holds } from "./table.ts";

/** The page that tells what is promised, how it is proven, and what came of it. */
export function chaosPage(outcomes: readonly Outcome[], date: string): string {
  const broken = outcomes.filter((outcome) => !holds(outcome));
  const sum = (what: (outcome: Outcome) => number): string =>
    outcomes.reduce((total, outcome) => total + what(outcome), 0).toLocaleString("en");
  const longest = Math.max(0, ...outcomes.map(({ convergedMs }) => convergedMs)) / 1000;
  return `# No review is lost

What pyready promises when things go wrong, and how that is proven. The two tables below are written by
\`node scripts/chaos-page.ts\`.

\`\`\`sh
npm run chaos                              # one schedule
npm run chaos -- --seed 7                  # the schedule of a seed, again
npm run chaos -- --schedules 200 --parallel 2
npm run chaos -- --fault list              # the faults by name
npm run chaos -- --fault kill-after-run-is-made --seed 7
npm run chaos -- --fault each              # every fault in a schedule of its own
npm run chaos -- --fault the-release-before-works-beside --before v1.4.0
npm run bench:load                         # figures under load, against their bounds
\`\`\`

It needs PostgreSQL's server programs and Linux. A schedule starts a database, a GitHub on this machine
(\`test/sandbox\`) and pyready as real processes: two for deliveries and two for work, or another shape that the
seed chooses. People of four to six organisations open, push, force-push, close, comment and press buttons;
one to three faults begin and end among that, as the seed says. Processes are killed at the very request that is
named: the sandbox calls the harness before it answers. A fault lasts until somebody met it, as far as people can
bring that about. When the last fault has ended all must be well within
90 seconds, or within 90 seconds of the end of the last limit that GitHub told of. Then the invariants are
computed, from the sandbox's state and its log of requests; only whether the queue is empty is asked of the store.

A seed fixes what people do and which faults come when. The processes run freely, so that a seed that fails once
may hold the next time: run it several times.

## What must hold

| | |
|---|---|
${invariants.map(({ id, claim }) => `| ${id} | ${claim} |`).join("\n")}
| I11 | one tenant's storm does not lengthen another's wait: measured by \`npm run bench:load\`, see [load](load.md) |

\`own\` is what a fault itself asks for: that a refused body costs little memory, that SIGTERM ends with 0 in 25
seconds, that strangers get one reaction; and that all was well in time.

## Fault by invariant

Run on ${date}: ${outcomes.length} schedules, ${broken.length} broken; ${sum(({ events }) => events)} events, ${sum(({ requests }) => requests)} requests; the
longest took ${longest.toFixed(0)} s to be quiet. A schedule counts for the faults that somebody met in it, and *met* tells how often that
was. One that broke counts for all of them.

${faultTable(outcomes)}

${broken.length === 0 ? "" : brokenList(broken)}## What the schedules found

A schedule that broke was run again once that was mended, and the tables tell of its last run. Of 200 by chance seven
broke at first. The product's part is below; in the others the harness asked for what cannot be, of a process that had
slept, of one that was killed before it could note what it had done, and of a queue in a repository that was archived.

| what broke | what was mended; the schedule then held |
|---|---|
${mended.map(([what, how]) => `| ${what} | ${how} |`).join("\n")}

## Every fault of the catalogue

| no. | fault | cases of \`npm run chaos\` | other tests | what is not proven here |
|---|---|---|---|---|
${catalogue.map((entry) => catalogueRow(entry, outcomes)).join("\n")}
`;
}

function catalogueRow(
  { no, fault, tests, open = "" }: (typeof catalogue)[number],
  outcomes: readonly Outcome[],
): string {
  const cases = [...faults.values()].filter(({ proves }) => proves.includes(no)).map(({ name }) => name);
  const told = cases.map((name) => `\`${name}\` ${resultOf(name, outcomes)}`);
  const others = tests.map((name) =>
    name === "bench:load" ? "`npm run bench:load`" : `[${name}](../test/${name}.test.ts)`,
  );
  return `| ${no} | ${fault} | ${told.join(", ")} | ${others.join(", ")} | ${open} |`;
}

function resultOf(name: string, outcomes: readonly Outcome[]): string {
  const own = outcomes.filter(({ met }) => (met.get(name) ?? 0) > 0);
  const broken = own.filter((outcome) => !holds(outcome)).length;
  if (own.length === 0) return "(not met)";
  return broken === 0 ? `(holds, ${own.length})` : `(**broken in ${broken}** of ${own.length})`;
}

function brokenList(broken: readonly Outcome[]): string {
  const rows = broken.flatMap(({ seed, met, problems }) =>
    [...problems]
      .filter(([, list]) => list.length > 0)
      .map(([id, list]) => `| ${seed} | ${[...met.keys()].join(", ")} | ${id} | ${list[0]} |`),
  );
  return ["### Broken", "", "| seed | faults | | |", "|---|---|---|---|", ...rows, "", ""].join("\n");
}
