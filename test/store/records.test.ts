import { expect, test } from "@jest/globals";
import { migrate } from "../../src/store/migrations.ts";
import { useStore } from "../support/store.ts";

const store = useStore();

const repository = (installationId: number, repositoryId: number) => ({ installationId, repositoryId });
const check = (headSha: string) => ({
  headSha,
  lane: "1/10/pull/1",
  checkRunId: 7,
  reviewId: "rv_1",
  inputs: "abc",
  conclusion: "success",
  generation: 1,
});

test("a migration that is done is not done again", async () => {
  await store.records.rememberComment(repository(9, 90), 1, { commentId: 9, hash: "h", deleted: false });
  await migrate(store.database);
  expect(await store.records.comment(repository(9, 90), 1)).toMatchObject({ commentId: 9 });
});

test("a delivery is known for as long as it can come again, and then forgotten", async () => {
  await store.database.query(
    "insert into pyready.deliveries (guid, received_at) values ('new', now()), ('old', now() - interval '6 days')",
  );
  await store.records.forgetOld(400);
  expect(await store.database.query("select guid from pyready.deliveries")).toEqual([{ guid: "new" }]);
});

test("what an older review published replaces nothing", async () => {
  await store.records.rememberCheck(repository(8, 80), { ...check("a"), generation: 5, conclusion: "failure" });
  await store.records.rememberCheck(repository(8, 80), { ...check("a"), generation: 4 });
  expect(await store.records.publishedCheck(repository(8, 80), "a")).toMatchObject({ conclusion: "failure" });
});

test("a check is the first until another head has one; a pull request's counts for pull requests alone", async () => {
  const here = repository(8, 85);
  expect(await store.records.isFirstCheck(here, "a", "pull/1")).toBe(true);
  await store.records.rememberCheck(here, { ...check("m"), lane: "branch/main" });
  expect(await store.records.isFirstCheck(here, "n", "branch/main")).toBe(false);
  await store.records.rememberCheck(here, { ...check("a"), lane: "pull/1" });
  expect(await store.records.isFirstCheck(here, "a", "pull/1")).toBe(true);
  expect(await store.records.isFirstCheck(here, "b", "pull/2")).toBe(false);
  expect(await store.records.isFirstCheck(repository(8, 86), "b", "pull/2")).toBe(true);
});

test("a run is noted before it is made, and known until it is completed", async () => {
  const here = repository(8, 81);
  await store.records.noteRun(here, {
    externalId: "rv_1",
    headSha: "a",
    lane: "pull/1",
    checkRunId: null,
    annotations: "",
  });
  await store.records.noteRun(here, {
    externalId: "rv_1",
    headSha: "a",
    lane: "pull/1",
    checkRunId: 7,
    annotations: "d1",
  });
  expect(await store.records.openRuns(here, "a")).toEqual([
    { externalId: "rv_1", headSha: "a", lane: "pull/1", checkRunId: 7, annotations: "d1" },
  ]);
  await store.records.rememberCheck(here, check("a"));
  expect(await store.records.openRuns(here, "a")).toEqual([]);
  expect(await store.records.publishedCheck(here, "a")).toMatchObject({ checkRunId: 7, annotations: "d1" });
});

test("runs that a lane left on other heads are known by the lane", async () => {
  const here = repository(8, 83);
  const run = { externalId: "rv_1", headSha: "a", lane: "pull/1", checkRunId: null, annotations: "" };
  await store.records.noteRun(here, run);
  expect(await store.records.openRunsElsewhere(here, "pull/1", "a")).toEqual([]);
  expect(await store.records.openRunsElsewhere(here, "pull/2", "b")).toEqual([]);
  expect(await store.records.openRunsElsewhere(here, "pull/1", "b")).toEqual([run]);
  expect(await store.records.openRunsElsewhere(here, "pull/1", undefined)).toEqual([run]);
  await store.records.closeRun(here, "rv_1");
  expect(await store.records.openRunsElsewhere(here, "pull/1", "b")).toEqual([]);
});

test("a lane is reviewed as often as its pace allows, and a repetition counts once", async () => {
  const pace = { seconds: 60, atOnce: 2 };
  const review = (generation: number) => ({ ...repository(8, 84), lane: "pull/1", generation });
  const waits: number[] = [];
  for (const generation of [1, 2, 2, 3]) {
    waits.push(Math.round(await store.records.paceWait(review(generation), pace)));
    if (generation < 3) await store.records.spendPace(review(generation), pace);
  }
  expect(waits).toEqual([0, 0, 0, 60]);
  expect(await store.records.paceWait({ ...review(3), lane: "pull/2" }, pace)).toBe(0);
});

test("one review at a time publishes on a head", async () => {
  const here = repository(8, 82);
  expect([await store.records.holdHead(here, "a", 1), await store.records.holdHead(here, "a", 2)]).toEqual([
    true,
    false,
  ]);
  await store.records.freeHead(here, "a", 1);
  expect(await store.records.holdHead(here, "a", 2)).toBe(true);
});

test("a check run is found under its own installation and repository alone", async () => {
  await store.records.rememberCheck(repository(1, 10), check("a"));
  await store.records.rememberCheck(repository(1, 10), { ...check("a"), checkRunId: 8 });
  expect(await store.records.publishedCheck(repository(1, 10), "a")).toMatchObject({ checkRunId: 8 });
  expect(await store.records.publishedCheck(repository(2, 10), "a")).toBeUndefined();
  expect(await store.records.publishedCheck(repository(1, 11), "a")).toBeUndefined();
});

test("what is removed from an installation is deleted, and nothing else", async () => {
  for (const id of [60, 61]) await store.records.rememberCheck(repository(6, id), check("a"));
  await store.records.rememberCheck(repository(7, 60), check("a"));
  await store.records.purge(6, [60]);
  const kept = async (installation: number, id: number) =>
    (await store.records.publishedCheck(repository(installation, id), "a")) !== undefined;
  expect([await kept(6, 60), await kept(6, 61), await kept(7, 60)]).toEqual([false, true, true]);
  await store.records.purge(6);
  expect([await kept(6, 61), await kept(7, 60)]).toEqual([false, true]);
});
