import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { watchProcessorTime } from "../../src/python/processor-time.ts";

beforeEach(() => {
  mock.timers.enable({ apis: ["setInterval", "Date"] });
});
afterEach(() => {
  mock.timers.reset();
});

const SECOND = 1000;

/** Lets ten seconds go by in small steps, each with what it brings about. */
async function tenSeconds(): Promise<void> {
  for (let passed = 0; passed < 10 * SECOND; passed += SECOND / 8) {
    mock.timers.tick(SECOND / 8);
    await turn();
  }
}

/** Seconds on the clock after which a thread is late that may work for one; undefined where it never is in ten. */
async function lateAfter(timeOf: (seconds: number) => number | undefined): Promise<number | undefined> {
  const begun = Date.now();
  const seconds = () => (Date.now() - begun) / SECOND;
  let late: number | undefined;
  const unwatch = watchProcessorTime(
    SECOND,
    async () => {
      const time = timeOf(seconds());
      return time === undefined ? undefined : time * SECOND;
    },
    () => {
      late ??= seconds();
    },
  );
  await tenSeconds();
  unwatch();
  return late;
}

test.each([
  ["one that works all the time", (seconds: number) => seconds, 1],
  ["one that worked for others before", (seconds: number) => 100 + seconds, 1],
  ["one that gets half of a processor", (seconds: number) => seconds / 2, 2],
  ["one that takes a while to start", (seconds: number) => (seconds < 2 ? undefined : seconds - 2), 3],
  ["one that waits for a processor, on the clock", () => 0, 6],
  ["one that never answers, on the clock", () => undefined, 6],
])("%s", async (_, timeOf, late) => expect(await lateAfter(timeOf)).toBe(late));

test("a watch that ended says nothing", async () => {
  const onLate = jest.fn();
  watchProcessorTime(SECOND, async () => Date.now(), onLate)();
  await tenSeconds();
  expect(onLate).not.toHaveBeenCalled();
});
