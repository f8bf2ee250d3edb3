import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { rules } from "../rules/index.ts";
import { reviewSnapshot } from "../src/engine/review-snapshot.ts";
import { readSavedSnapshot } from "../src/snapshot/saved.ts";
import { compareWithExpectations, type Expectations } from "./support/expectations.ts";
import { python } from "./support/python.ts";

/** Real repositories, saved: other people's data, kept beside the project. */
const FOLDER = "../shared/corpus";
const isThere = existsSync(join(FOLDER, "expected.json"));
if (!isThere) console.warn(`Skipped: ${FOLDER}, which holds the saved repositories, is not there.`);

(isThere ? describe : describe.skip)("every repository of the corpus is judged as its reviewer expects", () => {
  const expected = isThere
    ? (JSON.parse(readFileSync(join(FOLDER, "expected.json"), "utf8")) as Expectations)
    : { repositories: {} };
  const files = isThere ? readdirSync(FOLDER).filter((name) => name.endsWith(".json.gz")) : ["none"];

  test.each(files)("%s", async (file) => {
    const snapshot = await readSavedSnapshot(join(FOLDER, file));
    const review = await reviewSnapshot(snapshot, { rules, date: "2026-11-22", python });
    const expectation = expected.repositories[snapshot.repository.name];
    expect(expectation).toBeDefined();
    expect(compareWithExpectations(review, expectation, { wholeCatalogue: true })).toEqual([]);
  });
});
