import { describe, expect, test } from "@jest/globals";
import { checklists } from "../../rules/checklists/index.ts";
import { faultsOf, type Manifest, manifestOf } from "../../src/compliance/chain.ts";
import type { Checklist } from "../../src/compliance/checklist.ts";
import { packOf } from "../../src/compliance/pack.ts";
import { assessmentOf } from "../support/reviews.ts";

const [soc2] = checklists as readonly [Checklist];
const pack = packOf(soc2, assessmentOf(), "2026-11-24T10:00:00.000Z");
const files = new Map([
  ["evidence.json", Buffer.from("{}")],
  ["evidence.csv", Buffer.from("a,b")],
]);
const first = manifestOf(pack, files, null);
const second = manifestOf(pack, files, first);
const written = (manifest: Manifest, changes: Partial<Manifest> = {}) => JSON.stringify({ ...manifest, ...changes });
const withFile = (name: string, text: string) => new Map([...files, [name, Buffer.from(text)]]);

describe("a pack", () => {
  test("is whole as it was made, behind the one before it", () => {
    expect(faultsOf(written(first), files, null)).toEqual([]);
    expect(faultsOf(written(second), files, first)).toEqual([]);
    expect([second.sequence, second.previous]).toEqual([2, first.digest]);
  });

  test.each([
    [
      "a file was changed",
      written(first),
      withFile("evidence.csv", "a,c"),
      null,
      ['"evidence.csv" is not as it was made'],
    ],
    ["a file was added", written(first), withFile("more.txt", ""), null, ['"more.txt" is not part of the pack']],
    ["a file is gone", written(first), new Map([...files].slice(0, 1)), null, ['"evidence.csv" is missing']],
    [
      "its date was changed",
      written(first, { date: "2026-01-01" }),
      files,
      null,
      ["its digest is not that of its manifest"],
    ],
    [
      "its list of files was cut",
      written(first, { files: first.files.slice(0, 1) }),
      files,
      null,
      ['"evidence.csv" is not part of the pack', "its digest is not that of its manifest"],
    ],
    [
      "the one before it is gone",
      written(second),
      files,
      null,
      ["it does not follow from the pack before it", "it is number 2, and not the next of its chain"],
    ],
    [
      "the one before it is another",
      written(second),
      files,
      { ...first, digest: "0".repeat(64) },
      ["it does not follow from the pack before it"],
    ],
    ["it has no manifest", "", files, null, ["manifest.json is no manifest of a pack"]],
    ["its manifest is something else", "[1]", files, null, ["manifest.json is no manifest of a pack"]],
    ["its manifest is null", "null", files, null, ["manifest.json is no manifest of a pack"]],
  ])("is broken where %s", (_, manifest, now, last, faults) => {
    expect(faultsOf(manifest, now, last)).toEqual(faults);
  });
});
