import { textOf } from "../literals.ts";
import { argumentOf } from "../names.ts";
import { valuesOf } from "../origins/values.ts";
import type { Call, Expression, Module } from "../syntax.ts";
import type { Scope } from "../walk.ts";

/** A statement in parts: text as written, and what is put between. */
export type Piece = { readonly text: string } | { readonly node: Expression };

/** The parts of a text that is put together of literals and values; none where its frame is not written out. */
export function piecesOf(node: Expression, scope: Scope, module: Module, depth = 12): readonly Piece[] {
  const text = textOf(node);
  if (text !== undefined) return [{ text }];
  if (depth === 0) return [{ node }];
  if (node.kind === "JoinedStr")
    return node.values.flatMap((part): readonly Piece[] =>
      part.kind === "Constant" ? [{ text: part.value }] : piecesOf(part, scope, module, depth - 1),
    );
  if (node.kind === "BinOp" && node.op === "+")
    return [...piecesOf(node.left, scope, module, depth - 1), ...piecesOf(node.right, scope, module, depth - 1)];
  if (node.kind === "BinOp" && node.op === "%")
    return filled(frameOf(node.left, scope, module), PERCENT, percent(node.right));
  if (node.kind === "Call" && node.func.kind === "Attribute" && node.func.attr === "format")
    return filled(frameOf(node.func.value, scope, module), BRACES, braces(node));
  if (node.kind === "Name") {
    const [value, ...others] = valuesOf(node, scope, module);
    if (value && value !== node && others.length === 0 && isText(value))
      return piecesOf(value, scope, module, depth - 1);
  }
  return [{ node }];
}

const PERCENT = /%(?:\((\w+)\))?[sdrif]/g;
const BRACES = /\{(\w*)[^{}]*\}/g;

function isText(node: Expression): boolean {
  return textOf(node) !== undefined || node.kind === "JoinedStr" || node.kind === "BinOp" || node.kind === "Call";
}

function frameOf(node: Expression, scope: Scope, module: Module): string | undefined {
  const values = valuesOf(node, scope, module);
  return values.length === 1 ? textOf(values[0]) : undefined;
}

type Filling = (name: string, index: number) => Expression | undefined;

function filled(frame: string | undefined, slots: RegExp, filling: Filling): readonly Piece[] {
  if (frame === undefined) return [];
  const pieces: Piece[] = [];
  let end = 0;
  for (const [index, slot] of [...frame.matchAll(slots)].entries()) {
    const node = filling(slot[1] ?? "", index);
    pieces.push({ text: frame.slice(end, slot.index) });
    if (node) pieces.push({ node });
    end = slot.index + slot[0].length;
  }
  return [...pieces, { text: frame.slice(end) }];
}

function percent(values: Expression): Filling {
  if (values.kind === "Dict") return (name) => values.items.find(({ key }) => textOf(key) === name)?.value;
  return (_, index) => (values.kind === "Tuple" ? values.elts[index] : values);
}

function braces(call: Call): Filling {
  return (name, index) => (/^\d*$/.test(name) ? call.args[name === "" ? index : Number(name)] : argumentOf(call, name));
}
