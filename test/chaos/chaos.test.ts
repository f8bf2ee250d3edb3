import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Postgres, postgresPrograms, startPostgres } from "../support/postgres.ts";
import { type Expectations, judgeContents } from "./contents.ts";
import { runSchedule } from "./schedule.ts";
import { failureText } from "./table.ts";

const onPostgres = postgresPrograms ? describe : describe.skip;
if (!postgresPrograms) console.warn("Skipped: PostgreSQL's server programs are not installed here.");

/** One schedule of `npm run chaos`; chaos.long.ts holds more, and a failing seed is run again by it. */
onPostgres("whatever goes wrong, no review is lost, made twice or out of order:", () => {
  let postgres: Postgres;
  let expectations: Expectations;

  beforeAll(async () => {
    postgres = await startPostgres();
    expectations = await judgeContents();
  }, 60_000);

  afterAll(() => postgres?.remove());

  test("processes are killed after they made a run (seed 13)", async () => {
    const fault = "kill-after-run-is-made";
    const outcome = await runSchedule({ seed: 13, fault, postgres, expectations });
    expect(failureText(outcome, fault)).toBe("");
  }, 180_000);
});
