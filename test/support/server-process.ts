import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { temporaryFolders } from "./folders.ts";

const MAIN = resolve("src/main.ts");

/** What is known of a process that ended. */
export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly error: string;
}

/** The server as an operator starts it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The address that it says it listens at. */
  readonly started: Promise<string>;
}

/** Starts server processes for one file of tests; `clear` kills them all and removes their folders. */
export function serverProcesses() {
  const folders = temporaryFolders();
  const running = new Set<ChildProcess>();
  return {
    folder: () => folders.create(),

    /** A process in a folder of its own, with this environment alone. */
    start(environment: Readonly<Record<string, string>>): ServerProcess {
      const child = spawn(process.execPath, [MAIN], {
        cwd: folders.create(),
        env: { ...machine(), ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      running.add(child);
      let out = "";
      let error = "";
      child.stdout.on("data", (chunk) => {
        out += chunk;
      });
      child.stderr.on("data", (chunk) => {
        error += chunk;
      });
      const ended = once(child, "exit").then(([exit]) => {
        running.delete(child);
        return { exit: exit as number | null, out, error };
      });
      const started = new Promise<string>((found, lost) => {
        child.stdout.on("data", () => {
          const url = /"url":"([^"]+)"/.exec(out)?.[1];
          if (url) found(url);
        });
        ended.then(() => lost(new Error(`it ended instead of starting: ${error}`)));
      });
      started.catch(() => {});
      return { child, ended, started };
    },

    async clear(): Promise<void> {
      const ending = [...running].map((child) => once(child, "exit"));
      for (const child of running) child.kill("SIGKILL");
      await Promise.all(ending);
      folders.clear();
    },
  };
}

/** What a process takes from this machine whatever it is told. */
function machine(): Readonly<Record<string, string>> {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}

/** The environment of a server that works with this GitHub, on any free port. */
export function environmentFor(sandbox: Sandbox): Readonly<Record<string, string>> {
  return {
    APP_ID: String(sandbox.app.id),
    PRIVATE_KEY: Buffer.from(sandbox.app.privateKey).toString("base64"),
    WEBHOOK_SECRET: sandbox.app.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: "http",
    HOST: "127.0.0.1",
    PORT: "0",
  };
}
