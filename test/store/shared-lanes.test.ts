import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Database, openPostgres } from "../../src/store/database.ts";
import { type ClaimedWork, type Lanes, lanesIn, type NewWork, PRIORITY } from "../../src/store/lanes.ts";
import { migrate } from "../../src/store/migrations.ts";
import { type Postgres, postgresPrograms, startPostgres } from "../support/postgres.ts";

const onPostgres = postgresPrograms ? describe : describe.skip;

onPostgres("processes that share a PostgreSQL server", () => {
  let postgres: Postgres;
  let databases: readonly Database[];
  let processes: readonly Lanes[];

  beforeAll(async () => {
    postgres = await startPostgres();
    databases = Array.from({ length: 4 }, () => openPostgres(postgres.url, () => {}));
    // All at once, as in a rollout.
    await Promise.all(databases.map(migrate));
    processes = databases.map(lanesIn);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(databases?.map((database) => database.close()) ?? []);
    postgres?.remove();
  });

  const work = (installationId: number, lane: string, at: number): NewWork => ({
    installationId,
    repositoryId: 10 * installationId,
    lane,
    kind: "review",
    request: { headSha: String(at) },
    reviewId: `rv_${at}`,
    priority: PRIORITY.live,
    delivery: `${installationId}/${lane}/${at}`,
  });

  test("run one piece of a lane at a time, none older after a newer, and lose none", async () => {
    const TENANTS = 5;
    const LANES = 4;
    const ROUNDS = 30;
    const running = new Set<string>();
    const last = new Map<string, ClaimedWork>();
    const wrong: string[] = [];
    let isFed = false;

    async function feed(lanes: Lanes, round: number): Promise<void> {
      const works = Array.from({ length: TENANTS * LANES }, (_, at) =>
        work(1 + (at % TENANTS), `pull/${Math.floor(at / TENANTS)}`, round),
      );
      // Every delivery comes twice, in another order.
      await Promise.all([lanes.add(works), processes[(round + 1) % 4]?.add([...works].reverse())]);
    }
    async function serve(lanes: Lanes): Promise<void> {
      for (;;) {
        const isLast = isFed;
        const taken = await lanes.claim(3, []);
        if (taken.length === 0 && isLast) return;
        await Promise.all(taken.map((claim) => runOne(lanes, claim)));
      }
    }
    async function runOne(lanes: Lanes, claim: ClaimedWork): Promise<void> {
      const key = `${claim.installationId}/${claim.lane}`;
      if (running.has(key)) wrong.push(`two at a time in ${key}`);
      if ((last.get(key)?.generation ?? 0) >= claim.generation) wrong.push(`an older one after a newer in ${key}`);
      running.add(key);
      if (!(await lanes.renew(claim))) wrong.push(`the claim on ${key} was lost`);
      last.set(key, claim);
      running.delete(key);
      await lanes.finish(claim);
    }

    const serving = processes.map(serve);
    for (let round = 1; round <= ROUNDS; round++) await feed(processes[round % 4] as Lanes, round);
    isFed = true;
    await Promise.all(serving);
    expect(wrong).toEqual([]);
    expect([...last.values()].map(({ request }) => request)).toEqual(
      Array.from({ length: TENANTS * LANES }, () => ({ headSha: String(ROUNDS) })),
    );
    expect(await processes[0]?.depth()).toMatchObject({ waiting: 0, running: 0, parked: 0 });
  }, 60_000);

  test("share out what waits: none comes away empty-handed", async () => {
    await processes[0]?.add(Array.from({ length: 8 }, (_, at) => work(100 + at, "pull/1", 1)));
    const taken = await Promise.all(processes.map((lanes) => lanes.claim(2, [])));
    expect(taken.map(({ length }) => length)).toEqual([2, 2, 2, 2]);
  });
});
