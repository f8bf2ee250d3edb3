import { createHash } from "node:crypto";
import type { CheckAnnotation, CheckRuns, CheckRunWrite } from "./ports.ts";
import { mayHaveHappened, statusOf } from "./write-errors.ts";

/** A run of a head that is there already. */
export interface KnownRun {
  readonly id: number;
  /** The digest of its annotations; undefined where that is not known for sure. */
  readonly annotations: string | undefined;
}

/** Which run a review is to be published in. */
export interface CheckRunTarget {
  readonly headSha: string;
  /** The run of this head that is known, if any. */
  readonly known?: KnownRun | undefined;
  /** External ids of runs of this head that may have been made: newer than the known one, if they were. */
  readonly begun: readonly string[];
  /** The digest of the annotations that an attempt may have sent before its answer was lost; empty for none. */
  readonly maybeSent: string;
}

/** What tells lists of annotations apart; empty for none. */
export function digestOf(annotations: readonly CheckAnnotation[] = []): string {
  if (annotations.length === 0) return "";
  return createHash("sha256").update(JSON.stringify(annotations)).digest("hex").slice(0, 16);
}

/**
 * Writes a check run so that one head keeps one run: the known one is updated; one that may have been
 * made is looked up by its external id before another is. GitHub only ever adds annotations: a run that
 * has these gets none again, and one that has others is followed by a new one of the same name.
 * @returns the run's id.
 */
export async function writeCheckRun(checks: CheckRuns, target: CheckRunTarget, run: CheckRunWrite): Promise<number> {
  const { headSha, begun } = target;
  const find = (externalIds: readonly string[]) => checks.findCheckRun(headSha, externalIds, run.name);
  const begunId = begun.length > 0 ? await find(begun) : undefined;
  const known = begunId === undefined ? target.known : { id: begunId, annotations: undefined };
  const update = known && (await withoutRepeats(checks, known, target.maybeSent, run));
  if (update) {
    try {
      await checks.updateCheckRun(known.id, update);
      return known.id;
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

/** The write without the annotations that the run has; undefined where it has others. */
async function withoutRepeats(
  checks: CheckRuns,
  { id, annotations: has }: KnownRun,
  maybeSent: string,
  run: CheckRunWrite,
): Promise<CheckRunWrite | undefined> {
  const { output } = run;
  if (!output) return run;
  const wanted = digestOf(output.annotations);
  const bare = { ...run, output: { ...output, annotations: [] } };
  if (has !== undefined) return has === wanted ? bare : has === "" ? run : undefined;
  const amount = await checks.annotationsOn(id);
  if (amount === 0) return run;
  // Of a run that was forgotten here only the number tells: same head, same rules, same findings.
  const isSame = maybeSent === "" ? amount === output.annotations.length : maybeSent === wanted;
  return isSame ? bare : undefined;
}
