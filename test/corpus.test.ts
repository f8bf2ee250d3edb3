import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { structuredPatch } from "diff";
import { rules } from "../rules/index.ts";
import { editedSnapshot } from "../src/engine/repair/edited-snapshot.ts";
import { repairAll } from "../src/engine/repair/repair-all.ts";
import { reviewSnapshot } from "../src/engine/review-snapshot.ts";
import { createParseCache } from "../src/facts/parse-cache.ts";
import { readSavedSnapshot } from "../src/snapshot/saved.ts";
import { compareWithExpectations, type Expectations } from "./support/expectations.ts";
import { python } from "./support/python.ts";

/** Real repositories, saved: other people's data, kept beside the project. */
const FOLDER = "../shared/corpus";
/** Lines that an edit takes out or rewrites at most. */
const MOST_REMOVED = 3;
/** Characters: of the largest of them nothing is parsed twice. */
const CACHED = 300_000_000;
const isThere = existsSync(join(FOLDER, "expected.json"));
if (!isThere) console.warn(`Skipped: ${FOLDER}, which holds the saved repositories, is not there.`);

const expected = isThere
  ? (JSON.parse(readFileSync(join(FOLDER, "expected.json"), "utf8")) as Expectations)
  : { repositories: {} };
const files = isThere ? readdirSync(FOLDER).filter((name) => name.endsWith(".json.gz")) : ["none"];
const date = "2026-11-22";
/** Every tag has a commit. */
const tags = {
  commitOf: async (...tag: readonly string[]) => createHash("sha1").update(tag.join(" ")).digest("hex"),
};

(isThere ? describe : describe.skip).each(files)("%s of the corpus", (file) => {
  // Files are parsed once for all that is judged here.
  let cache = createParseCache(CACHED);
  afterAll(() => {
    cache = createParseCache();
  });

  test("is judged as its reviewer expects", async () => {
    const snapshot = await readSavedSnapshot(join(FOLDER, file));
    const review = await reviewSnapshot(snapshot, { rules, date, python, cache });
    const expectation = expected.repositories[snapshot.repository.name];
    expect(expectation).toBeDefined();
    expect(compareWithExpectations(review, expectation, { wholeCatalogue: true })).toEqual([]);
  });

  test("is better for its repairs, which are small, and nothing is left for a second run", async () => {
    const snapshot = await readSavedSnapshot(join(FOLDER, file));
    const options = { rules, date, python, cache, tags };
    const { review, after, repairs, changes } = await repairAll(snapshot, options);
    expect(after.score ?? 0).toBeGreaterThanOrEqual((review.score ?? 0) - 1e-6);
    expect(after.blockers).toBeLessThanOrEqual(review.blockers);
    const later = new Map(after.rules.map((rule) => [rule.id, rule]));
    const repaired = new Set(repairs.map(({ ruleId }) => ruleId));
    for (const { id, value, evidence } of review.rules) {
      const now = later.get(id);
      const isWorse = value !== null && now?.outcome !== "skip" && (now?.value ?? -1) < value;
      expect([id, isWorse]).toEqual([id, false]);
      const isBetter = now?.outcome === "pass" || (now?.value ?? 0) > (value ?? 0);
      if (repaired.has(id)) expect([id, isBetter || (now?.evidence.length ?? 0) < evidence.length]).toEqual([id, true]);
    }
    for (const { path, before, after: text } of changes) {
      const edits = repairs.flatMap((one) => one.edits).filter((edit) => edit.path === path).length;
      const lines =
        before === null ? [] : structuredPatch("", "", before, text, "", "").hunks.flatMap((hunk) => hunk.lines);
      const removed = lines.filter((line) => line.startsWith("-")).length;
      expect([path, removed <= edits * MOST_REMOVED]).toEqual([path, true]);
    }
    const again = await repairAll(editedSnapshot(snapshot, changes), options);
    expect(again.changes).toEqual([]);
  });
});
