import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Postgres } from "../support/postgres.ts";
import { environmentFor } from "../support/server-process.ts";
import { Replica, type Role } from "./replica.ts";

const STARTS_MS = 60_000;

let databases = 0;

/** What the processes are started with besides: for all, or for each by its place in the row. */
export type Environment = Readonly<Record<string, string>> | ((place: number) => Readonly<Record<string, string>>);

/** How many processes there are of each role. */
export type Shape = Partial<Record<Role, number>>;

/** pyready as it is deployed: any number of processes of each role, on a database of their own. */
export class Cluster {
  readonly #sandbox: Sandbox;
  readonly #postgres: Postgres;
  readonly #database = `chaos_${process.pid}_${++databases}`;
  readonly #folder = mkdtempSync(join(tmpdir(), "pyready-chaos-"));
  readonly #environmentAt: (place: number) => Readonly<Record<string, string>>;
  #places = 0;
  /** All that there ever were: what they said is looked at in the end. */
  readonly everyone: Replica[] = [];
  replicas: readonly Replica[] = [];

  private constructor(sandbox: Sandbox, postgres: Postgres, environment: Environment) {
    this.#sandbox = sandbox;
    this.#postgres = postgres;
    const common = environmentFor(sandbox);
    this.#environmentAt = (place) => ({
      ...common,
      ...(typeof environment === "function" ? environment(place) : environment),
    });
  }

  static async start(
    sandbox: Sandbox,
    postgres: Postgres,
    shape: Shape = { web: 2, worker: 2 },
    environment: Environment = {},
  ): Promise<Cluster> {
    const cluster = new Cluster(sandbox, postgres, environment);
    await cluster.#onServer(`create database ${cluster.#database}`);
    const roles = Object.entries(shape).flatMap(([role, count]) => Array<Role>(count).fill(role as Role));
    await Promise.all(roles.map((role) => cluster.add(role)));
    return cluster;
  }

  get webs(): readonly Replica[] {
    return this.replicas.filter(({ role }) => role !== "worker");
  }

  get workers(): readonly Replica[] {
    return this.replicas.filter(({ role }) => role !== "web");
  }

  /** @param checkout the one that it runs, where that is not this one */
  async add(role: Role, checkout?: string): Promise<Replica> {
    const replica = await Replica.start({
      ...{ role, checkout },
      port: await freePort(),
      folder: this.#folder,
      environment: this.#environmentAt(this.#places++),
      store: { port: Number(new URL(this.#postgres.url).port), urlAt: (port) => this.#urlAt(port) },
    });
    this.everyone.push(replica);
    await inTime(replica);
    this.#become([...this.replicas, replica]);
    return replica;
  }

  async remove(replica: Replica): Promise<void> {
    this.#become(this.replicas.filter((one) => one !== replica));
    await replica.remove();
  }

  /** The replica whose process has this end of a connection to the sandbox. */
  ownerOf(port: number): Replica | undefined {
    const socket = inodeOf(port);
    return socket === undefined ? undefined : this.replicas.find(({ pid }) => holds(pid, socket));
  }

  /** Rows of the store, asked past whatever weather the processes have. @throws while it is down */
  async ask(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.#urlAt(Number(new URL(this.#postgres.url).port)) });
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.remove()));
    await this.#onServer(`drop database ${this.#database} with (force)`).catch(() => {});
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #become(replicas: readonly Replica[]): void {
    this.replicas = replicas;
    this.#sandbox.setWebhookUrl(...this.webs.map(({ url }) => `${url}/api/github/webhooks`));
  }

  #urlAt(port: number): string {
    const url = new URL(this.#postgres.url);
    url.port = String(port);
    url.pathname = `/${this.#database}`;
    return url.href;
  }

  async #onServer(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#postgres.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }
}

/** The kernel's number of the socket that is bound to a port of this machine. */
function inodeOf(port: number): string | undefined {
  const bound = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, , state]) => local?.endsWith(bound) && state === "01")?.[9];
}

function holds(pid: number, inode: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`;
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

/** @throws when it does not listen after a minute, and says why */
async function inTime({ started, role, collapses }: Replica): Promise<void> {
  const isUp = new AbortController();
  const late = wait(STARTS_MS, undefined, { signal: isUp.signal }).then(() => {
    throw new Error(`a ${role} does not start: ${collapses.at(-1) ?? "it says nothing"}`);
  });
  await Promise.race([started, late]).finally(() => {
    late.catch(() => {});
    isUp.abort();
  });
}

/** A port that nobody listens at, of those that the kernel gives to no connection by itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
