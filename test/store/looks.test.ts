import { afterEach, describe, expect, test } from "@jest/globals";
import { PRIORITY } from "../../src/store/lanes.ts";
import { orders, useStore } from "../support/store.ts";

const store = useStore();
afterEach(() => store.records.purge(1));

const PERIODS = { active: 300, idle: 3600 };
const head = (headSha: string, lane = "pull/1") => ({ repositoryId: 10, lane, headSha });
const publish = (headSha: string) =>
  store.records.rememberCheck(orders, {
    ...{ headSha, lane: "pull/1", checkRunId: 1, reviewId: "rv_1", inputs: "", conclusion: "success", generation: 1 },
  });
const busy = (lane: string) =>
  store.lanes.add([{ ...orders, lane, kind: "review", request: {}, reviewId: "rv_1", priority: PRIORITY.live }]);
const unseen = async () =>
  (await store.records.unseenRepositories(1, PERIODS, 25)).map(({ repositoryId }) => repositoryId);
/** As if every look had been so long ago. */
const age = async (minutes: number) => {
  const before = `now() - interval '${minutes} minutes'`;
  await store.database.query(`update pyready.installations set looked_at = ${before} where installation_id = 1`);
  await store.database.query(`update pyready.repositories set looked_at = ${before} where installation_id = 1`);
};

describe("a look", () => {
  test("is due where there was none, and then after a period: a long one where nobody works", async () => {
    await store.records.noteRepositories([orders]);
    expect(await store.records.unseenInstallations(PERIODS)).toEqual([1]);
    expect(await unseen()).toEqual([10]);
    for (const [minutes, expected] of [
      [0, []],
      [10, []],
      [61, [10]],
    ] as const) {
      await age(minutes);
      expect(await unseen()).toEqual(expected);
    }
    await publish("a");
    await age(10);
    expect(await unseen()).toEqual([10]);
    expect(await store.records.unseenInstallations(PERIODS)).toEqual([1]);
  });

  test("is due at once where something was missed, even while one is under way", async () => {
    await store.records.noteRepositories([orders]);
    const seen = await store.records.unseenRepositories(1, PERIODS, 25);
    await store.records.noteLooks(seen);
    expect(await unseen()).toEqual([]);
    await store.records.missSomethingIn([{ ...orders, since: "2026-01-01T00:00:00Z" }]);
    const again = await store.records.unseenRepositories(1, PERIODS, 25);
    expect(again).toMatchObject([{ repositoryId: 10, since: new Date("2026-01-01T00:00:00Z") }]);
    await age(1);
    await store.records.missSomethingIn([{ ...orders, since: "2026-01-02T00:00:00Z" }]);
    await store.records.noteLooks([{ ...(again[0] as (typeof again)[number]), lookedAt: "2026-01-01T00:00:00Z" }]);
    expect(await unseen()).toEqual([10]);
  });

  test("leaves out what is archived once that was seen, what is suspended, and what nobody knows the name of", async () => {
    await store.records.noteRepositories([{ ...orders, archived: true }]);
    expect(await unseen()).toEqual([10]);
    await age(10_000);
    await store.records.missSomethingIn([{ installationId: 1, repositoryId: 11, since: "2026-01-01T00:00:00Z" }]);
    expect(await unseen()).toEqual([]);
    expect(await store.records.isUnlisted(1)).toBe(true);
    expect(await store.records.repository({ installationId: 1, repositoryId: 11 })).toBeUndefined();
    await store.records.noteRepositories([orders]);
    expect(await unseen()).toEqual([10]);
    await store.records.suspend(1, true, undefined);
    expect(await store.records.unseenInstallations(PERIODS)).toEqual([]);
  });

  test("begins with the names, once a day", async () => {
    await store.records.noteInstallation(1);
    expect(await store.records.isUnlisted(1)).toBe(true);
    await store.records.noteListed(1);
    expect(await store.records.isUnlisted(1)).toBe(false);
    await store.database.query("update pyready.installations set listed_at = now() - interval '25 hours'");
    expect(await store.records.isUnlisted(1)).toBe(true);
  });
});

describe("a head without a result", () => {
  test("is told of, but for one that has a result or that work is under way for", async () => {
    await publish("a");
    await busy("pull/2");
    const heads = [head("a"), head("b", "pull/2"), head("c", "pull/3")];
    expect(await store.records.withoutResult(1, heads)).toEqual([head("c", "pull/3")]);
  });

  test("is told of again after an hour, then after two", async () => {
    const told = async () => (await store.records.withoutResult(1, [head("a")])).length;
    const later = (hours: number) =>
      store.database.query(`update pyready.recoveries set tried_at = tried_at - interval '${hours} hours'`);
    expect([await told(), await told()]).toEqual([1, 0]);
    await later(1.1);
    expect([await told(), await told()]).toEqual([1, 0]);
    await later(1.1);
    expect(await told()).toBe(0);
    await later(1);
    expect(await told()).toBe(1);
  });

  test("that two pull requests share is told of in the lanes of both", async () => {
    const heads = [head("a", "pull/1"), head("a", "pull/2")];
    expect(await store.records.withoutResult(1, heads)).toHaveLength(2);
  });
});

describe("a run that was begun", () => {
  const begin = async (lane: string, minutes: number) => {
    await store.records.noteRun(orders, {
      externalId: lane,
      headSha: `head of ${lane}`,
      lane,
      checkRunId: null,
      annotations: "",
    });
    await store.database.query(
      `update pyready.open_runs set opened_at = now() - interval '${minutes} minutes' where external_id = $1`,
      [lane],
    );
  };

  test("is left when its lane has no work after a while, and told of as rarely", async () => {
    await begin("pull/1", 5);
    await begin("pull/2", 0);
    await begin("pull/3", 5);
    await busy("pull/3");
    expect(await store.records.leftRuns(1)).toEqual([head("head of pull/1", "pull/1")]);
    expect(await store.records.leftRuns(1)).toEqual([]);
  });
});

describe("work for lanes that are idle", () => {
  test("leaves the others as they are", async () => {
    await busy("pull/1");
    const work = (lane: string) => ({ ...orders, lane, kind: "review", reviewId: "rv_2", priority: PRIORITY.backlog });
    await store.lanes.addWhereIdle([
      { ...work("pull/1"), request: { headSha: "old" } },
      { ...work("pull/2"), request: { headSha: "b" } },
    ]);
    const rows = await store.database.query(
      "select lane, priority, request from pyready.lanes where installation_id = 1 order by lane",
    );
    expect(rows).toEqual([
      { lane: "pull/1", priority: PRIORITY.live, request: {} },
      { lane: "pull/2", priority: PRIORITY.backlog, request: { headSha: "b" } },
    ]);
  });

  test("that an archived repository has no use for is dropped, and its heads count as new again", async () => {
    await busy("pull/1");
    await store.records.withoutResult(1, [head("a", "pull/9")]);
    await store.lanes.drop(1, 10);
    expect(await store.lanes.depth()).toMatchObject({ waiting: 0 });
    expect(await store.records.withoutResult(1, [head("a", "pull/9")])).toHaveLength(1);
  });
});
