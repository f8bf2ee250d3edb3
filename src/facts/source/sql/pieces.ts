import { textOf } from "../literals.ts";
import { argumentOf } from "../names.ts";
import { valuesOf } from "../origins/values.ts";
import type { Call, Expression, Module } from "../syntax.ts";
import type { Scope } from "../walk.ts";

/** A statement in parts: text as written, and what is put between. */
export type Piece = { readonly text: string } | { readonly node: Expression };

/** Parts of one statement that are looked at, and names that are followed one to the next: a file may be hostile. */
const MAX_PIECES = 100;
const MAX_DEPTH = 15;

/** The parts of a text that is put together of literals and values; none where its frame is not written out. */
export function piecesOf(node: Expression, scope: Scope, module: Module): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (part: Expression, depth: number): void => {
    if (pieces.length >= MAX_PIECES) return;
    const text = textOf(part);
    const inner = depth > 0 ? partsOf(part, scope, module) : undefined;
    if (text !== undefined) pieces.push({ text });
    else if (inner === undefined) pieces.push({ node: part });
    else
      for (const one of inner)
        if ("node" in one) add(one.node, depth - 1);
        else pieces.push(one);
  };
  add(node, MAX_DEPTH);
  return pieces;
}

/** What one expression is put together of; undefined for what is a value by itself. */
function partsOf(node: Expression, scope: Scope, module: Module): readonly Piece[] | undefined {
  if (node.kind === "JoinedStr") return node.values.slice(0, MAX_PIECES).map((part) => ({ node: part }));
  if (node.kind === "BinOp" && node.op === "+") return [{ node: node.left }, { node: node.right }];
  if (node.kind === "BinOp" && node.op === "%")
    return filled(frameOf(node.left, scope, module), PERCENT, percent(node.right));
  if (node.kind === "Call" && node.func.kind === "Attribute" && node.func.attr === "format")
    return filled(frameOf(node.func.value, scope, module), BRACES, braces(node));
  if (node.kind !== "Name") return undefined;
  const [value, ...others] = valuesOf(node, scope, module);
  return value && value !== node && others.length === 0 && isText(value) ? [{ node: value }] : undefined;
}

/** Numbers, as `%d` and `{:d}`, carry no text. */
const PERCENT = /%(?:\((\w+)\))?[sr]/g;
const BRACES = /\{(\w*)(?!:d\})[^{}]*\}/g;

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
  for (const [index, slot] of [...frame.matchAll(slots)].slice(0, MAX_PIECES).entries()) {
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
