import { structuredPatch } from "diff";

/** Lines that one text has in place of those of another. */
export interface Replacement {
  /** One-based lines of the text before; at least one. */
  readonly from: number;
  readonly to: number;
  /** What stands there afterwards; no line takes them out. */
  readonly lines: readonly string[];
}

/** What turns one text into the other, as lines that are replaced; undefined where lines cannot say it. */
export function replacementsOf(before: string, after: string): readonly Replacement[] | undefined {
  // Whether the last line has an end is no part of a line.
  if (before === "" || before.endsWith("\n") !== after.endsWith("\n")) return undefined;
  const old = before.split("\n");
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: 0 });
  return hunks.map(({ oldStart, oldLines, lines }) => {
    const added = lines.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
    if (oldLines > 0) return { from: oldStart, to: oldStart + oldLines - 1, lines: added };
    // Lines that come between others stand with the one above them, or below where they come first.
    const at = Math.max(1, oldStart - 1);
    const kept = old[at - 1] ?? "";
    return { from: at, to: at, lines: oldStart > 1 ? [kept, ...added] : [...added, kept] };
  });
}
