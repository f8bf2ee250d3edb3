import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openStoreProxy, type Weather } from "./store-proxy.ts";

const MAIN = resolve("src/main.ts");

export type Role = "web" | "worker" | "all";

export interface ReplicaSettings {
  readonly role: Role;
  readonly port: number;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
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
  #started: Promise<void> = Promise.resolve();

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
    return this.#started;
  }

  set weather(weather: Weather) {
    this.#setWeather(weather);
  }

  /** Ends it at whatever instruction it is. */
  kill(): void {
    this.kills++;
    this.#measure();
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
    this.#measure();
    leaving.kill("SIGTERM");
    const [code] = await ended;
    return { code: code as number | null, milliseconds: performance.now() - askedAt };
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    this.#isWanted = false;
    this.#measure();
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
    const { role, port, folder, environment } = this.#settings;
    const child = spawn(process.execPath, [MAIN], {
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
    const started = Promise.withResolvers<void>();
    this.#started = started.promise;
    const hear = (chunk: Buffer): void => {
      this.output += chunk;
      if (this.output.includes('"started"', this.output.length - chunk.byteLength - 64)) started.resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code, signal) => {
      started.resolve();
      if (!this.#isWanted) return;
      if (signal === null && code !== 0) this.collapses.push(`${role} ended by itself with ${code}`);
      // As a supervisor does: after a collapse not at once, so that an outage is not a storm of starts.
      if (signal === null && code !== 0) setTimeout(() => this.#isWanted && this.#spawn(), 500).unref();
      else this.#spawn();
    });
  }

  /** Its peak so far; the kernel keeps it. */
  #measure(): void {
    this.peakMb = Math.max(this.peakMb, residentPeakMb(this.pid));
  }

  measure(): number {
    this.#measure();
    return this.peakMb;
  }
}

function residentPeakMb(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
