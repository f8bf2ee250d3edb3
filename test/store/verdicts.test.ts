import { expect, test } from "@jest/globals";
import { useStore } from "../support/store.ts";

const store = useStore();
const verdict = {
  lane: "pull/1",
  headSha: "a",
  baseSha: "m",
  baseTip: "t",
  inputs: "abc",
  conclusion: "failure",
  generation: 5,
};

test("a lane says one thing, and what is older replaces nothing", async () => {
  const here = { installationId: 7, repositoryId: 70 };
  await store.records.rememberVerdict(here, verdict);
  await store.records.rememberVerdict(here, { ...verdict, conclusion: "success", generation: 4 });
  expect(await store.records.verdict(here, "pull/1")).toEqual(verdict);
  const newer = { ...verdict, headSha: "b", baseSha: null, baseTip: null, generation: 6 };
  await store.records.rememberVerdict(here, newer);
  expect(await store.records.verdict(here, "pull/1")).toEqual(newer);
});

test("what other lanes say of a head is found by the head, until they are forgotten", async () => {
  const here = { installationId: 7, repositoryId: 71 };
  await store.records.rememberVerdict(here, verdict);
  await store.records.rememberVerdict(here, { ...verdict, lane: "pull/2" });
  await store.records.rememberVerdict(here, { ...verdict, lane: "pull/3", headSha: "b" });
  expect(await store.records.otherVerdicts(here, "pull/1", "a")).toEqual([{ ...verdict, lane: "pull/2" }]);
  await store.records.voidVerdict(here, "pull/2");
  expect(await store.records.verdict(here, "pull/2")).toMatchObject({ inputs: "", conclusion: "failure" });
  await store.records.forgetVerdict(here, "pull/2");
  expect(await store.records.otherVerdicts(here, "pull/1", "a")).toEqual([]);
});

test("the review of a base is kept by what it was judged by, for two days", async () => {
  const here = { installationId: 7, repositoryId: 72 };
  const review = JSON.stringify({ message: "a \u0000 and a lone \ud800", score: 81.9 });
  await store.records.rememberBaseReview(here, "m", "today", review);
  await store.records.rememberBaseReview(here, "m", "today", "{}");
  expect(await store.records.baseReview(here, "m", "today")).toBe(review);
  expect(await store.records.baseReview(here, "m", "tomorrow")).toBeUndefined();
  expect(await store.records.baseReview({ ...here, repositoryId: 73 }, "m", "today")).toBeUndefined();
  await store.database.query("update pyready.base_reviews set judged_at = now() - interval '3 days'");
  await store.records.forgetOld(400);
  expect(await store.records.baseReview(here, "m", "today")).toBeUndefined();
});
