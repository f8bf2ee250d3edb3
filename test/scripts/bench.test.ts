import { describe, expect, test } from "@jest/globals";
import { type Judging, judgingTable, percentile, withinBounds } from "../../scripts/bench/figures.ts";

const judging = (name: string, cold: number): Judging => ({ name, files: 10, cold, warm: cold / 2 });

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

  test("names the slowest first", () => {
    const lines = judgingTable([judging("acme/shop", 12), judging("acme/atlas", 3640)]).split("\n");
    expect(lines.slice(-2)).toEqual([
      "    3640.0 cold    1820.0 warm  acme/atlas, 10 files",
      "      12.0 cold       6.0 warm  acme/shop, 10 files",
    ]);
    expect(lines[4]).toBe("Bound, cold: p50 300, p90 3000: EXCEEDED");
  });
});
