import type { CheckRuns, CheckRunWrite } from "./ports.ts";
import { mayHaveHappened, statusOf } from "./write-errors.ts";

/** Which run a review is to be published in. */
export interface CheckRunTarget {
  readonly headSha: string;
  /** The run of this head that is known, if any. */
  readonly knownId?: number | undefined;
  /** External ids of runs of this head that may have been made: newer than the known one, if they were. */
  readonly begun: readonly string[];
}

/**
 * Writes a check run so that one head keeps one run: the known one is updated; one that may have been
 * made is looked up by its external id before another is.
 * @returns the run's id.
 */
export async function writeCheckRun(
  checks: CheckRuns,
  { headSha, knownId, begun }: CheckRunTarget,
  run: CheckRunWrite,
): Promise<number> {
  const find = (externalIds: readonly string[]) => checks.findCheckRun(headSha, externalIds, run.name);
  const id = (begun.length > 0 ? await find(begun) : undefined) ?? knownId;
  if (id !== undefined) {
    try {
      await checks.updateCheckRun(id, run);
      return id;
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }
  try {
    return await checks.createCheckRun(headSha, run);
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    const written = await find([run.externalId]);
    if (written === undefined) throw error;
    return written;
  }
}
