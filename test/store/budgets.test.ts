import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { budgetsIn, type Spending, type Turn } from "../../src/store/budgets.ts";
import { type Database, openPostgres } from "../../src/store/database.ts";
import { lanesIn } from "../../src/store/lanes.ts";
import { migrate } from "../../src/store/migrations.ts";
import { type Postgres, postgresPrograms, startPostgres } from "../support/postgres.ts";
import { openPrepared } from "../support/prepared-store.ts";

const READ: Spending = { points: 1, isWrite: false, resource: "core", patience: 0, reserve: 50, told: {} };
const WRITE: Spending = { ...READ, points: 5, isWrite: true };
const ID = 1;

const told = (remaining: number, resetSeconds = 3000) => ({ told: { core: { remaining, resetSeconds } } });
const because = (turn: Turn | undefined) => (turn && "because" in turn ? turn.because : "may");
const allowed = (turns: readonly Turn[]) => turns.filter((turn) => because(turn) === "may").length;

let database: Database;
let budgets: ReturnType<typeof budgetsIn>;

beforeAll(async () => {
  database = await openPrepared();
  budgets = budgetsIn(database);
}, 60_000);
afterEach(async () => {
  await database.query("delete from pyready.budgets");
  await database.query("delete from pyready.installations");
});
afterAll(() => database?.close());

/** As if so much time had passed. */
async function pass(seconds: number): Promise<void> {
  const columns = ["points_until", "writes_until", "hour_until", "core_resets", "graphql_resets", "limited_at"];
  const earlier = columns.map((column) => `${column} = ${column} - make_interval(secs => $1)`);
  await database.query(`update pyready.budgets set ${earlier.join(", ")}`, [seconds]);
}

/** How many of these may go at once, until the first that may not. */
async function atOnce(spending: Spending): Promise<number> {
  for (let count = 0; ; count++) if (because(await budgets.spend(ID, spending)) !== "may") return count;
}

describe("of requests", () => {
  test.each([
    ["writes in any minute", 4, 60, 40, 80],
    ["writes in any hour", 60, 3600, 450, 500],
  ])("there are no more %s than GitHub takes", async (_, step, length, least, most) => {
    const sent: number[] = [];
    for (let second = 0; second < 2 * length; second += step) {
      for (let count = await atOnce(WRITE); count > 0; count--) sent.push(second);
      await pass(step);
    }
    const busiest = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + length).length));
    expect(busiest).toBeLessThanOrEqual(most);
    expect(busiest).toBeGreaterThan(least);
  });

  test("there are no more points in any minute than GitHub takes", async () => {
    const startedAt = performance.now();
    let points = (await atOnce(READ)) * READ.points;
    for (let second = 0; second < 60; second += 10) {
      await pass(10);
      points += await atOnce(READ);
    }
    // The test takes its time, too.
    const seconds = 60 + (performance.now() - startedAt) / 1000;
    expect(points).toBeGreaterThan(750);
    expect(points).toBeLessThanOrEqual(900 + 10 * (seconds - 60));
  });

  test("one that comes too early waits, and the next waits longer", async () => {
    await atOnce(WRITE);
    const waits = [];
    for (let next = 0; next < 3; next++) waits.push(await budgets.spend(ID, { ...WRITE, patience: 5 }));
    expect(waits.map((turn) => Math.round("waitSeconds" in turn ? turn.waitSeconds : -1))).toEqual([1, 2, 3]);
  });

  test("one that has waited is not counted again", async () => {
    await atOnce(WRITE);
    await budgets.spend(ID, { ...WRITE, patience: 20 });
    for (let again = 0; again < 3; again++)
      expect(await budgets.spend(ID, { ...READ, points: 0 })).toEqual({ waitSeconds: 0 });
  });

  test("reads go on while writes must wait", async () => {
    await atOnce(WRITE);
    expect(because(await budgets.spend(ID, READ))).toBe("may");
  });

  test("one installation's do not count for another", async () => {
    await atOnce(WRITE);
    expect(because(await budgets.spend(ID + 1, WRITE))).toBe("may");
  });
});

describe("of an hour's budget", () => {
  test("the last part is left to others until it is full again", async () => {
    expect(because(await budgets.spend(ID, { ...READ, ...told(60) }))).toBe("may");
    expect(await atOnce(READ)).toBe(9);
    expect(await budgets.spend(ID, READ)).toEqual({ refusedSeconds: expect.any(Number), because: "reserved" });
    expect(because(await budgets.spend(ID, { ...READ, resource: "graphql" }))).toBe("may");
    await pass(3000);
    expect(because(await budgets.spend(ID, READ))).toBe("may");
  });

  test("that ends sooner than was told is full again then", async () => {
    await budgets.spend(ID, { ...READ, ...told(4000, 3600) });
    expect(because(await budgets.spend(ID, { ...READ, ...told(0, 6) }))).toBe("reserved");
    await pass(7);
    expect(because(await budgets.spend(ID, READ))).toBe("may");
  });

  test("what others spend counts, and an answer that was overtaken does not", async () => {
    await budgets.spend(ID, { ...READ, ...told(4000) });
    await budgets.spend(ID, { ...READ, ...told(40) });
    expect(because(await budgets.spend(ID, { ...READ, ...told(3999) }))).toBe("reserved");
    expect(because(await budgets.spend(ID, { ...READ, ...told(4999, 3599) }))).toBe("may");
  });
});

test("nothing is sent before the time that a limit ends", async () => {
  await lanesIn(database).holdTenant(ID, 60);
  const turn = await budgets.spend(ID, READ);
  expect(turn).toEqual({ refusedSeconds: expect.any(Number), because: "held" });
  expect(Math.round("refusedSeconds" in turn ? turn.refusedSeconds : 0)).toBe(60);
});

test("a limit that does not say how long it holds is taken to hold longer when it comes again", async () => {
  const guesses = [await budgets.guess(ID, 60), await budgets.guess(ID, 60)];
  for (const seconds of [60, 120, 240, 10_000]) {
    await pass(seconds);
    guesses.push(await budgets.guess(ID, 60));
  }
  // Two at once are the same limit.
  expect(guesses).toEqual([60, 60, 120, 240, 480, 60]);
});

(postgresPrograms ? describe : describe.skip)("processes that share a PostgreSQL server", () => {
  let postgres: Postgres;
  let databases: readonly Database[];

  beforeAll(async () => {
    postgres = await startPostgres();
    databases = Array.from({ length: 4 }, () => openPostgres(postgres.url, () => {}));
    await Promise.all(databases.map(migrate));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(databases?.map((one) => one.close()) ?? []);
    postgres?.remove();
  });

  test("spend no more together than one alone", async () => {
    const replicas = databases.map(budgetsIn);
    const turns = await Promise.all(
      Array.from({ length: 80 }, (_, index) => replicas[index % 4]?.spend(ID, WRITE) as Promise<Turn>),
    );
    // One may become due while the others are asked.
    expect(allowed(turns)).toBeGreaterThanOrEqual(15);
    expect(allowed(turns)).toBeLessThanOrEqual(18);
  });
});
