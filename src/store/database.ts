import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { lockFolder } from "./folder-lock.ts";

/** Rows of a query, as objects by column. */
export type Row = Readonly<Record<string, unknown>>;

/** The database that everything durable is in: a PostgreSQL server, or PGlite in this process. */
export interface Database {
  /** One statement with `$1` parameters. @throws when the database cannot be reached. */
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** How long a query may wait for a connection: a delivery is refused rather than kept waiting. */
const CONNECT_TIMEOUT_MS = 1500;
/** A server that stalls is not waited for: leases are renewed more often than they run out. */
const QUERY_TIMEOUT_MS = 10_000;

/** True for a fault of the database as a whole: it cannot be reached, is full or shuts down. Others are about a statement. */
export function isOutage(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code !== "string" || !/^\d[0-9A-Z]{4}$/.test(code) || /^(08|53|57|58)/.test(code);
}

/** A PostgreSQL server. Connections are made again after an outage. */
export function openPostgres(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: "pyready",
  });
  pool.on("error", onError);
  return {
    query: async (sql, parameters = []) => (await pool.query(sql, [...parameters])).rows,
    close: () => pool.end(),
  };
}

/**
 * PostgreSQL in this process, with its files under a folder, or in memory where none is given.
 * @throws FolderInUse when another process has the folder.
 */
export async function openEmbedded(folder: string | undefined): Promise<Database> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = folder === undefined ? () => {} : lockFolder(folder);
  const embedded = overEmbedded(await PGlite.create(folder === undefined ? {} : { dataDir: join(folder, "pglite") }));
  return { ...embedded, close: () => embedded.close().then(unlock) };
}

/** An instance of PGlite that runs. */
export function overEmbedded(pglite: PGlite): Database {
  return {
    query: async (sql, parameters = []) => (await pglite.query<Row>(sql, [...parameters])).rows,
    close: () => pglite.close(),
  };
}
