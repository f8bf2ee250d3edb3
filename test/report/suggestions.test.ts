import { describe, expect, test } from "@jest/globals";
import { applyPatch } from "diff";
import fc from "fast-check";
import { replacementsOf } from "../../src/report/replacements.ts";
import { shownPatchOf } from "../../src/report/shown-patch.ts";
import { suggestionsFor } from "../../src/report/suggestions.ts";

const before = "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n";
const after =
  "on: push\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n";
const ci = { path: "ci.yml", before, after };
const everything = new Map([["ci.yml", [[1, 4]] as const]]);

describe("a suggestion", () => {
  test("puts lines that come between others with the one above them", () => {
    expect(suggestionsFor([ci], everything)).toEqual({
      left: [],
      suggestions: [
        {
          path: "ci.yml",
          from: 1,
          to: 1,
          body: "```suggestion\non: push\npermissions:\n  contents: read\n```",
        },
        {
          path: "ci.yml",
          from: 4,
          to: 4,
          body: "```suggestion\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n```",
        },
      ],
    });
  });

  test.each<[string, string, string, string]>([
    ["another text for lines", "a\nb\nc\nd\n", "a\nx\nd\n", "```suggestion\nx\n```"],
    ["no line", "a\nb\nc\n", "a\nc\n", "```suggestion\n```"],
    ["an empty line", "a\nb\nc\n", "a\n\nc\n", "```suggestion\n\n```"],
    ["lines at the beginning", "a\nb\n", "x\na\nb\n", "```suggestion\nx\na\n```"],
    ["back-ticks", "a\nb\nc\n", "a\n```sh\nc\n", "````suggestion\n```sh\n````"],
  ])("can be %s", (_, old, now, body) => {
    const shown = new Map([["f", [[1, 9]] as const]]);
    expect(suggestionsFor([{ path: "f", before: old, after: now }], shown).suggestions).toMatchObject([{ body }]);
  });

  test.each<[string, Parameters<typeof suggestionsFor>]>([
    ["is on a line that is not shown", [[ci], new Map([["ci.yml", [[1, 3]] as const]])]],
    [
      "goes over the edge of what is shown",
      [
        [{ ...ci, after: "x\n" }],
        new Map([
          [
            "ci.yml",
            [
              [1, 2],
              [3, 4],
            ] as const,
          ],
        ]),
      ],
    ],
    ["makes a file", [[{ ...ci, before: null }], everything]],
    ["has Windows' line ends", [[{ ...ci, before: before.replaceAll("\n", "\r\n"), after: `x\r\n` }], everything]],
    ["holds what nobody can see", [[{ ...ci, after: `${before}\u202e\n` }], everything]],
    ["holds a marker of ours", [[{ ...ci, after: `${before}<!-- pyready:sticky:v1 -->\n` }], everything]],
    ["takes the end of the last line away", [[{ ...ci, after: before.trimEnd() }], everything]],
  ])("is not made of a change that %s", (_, given) => {
    expect(suggestionsFor(...given)).toEqual({ suggestions: [], left: given[0] });
  });

  test("comes twenty times at most, whole files first", () => {
    const many = Array.from({ length: 15 }, (_, at) => [`a${at}`, `b${at}`, "c"]).flat();
    const file = (path: string) => ({
      path,
      before: `${many.join("\n")}\n`,
      after: `${many.map((line) => (line.startsWith("b") ? "x" : line)).join("\n")}\n`,
    });
    const shown = new Map(["f", "g"].map((path) => [path, [[1, 99]] as const]));
    const made = suggestionsFor([file("f"), file("g")], shown);
    expect([made.suggestions.length, made.left.map(({ path }) => path)]).toEqual([15, ["g"]]);
  });

  test("taken with all the others makes the file what it was to be", () => {
    const text = fc.array(fc.constantFrom("a", "b", "", "  c", "```"), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (old, now) => {
        const [from, to] = [old, now].map((lines) => `${lines.join("\n")}\n`) as [string, string];
        const lines: (string | null)[] = [...old];
        for (const replacement of [...(replacementsOf(from, to) ?? [])].reverse())
          lines.splice(replacement.from - 1, replacement.to - replacement.from + 1, ...replacement.lines);
        expect(`${lines.join("\n")}\n`).toBe(to);
      }),
    );
  });
});

describe("a patch", () => {
  const patched = (file: Parameters<typeof shownPatchOf>[0][number]) =>
    applyPatch(file.before ?? "", shownPatchOf([file]).patch);

  test("makes every file what it was to be", () => {
    const { patch, left } = shownPatchOf([ci, { path: "SECURITY.md", before: null, after: "# Security\n" }]);
    expect(left).toEqual([]);
    expect(patch).toContain("--- a/ci.yml\n+++ b/ci.yml\n@@ -1,4 +1,7 @@\n");
    expect(patch).toContain("--- /dev/null\n+++ b/SECURITY.md\n@@ -0,0 +1,1 @@\n+# Security\n");
    expect([patched(ci), patched({ ...ci, after: before.trimEnd() })]).toEqual([after, before.trimEnd()]);
  });

  test.each([
    ["whose name means something in Markdown", { ...ci, path: "a`b.yml" }],
    ["with Windows' line ends", { ...ci, after: "x\r\n" }],
    ["with letters that nobody sees", { ...ci, after: "x\u200b\n" }],
    ["that is too long", { ...ci, after: "x\n".repeat(30_000) }],
  ])("leaves out a file %s, and the others stay", (_, file) => {
    expect(shownPatchOf([file, ci])).toEqual({ left: [file.path], patch: shownPatchOf([ci]).patch });
  });
});
