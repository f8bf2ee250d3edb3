import { setInterval } from "node:timers/promises";
import { startServer, type Tuning } from "../../src/server/start.ts";
import type { Settings } from "../../src/settings.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { openPrepared } from "./prepared-store.ts";

/** pyready, in this process, against a GitHub of its own. */
export interface TestBed {
  readonly sandbox: Sandbox;
  readonly url: string;
  /** Every line that was logged. */
  readonly log: string[];
  /** Resolves when a line like this has been logged since so many lines. */
  logged(line: RegExp, since?: number): Promise<void>;
  /** Resolves when no job waits or runs. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

function settingsFor(sandbox: Sandbox, changes: Partial<Settings> = {}): Settings {
  return {
    appId: sandbox.app.id,
    privateKey: sandbox.app.privateKey,
    webhookSecret: sandbox.app.webhookSecret,
    previousWebhookSecrets: [],
    webhookPath: "/api/github/webhooks",
    host: "127.0.0.1",
    port: 0,
    metricsPort: null,
    apiUrl: `${sandbox.url}/api/v3`,
    webUrl: sandbox.url,
    databaseUrl: null,
    dataDir: null,
    retentionDays: 400,
    evidenceDays: 2200,
    role: "all",
    logLevel: "trace",
    docsUrl: "https://docs.example.invalid/rules",
    reconcileSeconds: 0,
    ...changes,
  };
}

/** Starts both; the embedded database is in memory. */
export async function startTestBed(changes: Partial<Settings> = {}, tuning: Tuning = {}): Promise<TestBed> {
  const sandbox = await startSandbox();
  const log: string[] = [];
  const settings = settingsFor(sandbox, changes);
  const server = await startServer(settings, {
    ...(!settings.databaseUrl && !settings.dataDir && { store: await openPrepared() }),
    retryDelaySeconds: 1,
    logTo: { write: (line) => log.push(line) },
    ...tuning,
  });
  sandbox.setWebhookUrl(`${server.url}/api/github/webhooks`);
  return {
    sandbox,
    url: server.url,
    log,
    async logged(line, since = 0) {
      for await (const _ of setInterval(50)) if (log.slice(since).some((one) => line.test(one))) return;
    },
    async settled() {
      for await (const _ of setInterval(50)) if ((await server.pending()) === 0) return;
    },
    async close() {
      await server.close().finally(() => sandbox.close());
    },
  };
}
