import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { webOf } from "../test/sandbox/page/web.ts";
import { sample } from "../test/sandbox/samples.ts";
import { startSandbox } from "../test/sandbox/sandbox.ts";
import { launchBrowser } from "../test/support/browser.ts";

/**
 * Shows pyready at work: `npm run demo` serves the pull request's page, `-- --exit` prints what it shows and
 * ends, `-- --picture FILE` takes its picture and ends.
 */
const { values: options } = parseArgs({ options: { exit: { type: "boolean" }, picture: { type: "string" } } });
const START_LIMIT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), "pyready-demo-"));
const sandbox = await startSandbox({ port: Number(process.env.PORT ?? 0) });
const port = await freePort();
const server = startServer(port);
let stopping = false;

process.once("SIGINT", () => void stop(0));
process.once("SIGTERM", () => void stop(0));
server.once("exit", (code) => {
  if (stopping) return;
  console.error(`The server ended by itself with ${code}: what it said stands above.`);
  void stop(1);
});

console.log("Starting pyready against a GitHub on this machine …");
await untilReady(`http://127.0.0.1:${port}/readyz`);
sandbox.setWebhookUrl(`http://127.0.0.1:${port}/api/github/webhooks`);
const files = sample("orders-api");
const repository = sandbox.createRepository({
  owner: "acme",
  name: "orders-api",
  files,
  permissions: { grace: "write" },
});
await sandbox.install([repository]);
const pull = await sandbox.openPullRequest(repository, {
  title: "Hand orders to the warehouse",
  author: "ada",
  branch: "warehouse",
  files: { ...files, ...sample("orders-api-change") },
});
const comment = await sandbox.waitFor(
  "the comment",
  () => sandbox.ourComments(repository, pull.number)[0],
  START_LIMIT_MS,
);
const run = await sandbox.waitFor(
  "the check run",
  () => sandbox.checkRuns(repository, pull.headSha).find(({ status }) => status === "completed"),
  START_LIMIT_MS,
);

sandbox.serveWeb(webOf(sandbox, "grace"));
const address = `${sandbox.url}/acme/orders-api/pull/${pull.number}`;
if (options.picture) {
  await takePicture(options.picture);
  await stop(0);
} else if (options.exit) {
  console.log(`\nacme/orders-api #${pull.number}: ${pull.title}`);
  console.log(`\nCheck run ${run.name}: ${run.conclusion}\n${run.title}\n\n${run.summary}`);
  console.log(`\nComment by ${comment.author.login}:\n\n${comment.body}`);
  await stop(0);
} else {
  console.log(`\nOpen the pull request:\n\n  ${address}\n`);
  console.log("Comment /recheck there to run the review again. Ctrl-C ends the demo.");
}

/** The server as an operator starts it, with the sandbox as its GitHub. */
function startServer(on: number): ChildProcess {
  return spawn(process.execPath, ["src/main.ts"], {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      APP_ID: String(sandbox.app.id),
      PRIVATE_KEY: sandbox.app.privateKey,
      WEBHOOK_SECRET: sandbox.app.webhookSecret,
      GHE_HOST: sandbox.host,
      GHE_PROTOCOL: "http",
      HOST: "127.0.0.1",
      PORT: String(on),
      DATABASE_URL: "",
      DATA_DIR: folder,
      PYREADY_ROLE: "all",
      LOG_LEVEL: "warn",
    },
  });
}

/** The page as the README shows it: the comment and the beginning of the check run. */
async function takePicture(path: string): Promise<void> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 960, height: 1240 }, deviceScaleFactor: 1.5 });
  await page.goto(address);
  await page.waitForSelector(".comment .markdown table");
  await page.screenshot({ path });
  await browser.close();
}

async function untilReady(url: string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await wait(200);
  }
  console.error("The server did not become ready within a minute.");
  await stop(1);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, "127.0.0.1", resolve);
  });
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

async function stop(code: number): Promise<never> {
  stopping = true;
  if (server.exitCode === null) {
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("exit", resolve));
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}
