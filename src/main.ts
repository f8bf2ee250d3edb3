import { createPrivateKey, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { rules } from "../rules/index.ts";
import { reviewSnapshot } from "./engine/review-snapshot.ts";
import { ruleSetVersion } from "./engine/rule-set.ts";
import { createParseCache } from "./facts/parse-cache.ts";
import { createApp, NotInstalled } from "./github/app.ts";
import { repositoryClient } from "./github/repository-client.ts";
import { accept } from "./jobs/accept.ts";
import { runCommand } from "./jobs/command-job.ts";
import { type Job, openQueue } from "./jobs/queue.ts";
import { COMMANDS, type Enqueue, type QueuedReview, REVIEWS } from "./jobs/requests.ts";
import { giveUpReview, type ReviewPorts, runReview } from "./jobs/review-job.ts";
import { readSettings, type Settings, SettingsError } from "./settings.ts";
import { createSnapshotCache, githubSnapshot } from "./snapshot/github.ts";
import { type Database, openEmbedded, openPostgres } from "./store/database.ts";
import { FolderInUse } from "./store/folder-lock.ts";
import { migrate } from "./store/migrations.ts";
import { recordsIn } from "./store/records.ts";
import { tenantCaches } from "./tenant-caches.ts";
import { createDoor } from "./webhooks/door.ts";
import { type CommandRequest, laneOf, type RequestedRepository } from "./webhooks/review-request.ts";

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
  /** Where the log goes, a line of JSON each; standard output otherwise. */
  readonly logTo?: { write(line: string): void };
}

const READ = { contents: "read", metadata: "read", pull_requests: "read" } as const;
const WRITE = { checks: "write", pull_requests: "write" } as const;
const CONCURRENCY = 4;
/** Supervisors kill after thirty seconds: running work has so long to finish. */
const DRAIN_MS = 20_000;

/** Composes the server out of its stages and starts it. */
export async function startServer(settings: Settings, tuning: Tuning = {}): Promise<RunningServer> {
  const log = pino(
    {
      level: settings.logLevel,
      base: null,
      redact: ["token", "*.token", "authorization", "*.authorization", "*.headers"],
    },
    tuning.logTo ?? pino.destination(1),
  );
  createPrivateKey(settings.privateKey);
  const warn = (error: Error): void =>
    log.warn({ kind: error.name, reason: error.message }, "the store reported a problem");
  const database: Database = settings.databaseUrl
    ? openPostgres(settings.databaseUrl, warn)
    : await openEmbedded(settings.dataDir ?? undefined);
  await migrate(database);
  const records = recordsIn(database);
  const queue = await openQueue({
    options: database.queueOptions,
    query: database.query,
    names: [
      { name: REVIEWS, hasLanes: true },
      { name: COMMANDS, hasLanes: false },
    ],
    retryDelaySeconds: tuning.retryDelaySeconds ?? 5,
    onError: warn,
  });
  const enqueue: Enqueue = {
    review: (request) =>
      queue.add<QueuedReview>({ name: REVIEWS, laneOf }, { ...request, reviewId: `rv_${randomUUID()}` }),
    command: (request) => queue.add<CommandRequest>({ name: COMMANDS }, request),
  };
  const app = await createApp(settings, log, (event) => accept({ appId: settings.appId, records, enqueue }, event));
  if (settings.role !== "web") await startWorkers();

  const door = createDoor(
    {
      webhookPath: settings.webhookPath,
      webhookSecret: settings.webhookSecret,
      acceptsWebhooks: settings.role !== "worker",
    },
    {
      receive: app.receive,
      unready: () =>
        records.ping().then(
          () => undefined,
          () => "the store cannot be reached",
        ),
      log: (outcome) =>
        log[outcome.status >= 500 ? "error" : outcome.status >= 400 ? "warn" : "info"](outcome, "delivery"),
    },
  );
  await new Promise<void>((resolve, reject) => {
    door.once("error", reject).listen(settings.port, settings.host, resolve);
  });
  const { port } = door.address() as AddressInfo;
  const url = `http://${settings.host}:${port}`;
  log.info({ url, role: settings.role, ruleSet: ruleSetVersion, rules: rules.length }, "started");
  app.identity().then(
    ({ slug }) => log.info({ app: slug }, "GitHub knows this App"),
    (error: { status?: number }) => log.error({ status: error.status }, "GitHub does not accept the App's id and key"),
  );

  return {
    url,
    pending: () => queue.pending(),
    async close() {
      door.close();
      door.closeIdleConnections();
      await queue.stop(DRAIN_MS);
      door.closeAllConnections();
      await database.close();
      log.info("stopped");
    },
  };

  async function startWorkers(): Promise<void> {
    const caches = tenantCaches(() => ({ snapshots: createSnapshotCache(), parsed: createParseCache() }));
    const giveUp = (job: Job<QueuedReview>) =>
      settle(job.data, "given up", () => giveUpReview(portsFor(job.data.repository, caches), job));
    await queue.work<QueuedReview>({
      name: REVIEWS,
      laneOf,
      concurrency: CONCURRENCY,
      run: (job) => settle(job.data, "reviewed", () => runReview(portsFor(job.data.repository, caches), job)),
      giveUp,
    });
    await queue.work<CommandRequest>({
      name: COMMANDS,
      concurrency: 2,
      run: async ({ data }) => {
        const reader = await clientFor(data.repository, READ);
        const writer = await clientFor(data.repository, WRITE);
        await runCommand({ records, enqueue, permissionOf: reader.permissionOf, react: writer.react }, data);
      },
      giveUp: async ({ data }) =>
        log.error({ installation: data.repository.installationId, comment: data.commentId }, "a command was given up"),
    });
  }

  /** Runs a job's work; what is no longer installed has nothing left to do. */
  async function settle(
    { repository, reviewId }: QueuedReview,
    done: string,
    work: () => Promise<void>,
  ): Promise<void> {
    const ids = { installation: repository.installationId, repository: repository.repositoryId, review: reviewId };
    try {
      await work();
      log.info(ids, done);
    } catch (error) {
      if (error instanceof NotInstalled) {
        log.info(ids, "not installed any more");
        return;
      }
      const { name, status } = error as { name?: string; status?: number };
      log.warn({ ...ids, kind: name, status }, "a review failed and is tried again");
      throw new Error(`${name ?? "error"} ${status ?? ""}`.trim());
    }
  }

  async function clientFor(
    repository: RequestedRepository,
    permissions: typeof READ | typeof WRITE,
    onRequest: () => void = () => {},
  ) {
    const { installationId, repositoryId, owner, name } = repository;
    const { token, mintedAt } = await app.tokenFor(installationId, repositoryId, permissions);
    return repositoryClient({ apiUrl: settings.apiUrl, owner, name, token, tokenMintedAt: mintedAt, onRequest });
  }

  function portsFor(repository: RequestedRepository, caches: Caches): ReviewPorts {
    let requests = 0;
    const count = (): void => {
      requests++;
    };
    const reading = () => clientFor(repository, READ, count);
    return {
      appId: settings.appId,
      docsUrl: settings.docsUrl,
      ruleSet: ruleSetVersion,
      records,
      pulls: {
        pullRequest: async (number) => (await reading()).pullRequest(number),
        pullRequestsOf: async (sha) => (await reading()).pullRequestsOf(sha),
      },
      judge: async (headSha) => {
        const { snapshots, parsed } = caches.of(repository.installationId);
        const { owner, name, visibility, ownerType, defaultBranch } = repository;
        const info = { name: `${owner}/${name}`, visibility, owner: ownerType, defaultBranch };
        const snapshot = await githubSnapshot((await reading()).reader, info, headSha, snapshots);
        return reviewSnapshot(snapshot, { rules, date: new Date().toISOString().slice(0, 10), cache: parsed });
      },
      requests: () => requests,
      publisher: () => clientFor(repository, WRITE, count),
      now: Date.now,
    };
  }
}

type Caches = ReturnType<
  typeof tenantCaches<{
    snapshots: ReturnType<typeof createSnapshotCache>;
    parsed: ReturnType<typeof createParseCache>;
  }>
>;

/** Starts the server as an operator does; ends with 2 when it cannot start as it is set up. */
async function main(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  let server: RunningServer;
  try {
    server = await startServer(readSettings(process.env));
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(2);
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) {
    const lines = error.problems.map((problem) => `  - ${problem}`);
    return ["pyready cannot start:", ...lines, 'Run "npm run setup" to register an App and write these to .env.'].join(
      "\n",
    );
  }
  if (error instanceof FolderInUse) return `pyready cannot start: ${error.message}`;
  const { code, message } = error as { code?: string; message?: string };
  if (code === "EADDRINUSE") return "pyready cannot start: the port is in use. Set PORT to another.";
  return `pyready cannot start: ${message}`;
}

if (import.meta.main) await main();
