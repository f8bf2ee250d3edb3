import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { CORE_SCHEMA, load, mergeTag } from "js-yaml";
import { readSettings } from "../src/settings.ts";
import { type Sandbox, startSandbox } from "./sandbox/sandbox.ts";
import { type Postgres, postgresPrograms, startPostgres } from "./support/postgres.ts";
import { healthy, poor } from "./support/repositories.ts";
import { privateKey } from "./support/secrets.ts";
import { environmentFor, type ServerProcess, serverProcesses } from "./support/server-process.ts";

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly read_only: boolean;
  readonly restart: string;
  readonly ports?: readonly string[];
  readonly stop_grace_period?: string;
  readonly security_opt: readonly string[];
  readonly deploy: {
    readonly replicas?: number;
    readonly resources: { readonly limits: { readonly memory: string; readonly cpus: string } };
  };
}

const { services } = load(readFileSync("compose.yml", "utf8"), { schema: CORE_SCHEMA.withTags(mergeTag) }) as {
  services: Readonly<Record<string, Service>>;
};
const ours = ["web", "worker"].map((name) => services[name] as Service);

const CREDENTIALS = {
  APP_ID: "7",
  WEBHOOK_SECRET: "a long and secret word",
  PRIVATE_KEY: privateKey(),
};

describe("the compose file", () => {
  test("runs two web and two worker processes of this project's image", () => {
    expect(ours.map(({ deploy, environment }) => [environment.PYREADY_ROLE, deploy.replicas])).toEqual([
      ["web", 2],
      ["worker", 2],
    ]);
    const dockerfile = readFileSync("Dockerfile", "utf8");
    for (const { user } of ours) expect(dockerfile).toContain(`USER ${user}\n`);
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\/healthz/m);
  });

  test.each(Object.entries(services))(
    "%s is bounded, restarts, and may write nowhere but where it must",
    (_, service) => {
      expect(service).toMatchObject({
        read_only: true,
        restart: "unless-stopped",
        security_opt: ["no-new-privileges:true"],
      });
      expect(service.deploy.resources.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
    },
  );

  test("images of others are named by their digest, and only the proxy is reached from outside", () => {
    const { proxy, postgres } = services;
    for (const image of [proxy?.image, postgres?.image]) expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
    expect(Object.entries(services).flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(["proxy"]);
  });

  test("its processes have longer to end than they take", () => {
    for (const service of ours) expect(Number.parseInt(service.stop_grace_period ?? "", 10)).toBeGreaterThan(25);
  });

  test("the proxy lets through what the server listens to", () => {
    const caddyfile = readFileSync("deploy/caddy/Caddyfile", "utf8");
    const { webhookPath } = readSettings({ ...environmentOf("web"), ...CREDENTIALS });
    expect(caddyfile).toContain(`handle ${webhookPath} {`);
    expect(caddyfile).toContain(`dynamic a web ${environmentOf("web").PORT} {`);
    expect(readFileSync("deploy/prometheus/prometheus.yml", "utf8")).toContain(
      `port: ${environmentOf("web").METRICS_PORT}`,
    );
  });
});

/** A service's environment, as compose resolves it. */
function environmentOf(role: string): Readonly<Record<string, string>> {
  const text = JSON.stringify(services[role]?.environment);
  return JSON.parse(text.replace(/\$\{POSTGRES_PASSWORD:[^}]*\}/g, "secret"));
}

const onPostgres = postgresPrograms ? describe : describe.skip;

onPostgres("two web and two worker processes on one PostgreSQL", () => {
  const processes = serverProcesses();
  let sandbox: Sandbox;
  let postgres: Postgres;
  let webs: readonly { readonly process: ServerProcess; readonly url: string }[];
  let workers: readonly ServerProcess[];

  beforeAll(async () => {
    [sandbox, postgres] = await Promise.all([startSandbox(), startPostgres()]);
    const start = (role: string) =>
      processes.start({
        ...environmentFor(sandbox),
        PYREADY_ROLE: role,
        DATABASE_URL: postgres.url,
        METRICS_PORT: "0",
      });
    const started = ["web", "web", "worker", "worker"].map(start);
    const urls = await Promise.all(started.map(({ started }) => started));
    webs = started.slice(0, 2).map((process, index) => ({ process, url: urls[index] ?? "" }));
    workers = started.slice(2);
  }, 120_000);

  afterAll(async () => {
    await processes.clear();
    await sandbox?.close();
    postgres?.remove();
  }, 60_000);

  async function openPullRequest(name: string, url: string) {
    sandbox.setWebhookUrl(`${url}/api/github/webhooks`);
    const repository = sandbox.createRepository({ owner: "acme", name, files: healthy });
    await sandbox.install([repository]);
    const change = { title: "Change", author: "ada", branch: "change", files: poor };
    return { repository, pull: await sandbox.openPullRequest(repository, change) };
  }

  const commented = async ({ repository, pull }: Awaited<ReturnType<typeof openPullRequest>>) => {
    await sandbox.waitFor("the comment", () => sandbox.ourComments(repository, pull.number)[0]);
    return sandbox.checkRuns(repository, pull.headSha).filter(({ status }) => status === "completed").length;
  };

  test("what either web process accepts is reviewed once, also when one of each kind ends", async () => {
    const [first, second] = webs.map(({ url }) => url) as [string, string];
    const both = [await openPullRequest("orders", first), await openPullRequest("payments", second)];
    expect(await Promise.all(both.map(commented))).toEqual([1, 1]);
    webs[0]?.process.child.kill("SIGTERM");
    workers[0]?.child.kill("SIGTERM");
    const third = await openPullRequest("stock", second);
    expect(await commented(third)).toBe(1);
    expect([(await webs[0]?.process.ended)?.exit, (await workers[0]?.ended)?.exit]).toEqual([0, 0]);
  }, 120_000);

  test("an old backup that is restored converges: nothing is said twice, and what it does not know is judged", async () => {
    const url = webs[1]?.url ?? "";
    const before = await openPullRequest("billing", url);
    expect(await commented(before)).toBe(1);
    const file = join(processes.folder(), "pyready.dump");
    const run = (program: string, ...given: readonly string[]) =>
      execFileSync(join(postgresPrograms ?? "", program), [...given], { encoding: "utf8" });
    run("pg_dump", "--format=custom", `--file=${file}`, postgres.url);
    const headSha = await sandbox.push(before.repository, "change", { ...poor, "shop/later.py": "LATER = 1\n" });
    const { externalId: reviewId } = await sandbox.waitFor("the review of the push", () =>
      sandbox.checkRuns(before.repository, headSha).find(({ status }) => status === "completed"),
    );
    run("psql", "--quiet", "--command=create database restored", postgres.url);
    const restored = postgres.url.replace(/\/postgres$/, "/restored");
    run("pg_restore", `--dbname=${restored}`, "--no-owner", file);
    // The backup is a day old.
    for (const [table, columns] of [
      ["installations", ["since", "looked_at"]],
      ["repositories", ["since", "looked_at"]],
      ["lanes", ["not_before", "lease_until"]],
    ] as const) {
      const aged = columns.map((column) => `${column} = ${column} - interval '1 day'`).join(", ");
      run("psql", "--quiet", `--command=update pyready.${table} set ${aged}`, restored);
    }
    for (const { child } of [...webs.map(({ process }) => process), ...workers]) child.kill("SIGKILL");
    const server = processes.start({ ...environmentFor(sandbox), DATABASE_URL: restored, RECONCILE_SECONDS: "1" });
    const newUrl = await server.started;
    await sandbox.waitFor(
      "a second judgement of the head that the backup does not know, in the run that is there",
      () => sandbox.checkRuns(before.repository, headSha).find((run) => run.externalId !== reviewId),
    );
    expect(sandbox.checkRuns(before.repository, headSha)).toHaveLength(1);
    expect(sandbox.ourComments(before.repository, before.pull.number)).toHaveLength(1);
    const after = await openPullRequest("returns", newUrl);
    expect(await commented(after)).toBe(1);
  }, 120_000);

  test("an operator exports and deletes what is held of an installation", async () => {
    const data = (...given: readonly string[]) =>
      spawnSync(process.execPath, ["src/data.ts", ...given], {
        encoding: "utf8",
        env: { PATH: process.env.PATH ?? "", DATABASE_URL: postgres.url },
      });
    const [installation] = sandbox.requests.flatMap(({ installationId }) => installationId ?? []);
    const rows = data("export", String(installation))
      .stdout.trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { table: string });
    expect(new Set(rows.map(({ table }) => table))).toEqual(
      new Set([...rows.map(({ table }) => table), "check_runs", "installations", "pull_requests", "repositories"]),
    );
    expect(data("delete", String(installation)).stderr).toBe(
      `Nothing is held of installation ${installation} any more.\n`,
    );
    expect(data("export", String(installation)).stdout).toBe("");
    for (const wrong of [["delete", "everything"], ["export"], ["evidence", "1"], ["export", "1", "packs"]])
      expect(data(...wrong)).toMatchObject({
        status: 2,
        stderr:
          "Use it so: npm run data -- export INSTALLATION, npm run data -- delete INSTALLATION, or npm run data -- evidence INSTALLATION FOLDER\n",
      });
  }, 60_000);
});
