import type { Pair, YAMLMap, YAMLSeq } from "yaml";
import { EditRefused, type Lines, type Splice } from "../splice.ts";
import type { Found, Holder, Node } from "./documents.ts";
import { endOf, endOfNode, isPair, startOf } from "./positions.ts";

/** Takes out a key or an item, with what would be empty without it. @throws EditRefused for the whole document */
export function without(lines: Lines, { holders }: Found): Splice {
  let depth = holders.length - 1;
  while (depth > 0 && itemsOf(holders[depth] as Holder).length === 1) depth--;
  const holder = holders[depth];
  if (!holder || itemsOf(holder).length === 1) throw new EditRefused("nothing would be left of the file");
  const items = itemsOf(holder);
  const index = "pair" in holder ? items.indexOf(holder.pair) : holder.index;
  const { flow } = collectionOf(holder);
  return flow ? inBrackets(lines, items, index) : onLines(lines, items, index, "list" in holder);
}

function collectionOf(holder: Holder): YAMLMap | YAMLSeq {
  return "map" in holder ? holder.map : holder.list;
}

function itemsOf(holder: Holder): readonly unknown[] {
  return collectionOf(holder).items;
}

function rangeOf(lines: Lines, item: unknown): readonly [start: number, end: number] {
  if (isPair(item)) return [startOf(item as Pair), endOf(lines, item as Pair)];
  return [(item as Node).range?.[0] ?? 0, endOfNode(lines, item as Node)];
}

/** With the comma before it, or behind it for the first. */
function inBrackets(lines: Lines, items: readonly unknown[], index: number): Splice {
  const [start, end] = rangeOf(lines, items[index]);
  const splice =
    index > 0
      ? { start: rangeOf(lines, items[index - 1])[1], end, text: "" }
      : { start, end: rangeOf(lines, items[index + 1])[0], text: "" };
  if (lines.text.slice(splice.start, splice.end).includes("#")) throw new EditRefused("a comment is in the way");
  return splice;
}

/** Its lines, with the comment behind it; comments above it stay. */
function onLines(lines: Lines, items: readonly unknown[], index: number, isItem: boolean): Splice {
  const [start, end] = rangeOf(lines, items[index]);
  const first = lines.startOfLineAt(start);
  const before = lines.text.slice(first, start);
  const isWhole = isItem ? /^\s*-\s+$/.test(before) : before.trim() === "";
  const last = lines.lineOf(end);
  if (isWhole && (index > 0 || lines.next(last) < lines.text.length))
    return lines.next(last) === lines.text.length && !lines.text.endsWith("\n")
      ? { start: lines.endOfLineAt(lines.start(lines.lineOf(start) - 1)), end: lines.text.length, text: "" }
      : { start: first, end: lines.next(last), text: "" };
  // The first key of an item of a list: the next one takes its place behind the dash.
  if (isItem || index > 0) throw new EditRefused("it is laid out oddly");
  return { start, end: rangeOf(lines, items[index + 1])[0], text: "" };
}
