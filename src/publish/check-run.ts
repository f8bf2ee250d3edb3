import type { CheckRuns, CheckRunWrite } from "./ports.ts";
import { mayHaveHappened, statusOf } from "./write-errors.ts";

/** Which run a review is to be published in. */
export interface CheckRunTarget {
  readonly headSha: string;
  /** The run of this head that is known, if any. */
  readonly knownId?: number | undefined;
  /** True when an earlier attempt of the same review may have written one already. */
  readonly mayExist: boolean;
}

/**
 * Writes a check run so that one review leaves one run: the known one is updated; a write that may
 * have happened is looked up by its external id before it is repeated.
 * @returns the run's id.
 */
export async function writeCheckRun(
  checks: CheckRuns,
  { headSha, knownId, mayExist }: CheckRunTarget,
  run: CheckRunWrite,
): Promise<number> {
  const id = knownId ?? (mayExist ? await checks.findCheckRun(headSha, run.externalId, run.name) : undefined);
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
    const written = await checks.findCheckRun(headSha, run.externalId, run.name);
    if (written === undefined) throw error;
    return written;
  }
}
