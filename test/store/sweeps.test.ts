import { expect, test } from "@jest/globals";
import { useStore } from "../support/store.ts";

const store = useStore("sweeps", "failed_deliveries", "deliveries");

const failed = (guid: string, id: number, isToBeSent = true) => ({ guid, id, isToBeSent });
const later = (seconds: number) =>
  store.database.query(`update pyready.failed_deliveries set asked_at = asked_at - interval '${seconds} seconds'`);

test("of many processes one sweeps in a period, from where the last one got to", async () => {
  const begun = await Promise.all([1, 2, 3].map(() => store.records.beginSweep("log", 60)));
  expect(begun.filter((one) => one !== undefined)).toEqual([{ readTo: undefined }]);
  await store.records.endSweep("log", "2026-01-01T12:00:00Z");
  await store.records.endSweep("log", "2026-01-01T11:00:00Z");
  await store.records.repeatSweep("log");
  expect(await store.records.beginSweep("log", 60)).toEqual({ readTo: new Date("2026-01-01T12:00:00Z") });
});

test("an event is unheard until it arrived, or was noted with its newest attempt", async () => {
  await store.database.query("insert into pyready.deliveries (guid) values ('arrived')");
  await store.records.noteFailed([failed("noted", 5)]);
  const heard = await store.records.unheard([
    failed("arrived", 1),
    failed("noted", 4),
    failed("noted", 5),
    failed("new", 6),
  ]);
  expect([...heard]).toEqual(["new"]);
  expect(await store.records.unheard([failed("noted", 7)])).toEqual(new Set(["noted"]));
});

test("an event is asked for once, and after another failure again, ever rarer", async () => {
  await store.records.noteFailed([failed("a", 1), failed("b", 2, false), failed("c", 3)]);
  expect(await store.records.toBeSent(10)).toEqual([
    { guid: "a", id: 1 },
    { guid: "c", id: 3 },
  ]);
  await store.records.noteSent(failed("a", 1));
  await store.records.noteSent(failed("c", 3));
  expect(await store.records.toBeSent(10)).toEqual([]);
  await store.records.noteFailed([failed("a", 9)]);
  expect(await store.records.toBeSent(10)).toEqual([]);
  await later(18);
  expect(await store.records.toBeSent(10)).toEqual([{ guid: "a", id: 9 }]);
  await store.records.noteSent(failed("a", 9));
  await store.records.noteFailed([failed("a", 11)]);
  await later(18);
  expect(await store.records.toBeSent(10)).toEqual([]);
  await later(18);
  expect(await store.records.toBeSent(10)).toEqual([{ guid: "a", id: 11 }]);
  await store.database.query("insert into pyready.deliveries (guid) values ('a')");
  expect(await store.records.toBeSent(10)).toEqual([]);
});
