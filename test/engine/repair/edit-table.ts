import { expect, test } from "@jest/globals";
import { structuredPatch } from "diff";
import type { Edit } from "../../../src/edit.ts";
import { applyEdits } from "../../../src/engine/repair/apply-edits.ts";

/** What edits make of a text. */
export interface Case {
  readonly name: string;
  readonly path?: string;
  readonly text?: string | undefined;
  readonly edits: readonly Partial<Edit>[];
  /** Lines that go, and that come, in the order of the file; context is left out. */
  readonly lines?: readonly string[];
  readonly is?: string;
  readonly refused?: string;
}

/** Applies the edits of each case to the text of a file, with both kinds of line ends. */
export function table(path: string, whole: string, cases: readonly Case[]): void {
  test.each(cases)("$name", ({ path: other = path, text = whole, edits, lines, is, refused }) => {
    const placed = edits.map((edit) => ({ path: other, ...edit }) as Edit);
    if (refused !== undefined) return expect(() => applyEdits(text, placed)).toThrow(refused);
    const edited = applyEdits(text, placed);
    if (is !== undefined) expect(edited).toBe(is);
    if (lines) expect(difference(text, edited)).toEqual(lines);
    // The same with the line ends of Windows, and without the last one.
    const crlf = (one: string): string => one.replaceAll("\n", "\r\n");
    expect(applyEdits(crlf(text), placed)).toBe(crlf(edited));
    const unended = (one: string): string => one.replace(/\n$/, "");
    if (text !== "") expect(unended(applyEdits(unended(text), placed))).toBe(unended(edited));
    return undefined;
  });
}

/** `-` and `+` lines, as a patch has them. */
function difference(a: string, b: string): readonly string[] {
  return structuredPatch("a", "b", a, b, "", "", { context: 0 }).hunks.flatMap(({ lines }) => lines);
}
