import { isCollection, isScalar, type Pair, type Scalar } from "yaml";
import { EditRefused, type Lines } from "../splice.ts";
import { isNothing, type Node } from "./documents.ts";

/** Where a key starts. */
export function startOf({ key }: Pair): number {
  const at = isScalar(key) ? key.range?.[0] : undefined;
  if (at === undefined) throw new EditRefused("a key that is no plain text is in the way");
  return at;
}

/** Behind the colon of a key. */
export function colonOf(lines: Lines, { key }: Pair): number {
  const end = isScalar(key) ? (key.range?.[1] ?? 0) : 0;
  const colon = lines.text.indexOf(":", end);
  if (colon < 0 || lines.text.slice(end, colon).trim() !== "") throw new EditRefused("a key is laid out oddly");
  return colon + 1;
}

/** The column of an offset, before which only dashes of lists stand. */
export function columnOf(lines: Lines, offset: number): number {
  const before = lines.text.slice(lines.startOfLineAt(offset), offset);
  if (!/^[ -]*$/.test(before)) throw new EditRefused("what stands before it on the line is in the way");
  return before.length;
}

/** Behind the last character of a pair, comments not counted. */
export function endOf(lines: Lines, pair: Pair): number {
  const value = pair.value as Node | null;
  return value && !isNothing(value) ? endOfNode(lines, value) : Math.max(colonOf(lines, pair), value?.range?.[1] ?? 0);
}

/** Behind the last character of a value, comments not counted. */
export function endOfNode(lines: Lines, node: Node): number {
  const last: unknown = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  if (isPair(last)) return endOf(lines, last);
  if (last) return endOfNode(lines, last as Node);
  const [start = 0, end = 0] = node.range ?? [];
  if (!isScalar(node) || !/^BLOCK/.test((node as Scalar).type ?? "")) return end;
  const text = lines.text.slice(start, end);
  if (/^[|>]\d?\+/.test(text)) throw new EditRefused("a block of text that keeps its blank lines is in the way");
  return start + text.trimEnd().length;
}

export function isPair(node: unknown): node is Pair {
  return typeof node === "object" && node !== null && "key" in node;
}
