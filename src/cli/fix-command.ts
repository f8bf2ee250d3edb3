import { realpath } from "node:fs/promises";
import { rules } from "../../rules/index.ts";
import { repairAll } from "../engine/repair/repair-all.ts";
import type { Repairs } from "../engine/repair/repairs.ts";
import { assess } from "../policy/assess.ts";
import { passesGate } from "../policy/gate.ts";
import { patchOf } from "../report/patch.ts";
import { folderSnapshot } from "../snapshot/folder.ts";
import { errorLines, ownPolicy } from "./own-policy.ts";
import { ownRulesOf } from "./own-rules.ts";
import { oneLine, printable, python, type Streams } from "./review-command.ts";
import { tagReaderOf } from "./tags.ts";
import { writeChanges } from "./write-changes.ts";

export interface FixOptions {
  /** Ids of the rules to repair; all when absent. */
  readonly only: readonly string[] | undefined;
  /** ISO day from which end-of-life is counted. */
  readonly date: string;
  /** Prints a patch and changes nothing. */
  readonly dryRun: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Repairs a folder and lists, rule by rule, what was done and what was not.
 * @returns as a review of the folder afterwards: 0 when the gate passes, 1 when not, 2 when it could not be repaired
 */
export async function fixFolder(path: string, options: FixOptions, streams: Streams): Promise<number> {
  const { only, date, dryRun, environment } = options;
  try {
    const snapshot = await folderSnapshot(path);
    const tags = tagReaderOf(environment);
    const own = await ownPolicy(snapshot, date);
    const more = await ownRulesOf(snapshot);
    for (const line of errorLines([...own.notices, ...more.notices])) streams.error.write(`pyready: ${line}\n`);
    // What the policy switches off or waives is left as it is, and a repair makes no rule of one's own worse.
    const terms = async () => own.policy;
    const repairs = await repairAll(snapshot, { rules: [...rules, ...more.rules], date, python, only, tags, terms });
    if (dryRun) streams.out.write(shown(patchOf(repairs.changes), streams));
    else await writeChanges(await realpath(path), repairs.changes);
    // The patch stands alone on the output, so that it can be applied.
    (dryRun ? streams.error : streams.out).write(summaryOf(repairs, dryRun));
    const assessment = assess(dryRun ? repairs.review : repairs.after, null, own.policy);
    return passesGate(assessment) ? 0 : 1;
  } catch (error) {
    streams.error.write(`pyready: ${oneLine(error)}\n`);
    return 2;
  }
}

function summaryOf({ review, after, repairs, notRepaired, changes }: Repairs, dryRun: boolean): string {
  const verb = dryRun ? "would repair" : "repaired";
  const width = Math.max(0, ...[...repairs, ...notRepaired].map(({ ruleId }) => ruleId.length));
  const [before, now] = [review.score, after.score].map((score) => (score === null ? "–" : Math.floor(score)));
  const lines = [
    ...repairs.map(({ ruleId, changes: own, isWhole }) => {
      const paths = own.map(({ path }) => printable(path)).join(", ");
      return `${verb.padEnd(12)}  ${ruleId.padEnd(width)}  ${paths}${isWhole ? "" : " (in part)"}`;
    }),
    ...notRepaired
      .toSorted((a, b) => Number(a.isByHand ?? false) - Number(b.isByHand ?? false))
      .map(({ ruleId, reason, isByHand }) => {
        return `${isByHand ? "by hand     " : "not repaired"}  ${ruleId.padEnd(width)}  ${printable(reason)}`;
      }),
    ...(notRepaired.some(({ isByHand }) => isByHand) ? ["", "`pyready explain RULE` says how."] : []),
    "",
    changes.length === 0
      ? "Nothing to repair."
      : `${repairs.length} of ${repairs.length + notRepaired.length} failing rules ${dryRun ? "would be" : "were"} repaired in ${changes.length} ${changes.length === 1 ? "file" : "files"}. Score ${before} → ${now}.`,
  ];
  return `${lines.join("\n")}\n`;
}

/** A patch as it is for a file or a program; without control characters for a person. */
function shown(patch: string, { color }: Streams): string {
  return color ? patch.replace(/[^\P{Cc}\n\t]/gu, "") : patch;
}
