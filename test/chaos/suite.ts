import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { type Postgres, postgresPrograms, startPostgres } from "../support/postgres.ts";
import { type Expectations, judgeContents } from "./contents.ts";
import { runSchedule } from "./schedule.ts";
import { failureText } from "./table.ts";

if (!postgresPrograms) console.warn("Skipped: PostgreSQL's server programs are not installed here.");

/** Milliseconds that a schedule may take within a suite. */
export const SCHEDULE_MS = 180_000;

/** Runs a seed's schedule, with this fault or with those that the seed says, and expects that every invariant holds. */
type Holds = (seed: number, fault?: string) => Promise<void>;

/** Schedules of `npm run chaos` as tests, on one PostgreSQL; a failing seed is run again by that command. */
export function scheduled(tests: (holds: Holds) => void): void {
  (postgresPrograms ? describe : describe.skip)(
    "whatever goes wrong, no review is lost, made twice or out of order:",
    () => {
      let postgres: Postgres;
      let expectations: Expectations;

      beforeAll(async () => {
        postgres = await startPostgres();
        expectations = await judgeContents();
      }, 60_000);

      afterAll(() => postgres?.remove());

      tests(async (seed, fault) => {
        const outcome = await runSchedule({ seed, ...(fault === undefined ? {} : { fault }), postgres, expectations });
        expect(failureText(outcome, fault)).toBe("");
      });
    },
  );
}
