import type { DataNode } from "../facts/formats/node.ts";
import type { Scalar } from "./definition.ts";

/** A scalar as what it looks like: a number, true or false, else its text; in quotes always text. */
export function scalarOf(node: DataNode): Scalar {
  const { text = "" } = node;
  if (node.isQuoted) return text;
  return node.boolean ?? (/^[+-]?\d/.test(text) ? node.number : undefined) ?? text;
}

/** Data without its lines; a key without a value is left out. */
export function plain(node: DataNode): unknown {
  if (node.kind === "list") return node.items.map(plain);
  if (node.kind === "scalar") return scalarOf(node);
  return Object.fromEntries(node.entries.flatMap(({ key, value }) => (value.isNull ? [] : [[key, plain(value)]])));
}
