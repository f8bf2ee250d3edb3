import { startSandbox } from "../../sandbox/sandbox.ts";
import type { Postgres } from "../../support/postgres.ts";
import { Cluster } from "../cluster.ts";
import type { People } from "../people.ts";
import { gather } from "./crowd.ts";
import { atMost, type Figure, told } from "./figures.ts";
import { percentile, send } from "./sender.ts";

/** Tenants that open one pull request each, one after the other: none spends its budget of writes. */
const QUIET = 40;
/** The first ones only warm the processes up. */
const WARMING = 5;
const STORM = 400;

/** I11: how much longer one tenant waits for its reviews while another's five hundred pull requests queue. */
export async function measureFairness(postgres: Postgres): Promise<readonly Figure[]> {
  const alone = await waitsOf(postgres, 0);
  const beside = await waitsOf(postgres, STORM);
  const [before, during] = [percentile(alone, 0.95), percentile(beside, 0.95)];
  return [
    atMost("another tenant's storm lengthens the wait for a review, p95", (during / before - 1) * 100, 20, "%"),
    told("p50 and p95 alone", `${Math.round(percentile(alone, 0.5))} ms, ${Math.round(before)} ms`),
    told("p50 and p95 in the storm", `${Math.round(percentile(beside, 0.5))} ms, ${Math.round(during)} ms`),
  ];
}

/** Milliseconds from each event of the quiet tenants to its completed run, ascending. */
async function waitsOf(postgres: Postgres, storm: number): Promise<readonly number[]> {
  const sandbox = await startSandbox();
  const cluster = await Cluster.start(sandbox, postgres, { web: 1, worker: 2 }, { RECONCILE_SECONDS: "0" });
  try {
    const stormy = await gather(sandbox, { tenants: 1, pullsEach: Math.max(1, storm), pushesEach: 0 });
    const quiet = await gather(sandbox, { tenants: QUIET + WARMING, pullsEach: 1, pushesEach: 0 });
    const urls = cluster.webs.map(({ url }) => `${url}/api/github/webhooks`);
    const order = { urls, secret: sandbox.app.webhookSecret };
    if (storm > 0) await send({ ...order, deliveries: stormy.deliveries, atATime: 64 });
    const waits: number[] = [];
    for (const [index, delivery] of quiet.deliveries.filter(({ event }) => event === "pull_request").entries()) {
      const startedAt = performance.now();
      await send({ ...order, deliveries: [delivery], atATime: 1 });
      await sandbox.waitFor("the review", () => completed(quiet.people, index), 120_000);
      if (index >= WARMING) waits.push(performance.now() - startedAt);
    }
    return waits.toSorted((a, b) => a - b);
  } finally {
    await cluster.close();
    await sandbox.close().catch(() => {});
  }
}

function completed({ projects }: People, index: number): true | undefined {
  const repository = projects[index]?.repository;
  const pull = repository?.pulls.get(1);
  const run = repository?.checkRuns.find(({ headSha }) => headSha === pull?.headSha);
  return run?.status === "completed" ? true : undefined;
}
