import { test } from "@jest/globals";
import { SCHEDULE_MS, scheduled } from "./suite.ts";

// More than chaos.test.ts has time for.
scheduled((holds) => {
  test.each([
    ["answers to new runs are lost", 32, "run-reset-after"],
    ["deliveries come many times", 1, "copies"],
    ["the store restarts", 24, "store-restarts"],
  ])("%s (seed %d)", (_, seed, fault) => holds(seed, fault), SCHEDULE_MS);

  test("what the seed says (seed 3)", () => holds(3), SCHEDULE_MS);
});
