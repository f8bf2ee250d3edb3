import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { useServerProcesses } from "../support/process-scene.ts";
import { environmentFor } from "../support/server-process.ts";

const processes = useServerProcesses();
const { start } = processes;

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
  const environment = { ...environmentFor(processes.sandbox), DATA_DIR: processes.folder() };
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
