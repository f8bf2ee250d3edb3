import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { verifyEvidence } from "../../src/cli/evidence-command.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import type { PullRequest, Repository } from "../sandbox/state.ts";
import { type Postgres, postgresPrograms, startPostgres } from "../support/postgres.ts";
import { healthy, poor } from "../support/repositories.ts";
import { environmentFor, type ServerProcess, serverProcesses } from "../support/server-process.ts";

const onPostgres = postgresPrograms ? describe : describe.skip;

onPostgres("processes on one PostgreSQL server", () => {
  const processes = serverProcesses();
  let sandbox: Sandbox;
  let postgres: Postgres;
  const workers: ServerProcess[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    sandbox = await startSandbox();
    const web = start("web");
    sandbox.setWebhookUrl(`${await web.started}/api/github/webhooks`);
  }, 60_000);

  afterEach(async () => {
    for (const worker of workers.splice(0)) worker.child.kill("SIGKILL");
  });

  afterAll(async () => {
    await processes.clear();
    await sandbox?.close();
    postgres?.remove();
  }, 60_000);

  function start(role: "web" | "worker", more: Readonly<Record<string, string>> = {}): ServerProcess {
    const store = { DATABASE_URL: postgres.url, PYREADY_ROLE: role };
    const server = processes.start({ ...environmentFor(sandbox), ...store, ...more });
    if (role === "worker") workers.push(server);
    return server;
  }

  let names = 0;
  async function openPullRequest(): Promise<{ repository: Repository; pull: PullRequest }> {
    const repository = sandbox.createRepository({ owner: "acme", name: `orders-${++names}`, files: healthy });
    await sandbox.install([repository]);
    const change = { title: "Change", author: "ada", branch: "change", files: poor };
    return { repository, pull: await sandbox.openPullRequest(repository, change) };
  }
  const published = async (repository: Repository, pull: PullRequest) => {
    await sandbox.waitFor("the comment", () => sandbox.ourComments(repository, pull.number)[0], 40_000);
    return sandbox.checkRuns(repository, pull.headSha).map(({ status }) => status);
  };
  /** Resolves once a review of the repository waits for this answer, which never comes. */
  const stuckAt = (method: string, path: RegExp) =>
    new Promise<void>((resolve) => {
      sandbox.fault({ method, path, effect: "hang", meanwhile: resolve });
    });

  test("a web process accepts and does not work, a worker works and does not accept", async () => {
    const before = sandbox.requests.filter(({ kind }) => kind !== "token").length;
    const { repository, pull } = await openPullRequest();
    expect(sandbox.deliveries.at(-1)?.statuses).toEqual([202]);
    const worker = await start("worker").started;
    expect(sandbox.requests.filter(({ kind }) => kind !== "token").length).toBe(before);
    expect(await published(repository, pull)).toEqual(["completed"]);
    expect((await fetch(`${worker}/api/github/webhooks`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${worker}/readyz`)).status).toBe(200);
  }, 60_000);

  test("what a killed worker had taken is taken up by another within half a minute", async () => {
    await start("worker").started;
    const stuck = stuckAt("GET", /\/git\/trees\//);
    const { repository, pull } = await openPullRequest();
    await stuck;
    workers[0]?.child.kill("SIGKILL");
    const killedAt = Date.now();
    await start("worker").started;
    expect(await published(repository, pull)).toEqual(["completed"]);
    expect(Date.now() - killedAt).toBeLessThan(30_000);
  }, 60_000);

  test("a worker that is told to stop hands back what it cannot finish, and ends with 0 in time", async () => {
    await start("worker").started;
    const stuck = stuckAt("POST", /\/check-runs$/);
    const { repository, pull } = await openPullRequest();
    await stuck;
    const leaving = workers[0] as ServerProcess;
    const toldAt = Date.now();
    leaving.child.kill("SIGTERM");
    await start("worker").started;
    expect((await leaving.ended).exit).toBe(0);
    const leftAt = Date.now();
    expect(leftAt - toldAt).toBeLessThan(25_000);
    expect(await published(repository, pull)).toEqual(["completed"]);
    expect(Date.now() - leftAt).toBeLessThan(10_000);
  }, 60_000);

  test("a worker that slept longer than its claim holds writes nothing when it wakes", async () => {
    await start("worker").started;
    const sleeper = workers[0] as ServerProcess;
    sandbox.fault({
      method: "GET",
      path: /\/pulls\/1$/,
      effect: "none",
      meanwhile: () => sleeper.child.kill("SIGSTOP"),
    });
    const { repository, pull } = await openPullRequest();
    await start("worker").started;
    expect(await published(repository, pull)).toEqual(["completed"]);
    const before = sandbox.requests.filter(({ method }) => method === "POST" || method === "PATCH").length;
    sleeper.child.kill("SIGCONT");
    sleeper.child.kill("SIGTERM");
    expect((await sleeper.ended).exit).toBe(0);
    const writes = sandbox.requests.filter(({ method }) => method === "POST" || method === "PATCH").slice(before);
    expect(writes.filter(({ kind }) => kind === "rest")).toEqual([]);
    expect(sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  }, 60_000);

  test("two workers keep one pack of evidence a month, and an operator fetches it", async () => {
    const policy = "compliance: [{ regime: soc2, evidence: monthly }]\n";
    const files = { ...healthy, ".github/pyready.yml": policy };
    const repository = sandbox.createRepository({ owner: "acme", name: "audited", files });
    const pair = [1, 2].map(() => start("worker", { RECONCILE_SECONDS: "1" }));
    await Promise.all(pair.map(({ started }) => started));
    await sandbox.install([repository]);
    const head = await sandbox.push(repository, "main", { ...files, "notes.txt": "Later.\n" });

    const folder = processes.folder();
    const fetchPacks = async () => {
      const environment = { PATH: process.env.PATH ?? "", DATABASE_URL: postgres.url };
      const command = [resolve("src/data.ts"), "evidence", String(repository.installationId), folder];
      return (await promisify(execFile)(process.execPath, command, { cwd: folder, env: environment })).stderr;
    };
    const chain = join(folder, "acme/audited/soc2");
    // Looks go on meanwhile, and none of them may make a second one.
    do await fetchPacks();
    while (!existsSync(chain));
    expect(await fetchPacks()).toBe(
      `Of installation ${repository.installationId} 0 packs of evidence are written, and 1 were there.\n`,
    );
    const names = readdirSync(chain);
    expect(names).toEqual([expect.stringMatching(/^0001-\d{4}-\d{2}-\d{2}$/)]);
    const said: string[] = [];
    const out = { write: (text: string) => said.push(text) };
    const streams = { out, error: out, color: false, progress: false };
    expect(await verifyEvidence(join(folder, "acme/audited"), {}, streams)).toBe(0);
    const pack = JSON.parse(readFileSync(join(chain, names[0] ?? "", "evidence.json"), "utf8"));
    expect([pack.commit, pack.regime.id]).toEqual([head, "soc2"]);
    expect(pack.lookedAt.settingsReadAt).toEqual(expect.any(String));
  }, 90_000);
});
