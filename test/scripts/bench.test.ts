import { describe, expect, test } from "@jest/globals";
import { type Judging, judgingTable, percentile, withinBounds } from "../../scripts/bench/figures.ts";

const judging = (name: string, cold: number, changed = 10): Judging => ({
  name,
  files: 10,
  sources: 4,
  sourceBytes: 2_000_000,
  cold,
  parsing: cold / 4,
  changed,
  warm: changed / 2,
});

describe("the figures of judging", () => {
  test.each([
    ["the median of an odd number is the middle", [30, 10, 20], 50, 20],
    ["of an even number it is the lower middle: a time that was taken", [40, 10, 30, 20], 50, 20],
    ["nine of ten took this or less", [1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 90, 9],
    ["all took this or less", [5, 7], 100, 7],
    ["nothing was measured", [], 50, 0],
  ])("%s", (_, times, share, expected) => {
    expect(percentile(times, share)).toBe(expected);
  });

  test.each([
    ["a slow tenth is allowed for", [...Array(9).fill(90), 5000], true],
    ["a slow half is not", [290, 320, 330], false],
    ["nor is a slow fifth", [...Array(8).fill(20), 3001, 3002], false],
  ])("%s", (_, times: number[], expected) => {
    expect(withinBounds(times.map((cold) => judging("acme/shop", cold)))).toBe(expected);
  });

  test("a tenth that is slow after one change is allowed for, a fifth is not", () => {
    const kept = (slow: number) =>
      withinBounds(Array.from({ length: 10 }, (_, at) => judging("", 20, at < slow ? 60 : 20)));
    expect([kept(1), kept(2)]).toEqual([true, false]);
  });

  test("names the slowest first, and says what parsing has of it", () => {
    const lines = judgingTable([judging("acme/shop", 12), judging("acme/atlas", 3640)]).split("\n");
    expect(lines.slice(-2)).toEqual([
      "    3640.0 cold      10.0 changed  acme/atlas, 4 Python files, 2.00 MB",
      "      12.0 cold      10.0 changed  acme/shop, 4 Python files, 2.00 MB",
    ]);
    expect(lines).toContain("Cold, 913 ms a megabyte of Python, parsing 25 % of it.");
    expect(lines.at(-4)).toContain("EXCEEDED");
  });
});
