import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

/** The same files as an editor on Windows saves them: with a byte order mark and CRLF. */
function asOnWindows(files: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(files).map(([path, text]) => [path, `\uFEFF${text.replaceAll("\n", "\r\n")}`]);
  return Object.fromEntries(entries);
}

describe("the places of a rule", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))("%s: are the same with other line ends", async (_, rule) => {
    for (const files of [rule.rule.examples.passes, rule.rule.examples.fails]) {
      const judge = async (saved: Readonly<Record<string, string>>) => {
        const review = await reviewSnapshot(miniSnapshot(saved), { rules: [rule], date: "2026-11-22", python });
        return review.rules.map(({ outcome, value, reason, evidence }) => ({ outcome, value, reason, evidence }));
      };
      expect(await judge(asOnWindows(files))).toEqual(await judge(files));
    }
  });
});
