import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Postgres, postgresPrograms, startPostgres } from "../support/postgres.ts";
import { healthy, poor } from "../support/repositories.ts";
import { startTestBed, type TestBed } from "../support/running-server.ts";

const onPostgres = postgresPrograms ? describe : describe.skip;
if (!postgresPrograms) console.warn("Skipped: PostgreSQL's server programs are not installed here.");

onPostgres("on a PostgreSQL server", () => {
  let postgres: Postgres;
  let bed: TestBed;

  beforeAll(async () => {
    postgres = await startPostgres();
    bed = await startTestBed({ databaseUrl: postgres.url });
  }, 60_000);

  afterAll(async () => {
    await bed?.close();
    postgres?.remove();
  }, 60_000);

  async function openPullRequest(name: string) {
    const repository = bed.sandbox.createRepository({ owner: "acme", name, files: healthy });
    await bed.sandbox.install([repository]);
    const change = { title: "Change", author: "ada", branch: "change", files: poor };
    return { repository, pull: await bed.sandbox.openPullRequest(repository, change) };
  }

  test("a pull request gets its check run and its comment", async () => {
    const { repository, pull } = await openPullRequest("orders");
    await bed.sandbox.waitFor("the comment", () => bed.sandbox.ourComments(repository, pull.number)[0]);
    await bed.settled();
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  });

  test("a store that is down refuses deliveries with 503, and goes on by itself when it is back", async () => {
    postgres.stop();
    const statusOf = async (path: string) => (await fetch(bed.url + path)).status;
    expect([await statusOf("/healthz"), await statusOf("/readyz")]).toEqual([200, 503]);
    const { repository, pull } = await openPullRequest("payments");
    const refused = bed.sandbox.deliveries.at(-1);
    expect(refused).toMatchObject({ event: "pull_request", statuses: [503] });
    const before = Date.now();
    const again = Array.from({ length: 20 }, async () => refused && bed.sandbox.redeliver(refused));
    expect(new Set(await Promise.all(again))).toEqual(new Set([503]));
    expect(Date.now() - before).toBeLessThan(2000);
    const metrics = await (await fetch(`${bed.url}/metrics`)).text();
    expect(metrics).toMatch(/^pyready_store_up 0$/m);
    expect(metrics).toMatch(/^pyready_failures_total\{kind="connection"\} [1-9]/m);
    expect(bed.log.join("")).toContain('"a delivery could not be stored"');
    postgres.start();
    expect(refused && (await bed.sandbox.redeliver(refused))).toBe(202);
    await bed.sandbox.waitFor("the comment", () => bed.sandbox.ourComments(repository, pull.number)[0]);
    expect(await statusOf("/readyz")).toBe(200);
  }, 60_000);
});
