import { textOf } from "../literals.ts";
import type { Expression, Module } from "../syntax.ts";
import { COMPUTED } from "./model.ts";

/** Literal texts that a module's own names stand for. */
export type Constants = ReadonlyMap<string, string>;

/** Parts that a path is put together from, at most. */
const MAX_PARTS = 50;
const MAX_LENGTH = 300;

export function constantsOf({ body }: Module): Constants {
  const constants = new Map<string, string>();
  for (const node of body) {
    if (node.kind !== "Assign" || node.op !== "=") continue;
    const [target] = node.targets;
    const text = textOf(node.value);
    if (target?.kind === "Name" && text !== undefined && text.length <= MAX_LENGTH) constants.set(target.id, text);
  }
  return constants;
}

/** A path as far as it is literal; what is computed is `{}`. */
export function pathOf(node: Expression | undefined, constants: Constants): string {
  return node ? partsOf(node, constants, MAX_PARTS).slice(0, MAX_LENGTH) : "";
}

function partsOf(node: Expression, constants: Constants, room: number): string {
  if (room === 0) return COMPUTED;
  const part = (one: Expression): string => partsOf(one, constants, room - 1);
  const text = textOf(node);
  if (text !== undefined) return text;
  if (node.kind === "JoinedStr") return node.values.map(part).join("");
  if (node.kind === "BinOp" && node.op === "+") return part(node.left) + part(node.right);
  if (node.kind === "Name") return constants.get(node.id) ?? COMPUTED;
  // A path that is translated: `_("about/")`.
  const [only] = node.kind === "Call" && node.args.length === 1 ? node.args : [];
  return only && node.kind === "Call" && node.func.kind === "Name" ? part(only) : COMPUTED;
}

/** A pattern of a regular expression as a path: without its anchors. */
export function withoutAnchors(pattern: string): string {
  return pattern.replace(/^\^/, "").replace(/(\$|\\Z|\/\?\$|\/\?)$/, "");
}
