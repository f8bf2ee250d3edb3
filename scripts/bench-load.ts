import { parseArgs } from "node:util";
import { judgeContents } from "../test/chaos/contents.ts";
import { measureAcknowledging, measureBesideProbot } from "../test/chaos/load/acknowledging.ts";
import { measureDraining } from "../test/chaos/load/draining.ts";
import { measureEmbedded } from "../test/chaos/load/embedded.ts";
import { measureFairness } from "../test/chaos/load/fairness.ts";
import { type Figure, figureTable } from "../test/chaos/load/figures.ts";
import { measureOutage } from "../test/chaos/load/outage.ts";
import { postgresPrograms, startPostgres } from "../test/support/postgres.ts";

/** Measures the server under load, on a PostgreSQL of its own, against the bounds that are promised. */
const { values: options } = parseArgs({
  options: {
    /** One of the parts alone: acknowledge, probot, fairness, embedded, outage, drain. */
    only: { type: "string" },
    seconds: { type: "string", default: "60" },
    tenants: { type: "string", default: "200" },
    /** Pull requests of each that are queued; of an outage a third as many. */
    pulls: { type: "string", default: "50" },
  },
});
if (!postgresPrograms) {
  console.error("PostgreSQL's server programs (initdb, pg_ctl) are not installed here: apt install postgresql");
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const postgres = await startPostgres();
process.once("exit", () => postgres.remove());

const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  acknowledge: () => measureAcknowledging(postgres, Number(options.seconds)),
  probot: () => measureBesideProbot(postgres),
  fairness: () => measureFairness(postgres),
  embedded: measureEmbedded,
  outage: async () =>
    measureOutage(postgres, await judgeContents(), {
      tenants: Number(options.tenants),
      pullsEach: Math.ceil(Number(options.pulls) / 3),
      pushesEach: 1,
    }),
  drain: async () =>
    measureDraining(postgres, await judgeContents(), {
      tenants: Number(options.tenants),
      pullsEach: Number(options.pulls),
      pushesEach: 0,
    }),
};
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (options.only && options.only !== name) continue;
  console.log(`${name} …`);
  figures.push(...(await measure()));
}
console.log(`\n${figureTable(figures)}`);
process.exit(figures.every(({ holds }) => holds) ? 0 : 1);
