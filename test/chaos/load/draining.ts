import { setTimeout as wait } from "node:timers/promises";
import { startSandbox } from "../../sandbox/sandbox.ts";
import type { Postgres } from "../../support/postgres.ts";
import { Cluster } from "../cluster.ts";
import type { Expectations } from "../contents.ts";
import { invariants } from "../invariants/all.ts";
import type { Evidence } from "../invariants/evidence.ts";
import { whenQuiet } from "../quiet.ts";
import { type CrowdSize, gather } from "./crowd.ts";
import { atMost, type Figure, none, told } from "./figures.ts";
import { send } from "./sender.ts";

const SAMPLE_MS = 2000;
/** Caches and pools fill at first. */
const WARM_SHARE = 0.4;
const LIMIT_MS = 45 * 60_000;

/**
 * Ten thousand pull requests of two hundred installations have queued up while nobody worked; then two workers
 * come. Their memory is watched meanwhile.
 */
export async function measureDraining(
  postgres: Postgres,
  expectations: Expectations,
  size: CrowdSize,
): Promise<readonly Figure[]> {
  const sandbox = await startSandbox();
  const cluster = await Cluster.start(sandbox, postgres, { web: 1 }, { RECONCILE_SECONDS: "0" });
  try {
    const { people, deliveries } = await gather(sandbox, size);
    const urls = cluster.webs.map(({ url }) => `${url}/api/github/webhooks`);
    const { statuses } = await send({ urls, secret: sandbox.app.webhookSecret, deliveries, atATime: 64 });
    const queued = Number((await cluster.ask("select count(*) as n from pyready.lanes"))[0]?.n);
    await Promise.all([cluster.add("worker"), cluster.add("worker")]);
    const startedAt = performance.now();
    const watching = watchMemory(
      cluster,
      () => sandbox.state.repositories.flatMap(({ checkRuns }) => checkRuns).length,
    );
    const evidence: Evidence = { sandbox, people, cluster, expectations, outages: [], wakings: [], metrics: "" };
    const unquiet = await whenQuiet(evidence, LIMIT_MS);
    const minutes = (performance.now() - startedAt) / 60_000;
    const samples = await watching.stop();
    const broken = await Promise.all(
      invariants.map(async ({ id, problems }) => (await problems(evidence)).map((problem) => `${id}: ${problem}`)),
    );
    const growth = growthOf(samples);
    return [
      told("deliveries acknowledged, lanes they became", `${statuses[202] ?? 0} of ${deliveries.length}, ${queued}`),
      told("drained in", `${minutes.toFixed(1)} min, ${Math.round(queued / minutes)} reviews a minute`),
      none("invariants broken by the drain", [...unquiet, ...broken.flat()]),
      atMost("memory that a worker gains in 1,000 reviews, once warm", growth, 15, "MB"),
      atMost("most memory of a process", Math.max(...cluster.everyone.map((one) => one.measure())), 512, "MB"),
    ];
  } finally {
    await cluster.close();
    await sandbox.close().catch(() => {});
  }
}

interface Sample {
  readonly reviews: number;
  /** The mean over the workers. */
  readonly mb: number;
}

function watchMemory({ workers }: Cluster, reviewsSoFar: () => number) {
  const samples: Sample[] = [];
  const over = new AbortController();
  const sampling = (async () => {
    while (!over.signal.aborted) {
      const mb = workers.reduce((sum, worker) => sum + worker.residentMb(), 0) / workers.length;
      samples.push({ reviews: reviewsSoFar(), mb });
      await wait(SAMPLE_MS, undefined, { signal: over.signal }).catch(() => {});
    }
  })();
  return {
    async stop(): Promise<readonly Sample[]> {
      over.abort();
      await sampling;
      return samples;
    },
  };
}

/** The slope of a line through the samples, in MB for a worker's thousand reviews. */
function growthOf(samples: readonly Sample[]): number {
  const most = samples.at(-1)?.reviews ?? 0;
  const warm = samples.filter(({ reviews }) => reviews >= most * WARM_SHARE);
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = meanOf(warm.map(({ reviews }) => reviews));
  const y = meanOf(warm.map(({ mb }) => mb));
  const covariance = meanOf(warm.map(({ reviews, mb }) => (reviews - x) * (mb - y)));
  const variance = meanOf(warm.map(({ reviews }) => (reviews - x) ** 2));
  // Two workers share the reviews.
  return variance === 0 ? 0 : (covariance / variance) * 1000 * 2;
}
