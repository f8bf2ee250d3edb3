import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { type Database, openEmbedded } from "../../src/store/database.ts";
import { type Lanes, lanesIn, PRIORITY } from "../../src/store/lanes.ts";
import { migrate } from "../../src/store/migrations.ts";
import { type KnownRepository, type Records, recordsIn } from "../../src/store/records.ts";

let database: Database;
let records: Records;
let lanes: Lanes;

beforeAll(async () => {
  database = await openEmbedded(undefined);
  await migrate(database);
  records = recordsIn(database);
  lanes = lanesIn(database);
}, 60_000);

afterEach(() => records.purge(1));
afterAll(() => database?.close());

const orders: KnownRepository = {
  installationId: 1,
  repositoryId: 10,
  owner: "acme",
  name: "orders",
  visibility: "private",
  ownerType: "organization",
  defaultBranch: "main",
  archived: false,
};
const isSuspended = async () =>
  (await records.installations()).find(({ installationId }) => installationId === 1)?.suspended;

test("what happened last counts, whatever is told last", async () => {
  await records.suspend(1, true, "2026-01-01T10:00:00Z");
  await records.suspend(1, false, "2026-01-01T11:00:00Z");
  await records.suspend(1, true, "2026-01-01T10:00:00Z");
  expect(await isSuspended()).toBe(false);
  await records.suspend(1, true, undefined);
  expect(await isSuspended()).toBe(true);
});

test("work that runs when its installation is suspended waits, and may write nothing more", async () => {
  await lanes.add([
    { ...orders, lane: "pull/1", kind: "review", request: {}, reviewId: "rv_1", priority: PRIORITY.live },
  ]);
  const [taken] = await lanes.claim(1, []);
  if (!taken) throw new Error("there was nothing to take");
  await records.suspend(1, true, undefined);
  await lanes.takeBack(1);
  expect(await lanes.renew(taken)).toBeUndefined();
  expect(await lanes.claim(1, [])).toEqual([]);
  await records.suspend(1, false, undefined);
  expect(await lanes.claim(1, [])).toMatchObject([{ lane: "pull/1", attempts: 1, generation: taken.generation }]);
});

test("a repository keeps its default branch when it is told of without one, and its place by its id", async () => {
  await records.noteRepositories([orders]);
  await records.noteRepositories([{ ...orders, owner: "globex", name: "billing", defaultBranch: null }]);
  expect(await records.repository(orders)).toEqual({ ...orders, owner: "globex", name: "billing" });
});

test("only what has been here a while is missed in a list", async () => {
  await records.noteRepositories([orders, { ...orders, repositoryId: 11 }, { ...orders, repositoryId: 12 }]);
  await database.query("update pyready.repositories set since = now() - interval '1 hour' where repository_id < 12");
  expect(await records.unlisted(1, [10])).toEqual([11]);
});

test("with new permissions no old token is used, and no result keeps the next event from a review", async () => {
  await records.noteInstallation(1);
  await records.rememberCheck(orders, {
    ...{
      headSha: "a",
      lane: "pull/1",
      checkRunId: 1,
      reviewId: "rv_1",
      inputs: "i",
      conclusion: "success",
      generation: 1,
    },
  });
  expect(await records.tokensFrom(1)).toBe(0);
  await records.renewTokens(1);
  expect(await records.tokensFrom(1)).toBeGreaterThan(0);
  expect(await records.publishedCheck(orders, "a")).toMatchObject({ inputs: "", conclusion: "success" });
});
