import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Postgres, postgresPrograms, startPostgres } from "../support/postgres.ts";
import { type Expectations, judgeContents } from "./contents.ts";
import { runSchedule } from "./schedule.ts";
import { failureText } from "./table.ts";

const onPostgres = postgresPrograms ? describe : describe.skip;
if (!postgresPrograms) console.warn("Skipped: PostgreSQL's server programs are not installed here.");

/** The short form of `npm run chaos`: a failing seed is run again by it. */
onPostgres("whatever goes wrong, no review is lost, made twice or out of order:", () => {
  let postgres: Postgres;
  let expectations: Expectations;

  beforeAll(async () => {
    postgres = await startPostgres();
    expectations = await judgeContents();
  }, 60_000);

  afterAll(() => postgres?.remove());

  test.each([
    ["processes are killed after they made a run", 13, "kill-after-run-is-made"],
    ["answers to new runs are lost", 32, "run-reset-after"],
    ["deliveries come many times", 1, "copies"],
    ["the store restarts", 24, "store-restarts"],
  ])(
    "%s (seed %d)",
    async (_, seed, fault) => {
      const outcome = await runSchedule({ seed, fault, postgres, expectations });
      expect(failureText(outcome, fault)).toBe("");
    },
    180_000,
  );

  test("what the seed says (seed 3)", async () => {
    const outcome = await runSchedule({ seed: 3, postgres, expectations });
    expect(failureText(outcome, undefined)).toBe("");
  }, 180_000);
});
