import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { temporaryFolders } from "../support/folders.ts";

const folders = temporaryFolders();
const running = new Set<ChildProcess>();
let sandbox: Sandbox;
const MAIN = resolve("src/main.ts");

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  folders.clear();
  await sandbox?.close();
});

/** The server as an operator starts it: a process in a folder of its own, with this environment alone. */
function start(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN], {
    cwd: folders.create(),
    env: { PATH: process.env.PATH ?? "", ...environment },
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
  /** The address that it says it listens at. */
  const started = new Promise<string>((found, lost) => {
    child.stdout.on("data", () => {
      const url = /"url":"([^"]+)"/.exec(out)?.[1];
      if (url) found(url);
    });
    ended.then(() => lost(new Error(`it ended instead of starting: ${error}`)));
  });
  started.catch(() => {});
  return { child, ended, started };
}

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const CREDENTIALS = { APP_ID: "7", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "a long and secret word" };

describe("a server that cannot start says why, and exits with 2:", () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["nothing is configured", {}, ["APP_ID is missing", "PRIVATE_KEY", "WEBHOOK_SECRET is missing", "npm run setup"]],
    ["the secret is Probot's default", { ...CREDENTIALS, WEBHOOK_SECRET: "development" }, ["which everybody knows"]],
    ["the key's file is not there", { APP_ID: "7", WEBHOOK_SECRET: "x", PRIVATE_KEY_PATH: "gone.pem" }, ["gone.pem"]],
    ["the key is none", { ...CREDENTIALS, PRIVATE_KEY: "-----BEGIN x" }, ["PRIVATE_KEY is no private key"]],
    [
      "the store is not there",
      { ...CREDENTIALS, DATABASE_URL: "postgres://x@127.0.0.1:9/x", PORT: "0" },
      ["the store cannot be used", "Check DATABASE_URL"],
    ],
    ["the port is none", { ...CREDENTIALS, PORT: "http" }, ["PORT is not a port"]],
    ["a worker has no store to share", { ...CREDENTIALS, PYREADY_ROLE: "worker" }, ["which needs DATABASE_URL"]],
    ["the log's level is unknown", { ...CREDENTIALS, LOG_LEVEL: "loud" }, ['LOG_LEVEL is "loud"']],
  ])("%s", async (_, environment, says) => {
    const { exit, out, error } = await start(environment).ended;
    expect([exit, out]).toEqual([2, ""]);
    for (const words of says) expect(error).toContain(words);
    expect(error).not.toMatch(/^\s+at /m);
  });
});

test("a server starts, keeps its folder to itself, and ends with 0 on SIGTERM", async () => {
  const environment = {
    APP_ID: String(sandbox.app.id),
    PRIVATE_KEY: Buffer.from(sandbox.app.privateKey).toString("base64"),
    WEBHOOK_SECRET: sandbox.app.webhookSecret,
    GHE_HOST: sandbox.host,
    GHE_PROTOCOL: "http",
    HOST: "127.0.0.1",
    PORT: "0",
    DATA_DIR: folders.create(),
  };
  const first = start(environment);
  const url = await first.started;
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const second = await start(environment).ended;
  expect(second).toMatchObject({ exit: 2, error: expect.stringContaining("is in use by process") });
  first.child.kill("SIGTERM");
  expect((await first.ended).exit).toBe(0);
  const third = start(environment);
  await third.started;
  third.child.kill("SIGKILL");
  await third.ended;
  const fourth = start(environment);
  await fourth.started;
  fourth.child.kill("SIGINT");
  expect((await fourth.ended).exit).toBe(0);
}, 120_000);
