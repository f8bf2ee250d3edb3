import { afterEach, expect, test } from "@jest/globals";
import { PRIORITY } from "../../src/store/lanes.ts";
import { orders, useStore } from "../support/store.ts";

const store = useStore();
afterEach(() => store.records.purge(1));

const isSuspended = async () =>
  (await store.records.installations()).find(({ installationId }) => installationId === 1)?.suspended;

test("what happened last counts, whatever is told last", async () => {
  await store.records.suspend(1, true, "2026-01-01T10:00:00Z");
  await store.records.suspend(1, false, "2026-01-01T11:00:00Z");
  await store.records.suspend(1, true, "2026-01-01T10:00:00Z");
  expect(await isSuspended()).toBe(false);
  await store.records.suspend(1, true, undefined);
  expect(await isSuspended()).toBe(true);
});

test("work that runs when its installation is suspended waits, and may write nothing more", async () => {
  await store.lanes.add([
    { ...orders, lane: "pull/1", kind: "review", request: {}, reviewId: "rv_1", priority: PRIORITY.live },
  ]);
  const [taken] = await store.lanes.claim(1, []);
  if (!taken) throw new Error("there was nothing to take");
  await store.records.suspend(1, true, undefined);
  await store.lanes.takeBack(1);
  expect(await store.lanes.renew(taken)).toBeUndefined();
  expect(await store.lanes.claim(1, [])).toEqual([]);
  await store.records.suspend(1, false, undefined);
  expect(await store.lanes.claim(1, [])).toMatchObject([{ lane: "pull/1", attempts: 1, generation: taken.generation }]);
});

test("a repository keeps its default branch when it is told of without one, and its place by its id", async () => {
  await store.records.noteRepositories([orders]);
  await store.records.noteRepositories([{ ...orders, owner: "globex", name: "billing", defaultBranch: null }]);
  expect(await store.records.repository(orders)).toEqual({ ...orders, owner: "globex", name: "billing" });
});

test("only what has been here a while is missed in a list", async () => {
  await store.records.noteRepositories([orders, { ...orders, repositoryId: 11 }, { ...orders, repositoryId: 12 }]);
  await store.database.query(
    "update pyready.repositories set since = now() - interval '1 hour' where repository_id < 12",
  );
  expect(await store.records.unlisted(1, [10])).toEqual([11]);
});

test("with new permissions no old token is used, and no result keeps the next event from a review", async () => {
  await store.records.noteInstallation(1);
  const said = { headSha: "a", lane: "pull/1", inputs: "i", conclusion: "success", generation: 1 };
  await store.records.rememberCheck(orders, { ...said, checkRunId: 1, reviewId: "rv_1" });
  await store.records.rememberVerdict(orders, { ...said, baseSha: "m", baseTip: "t" });
  expect(await store.records.tokensFrom(1)).toBe(0);
  await store.records.renewTokens(1);
  expect(await store.records.tokensFrom(1)).toBeGreaterThan(0);
  expect(await store.records.publishedCheck(orders, "a")).toMatchObject({ inputs: "", conclusion: "success" });
  expect(await store.records.verdict(orders, "pull/1")).toMatchObject({ inputs: "", conclusion: "success" });
});
