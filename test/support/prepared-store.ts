import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Database, overEmbedded } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";

/** Beside what other tools keep of earlier runs. */
const KEPT = resolve("node_modules/.cache/pyready");
const MADE_OF = ["src/store/migrations.ts", "node_modules/@electric-sql/pglite/package.json"];
const DAY_MS = 86_400_000;

/** An embedded database in memory that has its tables: to make them takes longer than most tests. */
export async function openPrepared(): Promise<Database> {
  return overEmbedded(await PGlite.create({ loadDataDir: new Blob([readFileSync(await preparedTar())]) }));
}

/** The files of a database without rows, made when the schema is a new one. */
async function preparedTar(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of MADE_OF) hash.update(readFileSync(source));
  const path = join(KEPT, `store-${hash.digest("hex").slice(0, 16)}.tar`);
  if (existsSync(path)) return path;
  const pglite = await PGlite.create();
  await migrate(overEmbedded(pglite));
  const dump = await (await pglite.dumpDataDir("none")).bytes();
  await pglite.close();
  mkdirSync(KEPT, { recursive: true });
  forgetOld();
  // Another process may be making the same.
  writeFileSync(`${path}.${process.pid}`, dump);
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

function forgetOld(): void {
  for (const name of readdirSync(KEPT)) {
    const path = join(KEPT, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > DAY_MS) rmSync(path, { force: true });
  }
}
