import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { rules } from "../../rules/index.ts";
import type { PythonReader } from "../../src/engine/extraction.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { openTarget } from "../saved-repositories.ts";
import { precisionTable, readVerdicts, unseenFindings } from "./verdicts.ts";

const VERDICTS = new URL("verdicts.tsv", import.meta.url);

/**
 * Prints the precision of every rule by the verdicts on record, then what nobody has looked at yet in
 * these folders, named `OWNER+NAME`. Gives how many such findings there are.
 */
export async function printFindings(folders: readonly string[], python: PythonReader): Promise<number> {
  const verdicts = readVerdicts(readFileSync(VERDICTS, "utf8"));
  console.log(precisionTable(verdicts, new Map(rules.map(({ id, rule }) => [id, rule.severity]))));
  let unseen = 0;
  for (const folder of folders) {
    const repository = basename(folder).replace("+", "/");
    const review = await reviewSnapshot(await openTarget(folder), {
      rules,
      date: new Date().toISOString().slice(0, 10),
      python,
    });
    for (const finding of unseenFindings(review, repository, verdicts)) {
      unseen++;
      console.log(`not looked at: ${repository} ${finding}`);
    }
  }
  return unseen;
}
