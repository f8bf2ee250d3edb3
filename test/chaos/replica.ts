import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import about from "../../package.json" with { type: "json" };
import { memoryOf } from "./memory.ts";
import { openStoreProxy, type Weather } from "./store-proxy.ts";

const LOOK_AGAIN_MS = 50;
/** What `npm start` gives to Node before the file. */
const FLAGS = about.scripts.start.split(" ").slice(1, -1);
/** This checkout. */
const HERE = resolve(".");

/** None outlives the harness, however that ends. */
const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

export type Role = "web" | "worker" | "all";

export interface ReplicaSettings {
  readonly role: Role;
  readonly port: number;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The checkout that it runs; this one unless told. */
  readonly checkout?: string | undefined;
  /** Where the store listens, and its address with the port left open; null for the embedded one. */
  readonly store: { readonly port: number; urlAt(port: number): string } | null;
}

/** One place of the deployment: whatever process runs there just now, and the supervisor that starts another. */
export class Replica {
  readonly role: Role;
  readonly url: string;
  /** Everything that any of its processes said. */
  output = "";
  /** The most memory that any of its processes held, in MB. */
  peakMb = 0;
  kills = 0;
  /** Processes that ended although nobody asked them to. */
  readonly collapses: string[] = [];
  readonly #settings: ReplicaSettings;
  readonly #setWeather: (weather: Weather) => void;
  readonly #closeProxy: () => Promise<void>;
  readonly #databaseUrl: string | undefined;
  #child: ChildProcess | undefined;
  #isWanted = true;
  #isUp = false;
  #started = Promise.withResolvers<void>();

  private constructor(
    settings: ReplicaSettings,
    databaseUrl: string | undefined,
    setWeather: (weather: Weather) => void,
    closeProxy: () => Promise<void>,
  ) {
    this.#settings = settings;
    this.role = settings.role;
    this.url = `http://127.0.0.1:${settings.port}`;
    this.#databaseUrl = databaseUrl;
    this.#setWeather = setWeather;
    this.#closeProxy = closeProxy;
  }

  /** Starts a process that is started again whenever it dies. */
  static async start(settings: ReplicaSettings): Promise<Replica> {
    const proxy = settings.store ? await openStoreProxy(settings.store.port) : undefined;
    const replica = new Replica(
      settings,
      proxy && settings.store?.urlAt(proxy.port),
      (weather) => proxy?.set(weather),
      async () => proxy?.close(),
    );
    replica.#spawn();
    return replica;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves when the process that runs now listens. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  set weather(weather: Weather) {
    this.#setWeather(weather);
  }

  /** Ends it at whatever instruction it is. */
  kill(): void {
    this.kills++;
    this.measure();
    this.#child?.kill("SIGKILL");
  }

  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#child?.kill("SIGCONT");
  }

  /** Nobody reads what it says any more. */
  deafen(): void {
    this.#child?.stdout?.destroy();
  }

  /** Asks it to stop, and starts the next one when it has; resolves with how it ended and how long it took. */
  async replace(): Promise<{ readonly code: number | null; readonly milliseconds: number }> {
    const leaving = this.#child;
    if (!leaving) throw new Error("nothing runs here");
    const ended = once(leaving, "exit");
    const askedAt = performance.now();
    this.measure();
    leaving.kill("SIGTERM");
    const [code] = await ended;
    const milliseconds = performance.now() - askedAt;
    await this.started;
    return { code: code as number | null, milliseconds };
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    this.#isWanted = false;
    this.measure();
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    await this.#closeProxy();
  }

  /** What its metrics say, if it tells any. */
  async metrics(): Promise<string> {
    const answer = await fetch(`${this.url}/metrics`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    return answer?.ok ? answer.text() : "";
  }

  #spawn(): void {
    const { role, port, folder, environment, checkout = HERE } = this.#settings;
    const child = spawn(process.execPath, [...FLAGS, join(checkout, "src/main.ts")], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? "",
        ...environment,
        HOST: "127.0.0.1",
        PORT: String(port),
        PYREADY_ROLE: role,
        ...(this.#databaseUrl && { DATABASE_URL: this.#databaseUrl }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    alive.add(child);
    const hear = (chunk: Buffer): void => {
      this.output += chunk;
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    void this.#listens(child).then(() => {
      this.#isUp = true;
      this.#started.resolve();
    });
    child.once("exit", (code, signal) => {
      alive.delete(child);
      if (!this.#isWanted) {
        this.#started.resolve();
        return;
      }
      // Who waits for one that never listened waits for the next.
      if (this.#isUp) this.#started = Promise.withResolvers();
      this.#isUp = false;
      const isCollapse = signal === null && code !== 0;
      const reason = this.output.trimEnd().split("\n").at(-1) ?? "";
      // A store that is out keeps a process from starting; everything else should not.
      if (isCollapse && !reason.includes("the store cannot be used"))
        this.collapses.push(`a ${role} ended by itself with ${code}: ${reason}`);
      // As a supervisor does: after a collapse not at once, so that an outage is not a storm of starts.
      if (isCollapse) setTimeout(() => this.#isWanted && this.#spawn(), 500);
      else this.#spawn();
    });
  }

  /** Resolves when the process answers; never, where it ends before. */
  async #listens(child: ChildProcess): Promise<void> {
    while (this.#child === child && child.exitCode === null && child.signalCode === null) {
      const answer = await fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      if (answer?.ok) return;
      await wait(LOOK_AGAIN_MS);
    }
    await new Promise(() => {});
  }

  /** What its process holds now, in MB. */
  residentMb(): number {
    return memoryOf(this.pid, "VmRSS");
  }

  /** Looks how much it held at most so far. */
  measure(): number {
    this.peakMb = Math.max(this.peakMb, memoryOf(this.pid, "VmHWM"));
    return this.peakMb;
  }
}
