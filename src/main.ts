import { existsSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import { useNetworkOf } from "./network.ts";
import { type RunningServer, startServer, UnusableStore } from "./server/start.ts";
import { readSettings, SettingsError } from "./settings.ts";
import { FolderInUse } from "./store/folder-lock.ts";

/** Starts the server as an operator does; ends with 2 when it cannot start as it is set up. */
async function main(): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const starting = startAsConfigured();
  // A signal that comes while it starts is heeded once it has started.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      starting
        .then((server) => server.close())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
  }
  await starting.catch((error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(2);
  });
}

/** Where processes share processors, deliveries are answered before anything is judged. */
function yieldToOthers(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  // A greater number yields more; who was told to yield more than this goes on with that.
  if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
}

async function startAsConfigured(): Promise<RunningServer> {
  useNetworkOf(process.env);
  const settings = readSettings(process.env);
  if (settings.role === "worker") yieldToOthers();
  return startServer(settings);
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) {
    const lines = error.problems.map((problem) => `  - ${problem}`);
    return ["pyready cannot start:", ...lines, 'Run "npm run setup" to register an App and write these to .env.'].join(
      "\n",
    );
  }
  if (error instanceof FolderInUse) return `pyready cannot start: ${error.message}`;
  if (error instanceof UnusableStore) return `pyready cannot start: ${error.message}. Check DATABASE_URL or DATA_DIR.`;
  const { code, message } = error as { code?: string; message?: string };
  if (code === "EADDRINUSE") return "pyready cannot start: the port is in use. Set PORT to another.";
  return `pyready cannot start: ${message}`;
}

if (import.meta.main) await main();
