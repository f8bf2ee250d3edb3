import { cutAtRow, type Markdown } from "./markdown.ts";

/** One part of a long report. */
export interface Part {
  /** Made of constants and numbers. */
  readonly heading: string;
  /** Closed until a reader opens it. */
  readonly folded: boolean;
  /** What stands before the rows and no cut takes away; the head of a table ends it. */
  readonly lead?: readonly Markdown[];
  readonly rows: readonly Markdown[];
  /** Bytes that the parts before it leave to it. */
  readonly reserve: number;
}

/**
 * Lays parts out within so many bytes. Each has what is reserved for it; what others leave goes to the
 * first that needs it. Rows are kept whole, and those left out are counted.
 */
export function layOut(parts: readonly Part[], maxBytes: number): readonly Markdown[] {
  const shown = parts.filter(({ rows }) => rows.length > 0);
  const least = shown.map((part) => Math.min(sizeOf(part), part.reserve));
  let left = maxBytes - least.reduce((sum, bytes) => sum + bytes, 0);
  return shown.flatMap((part, place) => {
    const asked = Math.min(sizeOf(part), (least[place] ?? 0) + Math.max(0, left));
    left -= asked - (least[place] ?? 0);
    return framed(part, cutAtRow(part.rows, asked - frameOf(part), restOf(part)));
  });
}

function framed({ heading, folded, lead = [] }: Part, rows: readonly Markdown[]): readonly Markdown[] {
  return folded
    ? ["<details>", `<summary>${heading}</summary>`, "", ...lead, ...rows, "", "</details>", ""]
    : [`**${heading}**`, "", ...lead, ...rows, ""];
}

function restOf({ lead }: Part): (left: number) => Markdown {
  const columns = (lead?.at(-1)?.match(/\|/g)?.length ?? 1) - 1;
  return (left) => (columns === 0 ? `- and ${left} more` : `| and ${left} more ${"| ".repeat(columns - 1)}|`);
}

/** What stands around the rows. */
function frameOf(part: Part): number {
  return bytesOf(framed(part, []));
}

/** A little more than it takes: the line that counts what is left out has its place. */
function sizeOf(part: Part): number {
  return frameOf(part) + bytesOf(part.rows) + bytesOf([restOf(part)(part.rows.length)]);
}

function bytesOf(lines: readonly Markdown[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
