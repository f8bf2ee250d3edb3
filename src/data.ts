import { once } from "node:events";
import { existsSync } from "node:fs";
import { type Database, openEmbedded, openPostgres } from "./store/database.ts";
import { tenantDataIn } from "./store/tenant-data.ts";

const USAGE = "Use it so: npm run data -- export INSTALLATION, or npm run data -- delete INSTALLATION";

/** What an operator does with all that is held of an installation: exports it as lines of JSON, or deletes it. */
async function main([verb, id, ...rest]: readonly string[]): Promise<void> {
  const installationId = Number(id);
  const isKnown = verb === "export" || verb === "delete";
  if (!isKnown || !Number.isSafeInteger(installationId) || installationId <= 0 || rest.length > 0) return refuse(USAGE);
  if (existsSync(".env")) process.loadEnvFile(".env");
  const database = await open();
  try {
    const { exported, purge } = tenantDataIn(database);
    if (verb === "delete") {
      await purge(installationId);
      process.stderr.write(`Nothing is held of installation ${installationId} any more.\n`);
      return;
    }
    for await (const line of exported(installationId))
      if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, "drain");
  } finally {
    await database.close();
  }
}

async function open(): Promise<Database> {
  const { DATABASE_URL, DATA_DIR } = process.env;
  return DATABASE_URL ? openPostgres(DATABASE_URL, () => {}) : openEmbedded(DATA_DIR || "data");
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}

await main(process.argv.slice(2)).catch((error: { code?: string; message?: string }) =>
  refuse(`pyready: ${error.message || error.code}`),
);
