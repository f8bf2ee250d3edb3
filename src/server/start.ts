import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import about from "../../package.json" with { type: "json" };
import { rules } from "../../rules/index.ts";
import { ruleSetVersion } from "../engine/rule-set.ts";
import { createApp } from "../github/app.ts";
import { hostHealth } from "../github/host-health.ts";
import { installationBudgets } from "../github/installation-budget.ts";
import { accept } from "../jobs/accept.ts";
import { type AddWork, headsWork, reconcileWork } from "../jobs/requests.ts";
import { policyMaker } from "../policy/policy-of.ts";
import type { Settings } from "../settings.ts";
import { budgetsIn } from "../store/budgets.ts";
import { type Database, openEmbedded, openPostgres } from "../store/database.ts";
import { groupCommit } from "../store/group-commit.ts";
import { lanesIn } from "../store/lanes.ts";
import { migrate } from "../store/migrations.ts";
import type { Pace } from "../store/paces.ts";
import { queueState } from "../store/queue-state.ts";
import { recordsIn } from "../store/records.ts";
import { watched } from "../store/watched.ts";
import { createDoor } from "../webhooks/door.ts";
import { nameOf } from "./failures.ts";
import { openLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createMetricsServer } from "./metrics-server.ts";
import { namedBranches } from "./named-branches.ts";
import { watchReviews } from "./review-watch.ts";
import { startWorkers } from "./workers.ts";

/** A server that runs. */
export interface RunningServer {
  /** Where it listens. */
  readonly url: string;
  /** How many jobs wait or run. */
  pending(): Promise<number>;
  /** Takes no new work, lets running reviews finish or hands them back, and closes everything. */
  close(): Promise<void>;
}

/** What tests shorten. */
export interface Tuning {
  readonly retryDelaySeconds?: number;
  /** How often a lane is reviewed without that anybody asked. */
  readonly pace?: Pace;
  /** Where the log goes, a line of JSON each; standard output otherwise. */
  readonly logTo?: { write(line: string): void };
  /** The store, where it is open already; it is closed with the server. */
  readonly store?: Database;
}

/** Two reviews of a lane without that anybody asked, then one a minute. */
const PACE: Pace = { seconds: 60, atOnce: 2 };
/** Supervisors kill after thirty seconds: running work has so long to finish. */
const DRAIN_MS = 18_000;
/** Deliveries that are being answered have so long. */
const LAST_ANSWERS_MS = 6000;
const CLOSE_MS = 2000;

/** So often what is not to be kept any longer is deleted. */
const CLEAN_EVERY_MS = 3_600_000;

/** The store could not be opened; the message says why. */
export class UnusableStore extends Error {}

/**
 * Composes the server out of its stages and starts it.
 * @throws UnusableStore, and FolderInUse when another process has the embedded database's folder.
 */
export async function startServer(settings: Settings, tuning: Tuning = {}): Promise<RunningServer> {
  const { log, dropped, flush } = openLog(settings.logLevel, tuning.logTo);
  const warn = (error: Error): void => log.warn(nameOf(error), "the store reported a problem");
  const store =
    tuning.store ??
    (settings.databaseUrl
      ? openPostgres(settings.databaseUrl, warn)
      : await openEmbedded(settings.dataDir ?? undefined));
  const { role } = settings;
  const health = hostHealth();
  const metrics = createMetrics({
    ...{ role, ruleSet: ruleSetVersion, version: about.version },
    queue: () => queueState(store),
    droppedLogLines: dropped,
    githubPauseMs: health.pauseMs,
  });
  const database = watched(store, metrics.storeAnswered);
  await migrate(database).catch((error: { code?: string; message: string }) => {
    throw new UnusableStore(`the store cannot be used: ${error.message || error.code}`);
  });
  const records = recordsIn(database);
  const lanes = lanesIn(database);
  // The embedded database's folder is this process's alone: whoever claimed something before has died.
  if (!settings.databaseUrl) await lanes.reclaim();
  const commit = groupCommit(lanes.add);
  const add: AddWork = async (works) => {
    await commit(works);
    workers?.wake();
  };
  const watch = watchReviews(log, metrics);
  const budgetOf = installationBudgets({ ...budgetsIn(database), holdTenant: lanes.holdTenant });
  const look = async (installationId: number): Promise<void> => {
    if (settings.reconcileSeconds > 0) await add([headsWork(installationId)]);
  };
  const isNamed = namedBranches(policyMaker(rules), records);
  const app = await createApp({ ...settings, connection: { health, onAnswer: metrics.appAnswered } }, (event) =>
    accept(
      { appId: settings.appId, records, lanes, add, look, isNamed, readsSettings: settings.reconcileSeconds > 0 },
      event,
    ),
  );
  const workers =
    settings.role === "web"
      ? undefined
      : startWorkers({
          ...{ settings, app, health, budgetOf, records, lanes, add },
          retrySeconds: tuning.retryDelaySeconds ?? 5,
          pace: tuning.pace ?? PACE,
          watch,
          onWorkerLost: metrics.workerLost,
        });
  const stopReconciling = workers ? reconcileRegularly(settings, add, warn) : () => {};
  const clean = async (): Promise<void> => {
    await records.forgetOld(settings.retentionDays, settings.evidenceDays);
    await records.purgeOrphans();
  };
  const cleaning = setInterval(() => void clean().catch(warn), CLEAN_EVERY_MS);

  const door = createDoor(
    {
      webhookPath: settings.webhookPath,
      webhookSecrets: [settings.webhookSecret, ...settings.previousWebhookSecrets],
      acceptsWebhooks: settings.role !== "worker",
    },
    {
      receive: async (event) => {
        await app.receive(event).catch((error: unknown) => {
          watch.notStored(event.id, error);
          throw error;
        });
      },
      unready: () =>
        records.ping().then(
          () => undefined,
          () => "the store cannot be reached",
        ),
      ...(settings.metricsPort === null && { metrics }),
      log: (outcome) => {
        metrics.delivered(outcome.event, outcome.status, outcome.milliseconds / 1000);
        log[outcome.status >= 500 ? "error" : outcome.status >= 400 ? "warn" : "info"](outcome, "delivery");
      },
    },
  );
  const url = await listen(door, settings.host, settings.port);
  const metricsServer = settings.metricsPort === null ? undefined : createMetricsServer(metrics);
  const metricsUrl = metricsServer && (await listen(metricsServer, settings.host, settings.metricsPort ?? 0));
  log.info({ url, metricsUrl, role, ruleSet: ruleSetVersion, rules: rules.length }, "started");
  app.identity().then(
    ({ slug }) => log.info({ app: slug }, "GitHub knows this App"),
    (error: { status?: number }) => log.error({ status: error.status }, "GitHub does not accept the App's id and key"),
  );

  return {
    url,
    pending: async () => {
      const { waiting, running, parked } = await lanes.depth();
      return waiting + running + parked;
    },
    async close() {
      stopReconciling();
      clearInterval(cleaning);
      metricsServer?.close().closeAllConnections();
      await Promise.all([closeDoor(door), workers?.stop(DRAIN_MS)]);
      // A store that does not answer is not waited for: leases run out by themselves.
      await Promise.race([database.close(), wait(CLOSE_MS, undefined, { ref: false })]);
      log.info("stopped");
      await flush();
    },
  };
}

/** Asks for reconciliation at once, and then with every period. @returns the function that ends it */
function reconcileRegularly({ reconcileSeconds }: Settings, add: AddWork, warn: (error: Error) => void): () => void {
  if (reconcileSeconds === 0) return () => {};
  const ask = (): void => void add([reconcileWork()]).catch(warn);
  ask();
  const asking = setInterval(ask, reconcileSeconds * 1000);
  return () => clearInterval(asking);
}

/** Takes no new connections; what is being answered may end. */
async function closeDoor(door: Server): Promise<void> {
  const closed = new Promise((resolve) => door.close(resolve));
  // A connection that is kept alive is idle once its answer is sent.
  const closing = setInterval(() => door.closeIdleConnections(), 50);
  await Promise.race([closed, wait(LAST_ANSWERS_MS, undefined, { ref: false })]);
  clearInterval(closing);
  door.closeAllConnections();
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}
