import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { holdsPack, writePack } from "./cli/evidence-folder.ts";
import type { Manifest } from "./compliance/chain.ts";
import { type Database, openEmbedded, openPostgres } from "./store/database.ts";
import { evidenceIn, type KeptEvidence } from "./store/evidence.ts";
import { migrate } from "./store/migrations.ts";
import { tenantDataIn } from "./store/tenant-data.ts";

const USAGE =
  "Use it so: npm run data -- export INSTALLATION, npm run data -- delete INSTALLATION, or npm run data -- evidence INSTALLATION FOLDER";
/** What GitHub allows in names, and a folder may be called. */
const PLAIN = /^(?!\.{1,2}$)[A-Za-z0-9._-]+$/;

/** What an operator does with what is held of an installation: exports it, deletes it, or writes its packs of evidence. */
async function main([verb = "", id, folder, ...rest]: readonly string[]): Promise<void> {
  const installationId = Number(id);
  const isKnown = verb === "evidence" ? folder !== undefined : /^(export|delete)$/.test(verb) && folder === undefined;
  if (!isKnown || !Number.isSafeInteger(installationId) || installationId <= 0 || rest.length > 0) return refuse(USAGE);
  if (existsSync(".env")) process.loadEnvFile(".env");
  const database = await open();
  try {
    if (verb === "evidence") await writeEvidence(database, installationId, folder ?? "");
    else if (verb === "delete") {
      await tenantDataIn(database).purge(installationId);
      process.stderr.write(`Nothing is held of installation ${installationId} any more.\n`);
    } else await exportRows(database, installationId);
  } finally {
    await database.close();
  }
}

/** As lines of JSON. */
async function exportRows(database: Database, installationId: number): Promise<void> {
  for await (const line of tenantDataIn(database).exported(installationId))
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, "drain");
}

/** Writes the packs that are kept into a folder for each repository; those that are there already stay as they are. */
async function writeEvidence(database: Database, installationId: number, folder: string): Promise<void> {
  await migrate(database);
  let [written, there] = [0, 0];
  for await (const pack of evidenceIn(database).keptEvidence(installationId)) {
    const manifest = JSON.parse(pack.manifest) as Manifest;
    const into = join(folder, folderOf(pack));
    if (await holdsPack(into, manifest)) there++;
    else {
      await writePack(
        into,
        manifest,
        new Map(Object.entries(pack.files).map(([name, text]) => [name, Buffer.from(text)])),
      );
      written++;
    }
  }
  process.stderr.write(
    `Of installation ${installationId} ${written} packs of evidence are written, and ${there} were there.\n`,
  );
}

function folderOf({ repository, repositoryId }: KeptEvidence & { readonly repository: string | null }): string {
  const names = repository?.split("/") ?? [];
  return names.length === 2 && names.every((name) => PLAIN.test(name)) ? join(...names) : `repository-${repositoryId}`;
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
