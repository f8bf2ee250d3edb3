import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = "/usr/lib/postgresql";

/** The folder of PostgreSQL's server programs, as Debian installs them; undefined where there are none. */
export const postgresPrograms = (existsSync(ROOT) ? readdirSync(ROOT) : [])
  .map((version) => join(ROOT, version, "bin"))
  .find((folder) => existsSync(join(folder, "initdb")));

/** A PostgreSQL server of a test's own. */
export interface Postgres {
  readonly url: string;
  start(): void;
  stop(): void;
  /** Stops it and removes its files. */
  remove(): void;
}

/** Makes and starts a server in a folder of its own, on a free port of this machine. */
export async function startPostgres(): Promise<Postgres> {
  if (!postgresPrograms) throw new Error("PostgreSQL's server programs are not installed here");
  const programs = postgresPrograms;
  const folder = mkdtempSync(join(tmpdir(), "pyready-postgres-"));
  const data = join(folder, "data");
  const port = await freePort();
  const owner = serverUser();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const run = (program: string, ...args: readonly string[]): void => {
    execFileSync(join(programs, program), [...args], { stdio: "ignore", cwd: folder, ...owner });
  };
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const start = (): void => run("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), "-o", settings, "start");
  const stop = (): void => run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
  run("initdb", "-D", data, "-A", "trust", "-U", "pyready", "-E", "UTF8", "--no-sync");
  start();
  return {
    url: `postgres://pyready@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove() {
      spawnSync(join(programs, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"], {
        stdio: "ignore",
        cwd: folder,
        ...owner,
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root: then as the user that came with it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (what: string): number => Number(execFileSync("id", [what, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
