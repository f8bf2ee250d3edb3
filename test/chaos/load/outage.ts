import { startSandbox } from "../../sandbox/sandbox.ts";
import type { Postgres } from "../../support/postgres.ts";
import { Cluster } from "../cluster.ts";
import type { Expectations } from "../contents.ts";
import { invariants } from "../invariants/all.ts";
import type { Evidence } from "../invariants/evidence.ts";
import { whenQuiet } from "../quiet.ts";
import { type CrowdSize, gather } from "./crowd.ts";
import { atMost, type Figure, none, told } from "./figures.ts";

const OUTAGE_MS = 6 * 3_600_000;
const LIMIT_MS = 40 * 60_000;
/** Pull requests on which somebody asked for a review meanwhile. */
const COMMANDS = 60;

/**
 * Six hours in which nobody listened, from the first installation on: GitHub lists every delivery as failed. Then
 * processes start on an empty store, and what was missed has to be found with few requests.
 */
export async function measureOutage(
  postgres: Postgres,
  expectations: Expectations,
  size: CrowdSize,
): Promise<readonly Figure[]> {
  const sandbox = await startSandbox();
  const { people } = await gather(sandbox, { ...size, commands: COMMANDS }, "failed");
  const { attempts } = sandbox.postman;
  const endedAt = Date.now();
  for (const [index, attempt] of attempts.entries())
    Object.assign(attempt, { at: endedAt - OUTAGE_MS * (1 - index / attempts.length) });
  const failed = attempts.length;
  const cluster = await Cluster.start(sandbox, postgres, { web: 1, worker: 2 }, { RECONCILE_SECONDS: "60" });
  try {
    const evidence: Evidence = { sandbox, people, cluster, expectations, outages: [], wakings: [], metrics: "" };
    const startedAt = performance.now();
    const unquiet = await whenQuiet(evidence, LIMIT_MS);
    const minutes = (performance.now() - startedAt) / 60_000;
    const broken = await Promise.all(
      invariants.map(async ({ id, problems }) => (await problems(evidence)).map((problem) => `${id}: ${problem}`)),
    );
    const count = (pattern: RegExp, method = "GET"): number =>
      sandbox.requests.filter((one) => one.method === method && pattern.test(one.path)).length;
    const heads = people.openPulls().length;
    const runs = sandbox.state.repositories.flatMap(({ checkRuns }) => checkRuns);
    const sought = [
      ["pages of failed deliveries", count(/\/app\/hook\/deliveries$/)],
      ["deliveries asked for again", count(/\/attempts$/, "POST")],
      ["lists of repositories", count(/\/installation\/repositories$/)],
      ["lists of installations", count(/\/app\/installations$/)],
    ] as const;
    const seeking = sought.reduce((sum, [, times]) => sum + times, 0);
    // A page of the log for a hundred deliveries, and a list for each installation; what was asked comes again.
    const needed = Math.ceil(failed / 100) + COMMANDS + size.tenants + Math.ceil(minutes) * 4;
    return [
      told("outage: deliveries that failed, open pull requests, installations", `${failed}, ${heads}, ${size.tenants}`),
      told("outage: all is well after", `${minutes.toFixed(1)} min`),
      none("outage: invariants broken", [...unquiet, ...broken.flat()]),
      atMost("outage: requests that seek what was missed", seeking, needed, ""),
      told("outage: of these", sought.map(([what, times]) => `${times} ${what}`).join(", ")),
      atMost("outage: check runs made, for each head that is open", runs.length / (heads + size.tenants), 1, ""),
      told("outage: all requests, tokens among them", `${sandbox.requests.length}, ${count(/access_tokens$/, "POST")}`),
    ];
  } finally {
    await cluster.close();
    await sandbox.close().catch(() => {});
  }
}
