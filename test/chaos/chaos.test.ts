import { test } from "@jest/globals";
import { SCHEDULE_MS, scheduled } from "./suite.ts";

// chaos.long.ts holds more.
scheduled((holds) => {
  test("processes are killed after they made a run (seed 13)", () => holds(13, "kill-after-run-is-made"), SCHEDULE_MS);
});
