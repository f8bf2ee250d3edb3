import { describe, expect, test } from "@jest/globals";
import { type ClaimedWork, type NewWork, PRIORITY } from "../../src/store/lanes.ts";
import { useStore } from "../support/store.ts";

const store = useStore("lanes", "installations", "deliveries", "dead");

const work = (lane: string, changes: Partial<NewWork> = {}): NewWork => ({
  installationId: 1,
  repositoryId: 10,
  lane,
  kind: "review",
  request: { headSha: "a", asked: false },
  reviewId: `rv_${lane}`,
  priority: PRIORITY.live,
  ...changes,
});
const named = (taken: readonly ClaimedWork[]): readonly string[] => taken.map(({ lane }) => lane);
const one = async (): Promise<ClaimedWork> => {
  const [taken] = await store.lanes.claim(1, []);
  if (!taken) throw new Error("there was nothing to take");
  return taken;
};
/** As if its process had died and the lease had run out. */
const expire = () => store.database.query("update pyready.lanes set lease_until = now() - interval '1 second'");

describe("a lane", () => {
  test("runs one piece of work, and of those that wait keeps the newest", async () => {
    await store.lanes.add([work("pull/1", { request: { headSha: "a" } })]);
    const first = await one();
    await store.lanes.add([
      work("pull/1", { request: { headSha: "b" } }),
      work("pull/1", { request: { headSha: "c" } }),
    ]);
    expect(await store.lanes.claim(5, [])).toEqual([]);
    await store.lanes.finish(first);
    const second = await one();
    expect(second.request).toMatchObject({ headSha: "c" });
    expect(second.generation).toBeGreaterThan(first.generation);
    await store.lanes.finish(second);
    expect(await store.lanes.depth()).toMatchObject({ waiting: 0, running: 0 });
  });

  test("tells the work that runs of the newer that waits", async () => {
    await store.lanes.add([work("pull/1")]);
    const first = await one();
    expect(await store.lanes.renew(first)).toEqual({ newer: undefined });
    await store.lanes.add([work("pull/1", { request: { headSha: "b" } })]);
    expect(await store.lanes.renew(first)).toMatchObject({ newer: { request: { headSha: "b" } } });
  });

  test("of a process that died is taken over, and the dead one may write nothing any more", async () => {
    await store.lanes.add([work("pull/1")]);
    const first = await one();
    await expire();
    const second = await one();
    expect(second).toMatchObject({ lane: "pull/1", generation: first.generation, attempts: 2 });
    expect(await store.lanes.renew(first)).toBeUndefined();
    await store.lanes.finish(first);
    expect(await store.lanes.renew(second)).toEqual({ newer: undefined });
  });

  test("does not forget that a person asked, nor the head that was named", async () => {
    await store.lanes.add([work("pull/1", { request: { headSha: "a", asked: true }, priority: PRIORITY.asked })]);
    await store.lanes.add([work("pull/1", { request: { headSha: null, asked: false } })]);
    expect(await one()).toMatchObject({ request: { headSha: "a", asked: true }, priority: PRIORITY.asked });
  });

  test.each([
    ["at once", true],
    ["one after the other", false],
  ])("is about the head that GitHub named last, though its event came first (%s)", async (_, isBatch) => {
    const told = (headSha: string, updatedAt: string) => work("pull/1", { request: { headSha, updatedAt } });
    const [newer, older] = [told("b", "2026-11-25T08:00:02Z"), told("a", "2026-11-25T08:00:01Z")];
    if (isBatch) await store.lanes.add([newer, older]);
    else for (const each of [newer, older]) await store.lanes.add([each]);
    expect((await one()).request).toMatchObject({ headSha: "b", updatedAt: "2026-11-25T08:00:02Z" });
  });

  test("is taken back by a process that knows to be the only one, and counts the death", async () => {
    await store.lanes.add([work("pull/1")]);
    await one();
    expect(await store.lanes.claim(1, [])).toEqual([]);
    await store.lanes.reclaim();
    expect(await one()).toMatchObject({ attempts: 2 });
  });

  test("that was handed back waits, unless something newer comes", async () => {
    await store.lanes.add([work("pull/1")]);
    await store.lanes.release(await one(), { seconds: 60, failures: 1, faults: 0 });
    expect(await store.lanes.claim(1, [])).toEqual([]);
    expect(await store.lanes.depth()).toMatchObject({ parked: 1 });
    await store.lanes.add([work("pull/1")]);
    expect(await one()).toMatchObject({ attempts: 1, failures: 0 });
  });

  test("whose work was buried is empty, and the operator can see what it was", async () => {
    await store.lanes.add([work("pull/1")]);
    await store.lanes.bury(await one(), "HttpError 418");
    expect(await store.lanes.depth()).toMatchObject({ waiting: 0, running: 0, dead: 1 });
  });
});

describe("a delivery", () => {
  test("that comes fifty times asks once", async () => {
    const again = () => store.lanes.add([work("pull/1", { delivery: "guid" })]);
    await Promise.all(Array.from({ length: 50 }, again));
    const taken = await one();
    await again();
    expect(await store.lanes.renew(taken)).toEqual({ newer: undefined });
    await store.lanes.finish(taken);
    await again();
    expect(await store.lanes.claim(1, [])).toEqual([]);
  });

  test("in a batch with others of its lane leaves one row", async () => {
    await store.lanes.add(Array.from({ length: 30 }, (_, at) => work("pull/1", { delivery: `guid-${at}` })));
    expect(await store.lanes.depth()).toMatchObject({ waiting: 1 });
  });
});

describe("who is next", () => {
  test("what a person asked for goes before what happened, and that before backlog", async () => {
    await store.lanes.add([work("old", { priority: PRIORITY.backlog })]);
    await store.lanes.add([work("live")]);
    await store.lanes.add([work("asked", { priority: PRIORITY.asked })]);
    expect([await one(), await one(), await one()].map(({ lane }) => lane)).toEqual(["asked", "live", "old"]);
  });

  test("installations take turns, whatever the storm of one of them", async () => {
    await store.lanes.add(Array.from({ length: 20 }, (_, at) => work(`storm/${at}`)));
    await store.lanes.add([work("calm", { installationId: 2 })]);
    const taken = [await one(), await one(), await one()];
    expect(taken.map(({ installationId }) => installationId).sort()).toEqual([1, 1, 2]);
    expect(taken.slice(0, 2).map(({ installationId }) => installationId)).toContain(2);
  });

  test("one that holds enough places is passed over", async () => {
    await store.lanes.add([work("a"), work("b", { installationId: 2 })]);
    expect(named(await store.lanes.claim(5, [1]))).toEqual(["b"]);
  });

  test("one that GitHub limits waits, and so does one that is suspended", async () => {
    await store.lanes.add([work("a"), work("b", { installationId: 2 }), work("c", { installationId: 3 })]);
    await store.lanes.holdTenant(1, 60);
    await store.lanes.holdTenant(1, 1);
    await store.database.query("update pyready.installations set suspended = true where installation_id = 2");
    expect(named(await store.lanes.claim(5, []))).toEqual(["c"]);
    expect(
      await store.database.query("select from pyready.installations where not_before > now() + interval '50 s'"),
    ).toHaveLength(1);
  });
});
