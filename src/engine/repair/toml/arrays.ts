import type { AST } from "toml-eslint-parser";
import type { Data } from "../../../edit.ts";
import { EditRefused, type Lines, type Splice } from "../splice.ts";
import { toToml } from "./values.ts";

/** An item at the end of a list, or before the item of an index, as the list is laid out. */
export function intoArray(
  lines: Lines,
  value: AST.TOMLContentNode,
  item: Data,
  before: number | undefined,
): readonly Splice[] {
  if (value.type !== "TOMLArray") throw new EditRefused("what is to be added to is no list");
  const [start, end] = value.range;
  if (value.elements.some((one) => "value" in one && one.value === item)) return [];
  const next = before === undefined ? undefined : value.elements[before];
  const first = value.elements[0];
  const last = value.elements.at(-1);
  if (!first || !last) return [{ start, end, text: `[${toToml(item)}]` }];
  const startsLine = (offset: number): boolean => lines.text.slice(lines.startOfLineAt(offset), offset).trim() === "";
  const pad = startsLine(first.range[0])
    ? lines.text.slice(lines.startOfLineAt(first.range[0]), first.range[0])
    : undefined;
  if (next) {
    const gap = pad === undefined ? ", " : lines.withEnds(`,\n${pad}`);
    return [{ start: next.range[0], end: next.range[0], text: `${toToml(item)}${gap}` }];
  }
  const at = last.range[1];
  // A comma may stand behind the last item, before a comment.
  const comma = /^\s*,/.exec(lines.text.slice(at, end))?.[0].length;
  if (pad === undefined) return [{ start: at, end: at, text: `, ${toToml(item)}` }];
  const line = lines.putBehind(
    lines.endOfLineAt(at + (comma ?? 0)),
    `${pad}${toToml(item)}${comma === undefined ? "" : ","}`,
  );
  return comma === undefined ? [{ start: at, end: at, text: "," }, line] : [line];
}
