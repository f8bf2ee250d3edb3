import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rules } from "../rules/index.ts";
import type { Review } from "../src/engine/review.ts";
import { reviewSnapshot } from "../src/engine/review-snapshot.ts";
import { createPythonReader } from "../src/python/pool.ts";
import { readSavedSnapshot } from "../src/snapshot/saved.ts";
import { compareWithExpectations, type Expectations } from "../test/support/expectations.ts";
import { printFindings } from "./findings/print.ts";
import { CORPUS, savedRepositories } from "./saved-repositories.ts";

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    rule: { type: "string" },
    repository: { type: "string" },
    misses: { type: "boolean" },
    /** Prints how true the findings are that people looked at; of the folders named, which nobody has seen yet. */
    findings: { type: "boolean" },
  },
});
const python = createPythonReader({ threads: 1 });
if (options.findings) {
  const unseen = await printFindings(folders, python);
  process.exit(unseen > 0 ? 1 : 0);
}

const saved = savedRepositories();
if (saved.length === 0) {
  console.error(`There is no corpus at ${CORPUS}: nothing to replay.`);
  process.exit(2);
}

const expected = JSON.parse(readFileSync(join(CORPUS, "expected.json"), "utf8")) as Expectations;
const chosen = options.rule ? rules.filter(({ id }) => id === options.rule) : rules;
let misses = 0;
for (const file of saved) {
  const snapshot = await readSavedSnapshot(file);
  const { name } = snapshot.repository;
  if (options.repository && !name.includes(options.repository)) continue;
  const review = await reviewSnapshot(snapshot, { rules: chosen, date: "2026-11-22", python });
  const missed = compareWithExpectations(review, expected.repositories[name], { wholeCatalogue: !options.rule });
  misses += missed.length;
  if (!options.misses || missed.length > 0) printRepository(name, review, missed);
}
console.log(`\n${misses} expectations missed`);
process.exitCode = misses > 0 ? 1 : 0;

function printRepository(name: string, review: Review, missed: readonly string[]): void {
  const score = review.score === null ? "–" : Math.floor(review.score);
  const coverage = Math.floor(review.coverage * 100);
  console.log(`\n${name}  ${review.profile}  score ${score} (coverage ${coverage} %)  ${review.verdict}`);
  if (options.rule || options.repository) printOutcomes(review);
  else console.log(`  failing: ${failing(review) || "none"}`);
  for (const miss of missed) console.log(`  MISS ${miss}`);
}

function failing({ rules: results }: Review): string {
  return results
    .filter(({ outcome }) => outcome === "fail" || outcome === "crashed")
    .map(({ id, outcome }) => (outcome === "crashed" ? `${id} (crashed)` : id))
    .join(", ");
}

function printOutcomes({ rules: results }: Review): void {
  for (const { id, outcome, value, reason, evidence } of results) {
    console.log(`  ${outcome.padEnd(8)}${value === null ? "" : value.toFixed(2)} ${id} ${reason ?? ""}`);
    for (const { path, line, message } of evidence.slice(0, 6))
      console.log(`      ${[path, line].filter(Boolean).join(":")}  ${message}`);
    if (evidence.length > 6) console.log(`      and ${evidence.length - 6} more`);
  }
}
