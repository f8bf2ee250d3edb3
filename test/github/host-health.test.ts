import { expect, test } from "@jest/globals";
import { hostHealth } from "../../src/github/host-health.ts";

test("new work is held after faults in a row, longer with each that follows, until GitHub answers", () => {
  let now = 1000;
  const { failed, answered, pauseMs } = hostHealth(() => now);
  const pauses: number[] = [];
  const fail = (times: number) => {
    for (let time = 0; time < times; time++) failed();
    pauses.push(pauseMs());
  };
  fail(4);
  answered();
  fail(4);
  fail(1);
  fail(9);
  for (let round = 0; round < 5; round++) {
    now += pauseMs();
    fail(1);
  }
  answered();
  pauses.push(pauseMs());
  fail(4);
  expect(pauses).toEqual([0, 0, 5000, 5000, 10_000, 20_000, 40_000, 60_000, 60_000, 0, 0]);
});
