import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { startSandbox } from "../../sandbox/sandbox.ts";
import type { Postgres } from "../../support/postgres.ts";
import { environmentFor } from "../../support/server-process.ts";
import { Cluster, freePort } from "../cluster.ts";
import { gather } from "./crowd.ts";
import { atLeast, atMost, type Figure, told } from "./figures.ts";
import { type Prepared, percentile, send } from "./sender.ts";

const BARE = resolve("test/chaos/load/bare-probot.ts");
const ROUNDS = 3;
const ROUND_SECONDS = 6;

/** Two hundred deliveries a second for a minute, while workers review what they tell of. */
export async function measureAcknowledging(postgres: Postgres, seconds: number): Promise<readonly Figure[]> {
  const sandbox = await startSandbox();
  const cluster = await Cluster.start(sandbox, postgres, { web: 2, worker: 2 }, { RECONCILE_SECONDS: "0" });
  try {
    const { deliveries } = await gather(sandbox, { tenants: 40, pullsEach: 5, pushesEach: 1 });
    const urls = cluster.webs.map(({ url }) => `${url}/api/github/webhooks`);
    const answers = await send({ urls, secret: sandbox.app.webhookSecret, deliveries, perSecond: 200, seconds });
    const { statuses, milliseconds } = answers;
    const reviewed = sandbox.state.repositories.flatMap(({ checkRuns }) => checkRuns).length;
    return [
      atMost("acknowledged at 200 a second while reviews run, p99", percentile(milliseconds, 0.99), 250, "ms"),
      atMost("the same, p50", percentile(milliseconds, 0.5), 250, "ms"),
      atMost("not acknowledged of those", milliseconds.length - (statuses[202] ?? 0), 0, "deliveries"),
      told("deliveries sent, runs made meanwhile", `${milliseconds.length}, ${reviewed}`),
    ];
  } finally {
    await cluster.close();
    await sandbox.close().catch(() => {});
  }
}

/** How fast one process acknowledges, beside a bare Probot app: in turns, so that both have the same machine. */
export async function measureBesideProbot(postgres: Postgres): Promise<readonly Figure[]> {
  const sandbox = await startSandbox();
  const cluster = await Cluster.start(sandbox, postgres, { web: 1 }, { RECONCILE_SECONDS: "0", LOG_LEVEL: "warn" });
  const port = await freePort();
  const bare = spawn(process.execPath, [BARE], {
    env: { ...process.env, ...environmentFor(sandbox), PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(bare.stdout, "data");
    const { deliveries } = await gather(sandbox, { tenants: 40, pullsEach: 5, pushesEach: 1 });
    const rateAt = async (url: string): Promise<number> => {
      const { statuses, seconds } = await send({ ...orderOf(url, sandbox.app.webhookSecret, deliveries) });
      return ((statuses[202] ?? 0) + (statuses[200] ?? 0)) / seconds;
    };
    const ours = `${cluster.webs[0]?.url}/api/github/webhooks`;
    const theirs = `http://127.0.0.1:${port}/api/github/webhooks`;
    const rates: (readonly [number, number])[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const pair = [await rateAt(ours), await rateAt(theirs)] as const;
      // The first round warms both up.
      if (round > 0) rates.push(pair);
    }
    const ratio = median(rates.map(([our, their]) => our / their));
    const shown = rates.map(([our, their]) => `${Math.round(our)} : ${Math.round(their)}`).join(", ");
    return [
      atLeast("rate of acknowledgements, of a bare Probot app's", ratio, 0.5, ""),
      told("acknowledgements a second, ours : a bare Probot app's", shown),
    ];
  } finally {
    bare.kill("SIGKILL");
    await cluster.close();
    await sandbox.close().catch(() => {});
  }
}

function orderOf(url: string, secret: string, deliveries: readonly Prepared[]) {
  return { urls: [url], secret, deliveries, atATime: 32, seconds: ROUND_SECONDS };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
