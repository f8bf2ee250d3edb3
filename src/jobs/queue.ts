import { PgBoss } from "pg-boss";

/** A job as its handler gets it. */
export interface Job<Data> {
  /** The same over all attempts. */
  readonly id: string;
  readonly data: Data;
  /** True from the second attempt on: what the first wrote may be there. */
  readonly isRetry: boolean;
}

export interface QueueDefinition<Data extends object> {
  readonly name: string;
  /** At most one job of a lane runs, and of those waiting only the newest stays; without it every job runs. */
  laneOf?(data: Data): string;
  /** Jobs of this process at a time. */
  readonly concurrency: number;
  run(job: Job<Data>): Promise<void>;
  /** Called when the last attempt failed. */
  giveUp(job: Job<Data>): Promise<void>;
}

/** The durable queue: what `add` has accepted runs, however often a process dies. */
export interface Queue {
  add<Data extends object>(definition: Pick<QueueDefinition<Data>, "name" | "laneOf">, data: Data): Promise<void>;
  /** Starts to work on this queue. */
  work<Data extends object>(definition: QueueDefinition<Data>): Promise<void>;
  /** How many jobs wait or run, over all processes. */
  pending(): Promise<number>;
  /** Lets running jobs finish, for at most this long; what is not finished is handed back. */
  stop(milliseconds: number): Promise<void>;
}

/** A job whose process sends no sign of life for so long is taken up by another. */
const HEARTBEAT_SECONDS = 10;
const ATTEMPTS = 6;
/** Seconds a job may run. */
const EXPIRY = 15 * 60;
const POLLING_SECONDS = 0.5;

export interface QueueSettings {
  readonly options: ConstructorParameters<typeof PgBoss>[0];
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The queues that jobs may be added to. */
  readonly names: readonly { readonly name: string; readonly hasLanes: boolean }[];
  /** Seconds before the first repetition; it doubles with each. */
  readonly retryDelaySeconds: number;
  onError(error: Error): void;
}

export async function openQueue({ options, query, names, retryDelaySeconds, onError }: QueueSettings): Promise<Queue> {
  const boss = new PgBoss({
    ...(typeof options === "string" ? { connectionString: options } : options),
    schema: "pyready_queue",
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  });
  boss.on("error", onError);
  await boss.start();
  for (const { name, hasLanes } of names) {
    await boss.createQueue(deadOf(name));
    await boss.createQueue(name, {
      policy: hasLanes ? "singleton" : "standard",
      retryLimit: ATTEMPTS - 1,
      retryDelay: retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: 300,
      expireInSeconds: EXPIRY,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deadLetter: deadOf(name),
    });
  }
  return {
    async add({ name, laneOf }, data) {
      if (laneOf) await boss.upsert(name, data, { singletonKey: laneOf(data) });
      else await boss.send(name, data);
    },

    async work({ name, concurrency, run, giveUp }) {
      const polling = { pollingIntervalSeconds: POLLING_SECONDS, batchSize: 1, includeMetadata: true } as const;
      await boss.work<object>(name, { ...polling, localConcurrency: concurrency }, async ([job]) => {
        if (job) await run({ id: job.id, data: job.data as never, isRetry: job.retryCount > 0 });
      });
      await boss.work<object>(deadOf(name), polling, async ([job]) => {
        if (job) await giveUp({ id: job.id, data: job.data as never, isRetry: true });
      });
    },

    async pending() {
      const [row] = await query(
        "select count(*)::int as count from pyready_queue.job where state in ('created', 'retry', 'active')",
      );
      return Number(row?.count ?? 0);
    },

    async stop(milliseconds) {
      await boss.stop({ graceful: true, timeout: milliseconds });
    },
  };
}

function deadOf(name: string): string {
  return `${name}.dead`;
}
