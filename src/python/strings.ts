import type { Constant, Expression } from "../facts/source/syntax.ts";
import { childOf, childrenOf, namedChildren, type SyntaxNode } from "./node.ts";
import type { SourceText } from "./text.ts";

/** Characters of a literal that are kept: what rules ask of text stands at its beginning. */
const MAX_LITERAL = 20_000;

/** A string literal, or the joined parts of an f-string or t-string. */
export function stringOf(
  node: SyntaxNode,
  source: SourceText,
  expressionOf: (node: SyntaxNode) => Expression,
): Expression {
  const opening = childOf(node, "string_start");
  const prefix = (opening ? source.of(opening) : "").replace(/["']+$/, "").toLowerCase();
  const isRaw = prefix.includes("r");
  const values = node.children.flatMap((child): readonly Expression[] => {
    if (child.type === "string_content") return [literal(textOf(child, source, isRaw), child, source)];
    if (child.type !== "interpolation") return [];
    const inside = namedChildren(child).find(({ type }) => type !== "type_conversion" && type !== "format_specifier");
    return inside ? [expressionOf(inside)] : [];
  });
  if (/[ft]/.test(prefix)) return { kind: "JoinedStr", line: source.lineAt(node.start), values };
  return literal(values.map(literalTextOf).join(""), node, source, prefix.includes("b") ? "bytes" : "str");
}

/** Strings that stand side by side are one. */
export function concatenated(parts: readonly Expression[], line: number): Expression {
  if (parts.every((part) => part.kind === "Constant"))
    return {
      kind: "Constant",
      type: parts[0]?.kind === "Constant" ? parts[0].type : "str",
      line,
      value: parts.map(literalTextOf).join(""),
    };
  return {
    kind: "JoinedStr",
    line,
    values: parts.flatMap((part) => (part.kind === "JoinedStr" ? part.values : [part])),
  };
}

function literal(value: string, node: SyntaxNode, source: SourceText, type: "str" | "bytes" = "str"): Constant {
  return literalOf(value, source.lineAt(node.start), type);
}

/** A literal, as much of it as is kept. */
export function literalOf(value: string, line: number, type: "str" | "bytes"): Constant {
  return { kind: "Constant", type, line, value: value.slice(0, MAX_LITERAL) };
}

function literalTextOf(expression: Expression): string {
  return expression.kind === "Constant" ? expression.value : "";
}

function textOf(content: SyntaxNode, source: SourceText, isRaw: boolean): string {
  const escapes = isRaw ? [] : childrenOf(content, "escape_sequence");
  const braces = childrenOf(content, "escape_interpolation");
  if (escapes.length + braces.length === 0) return source.of(content);
  let text = "";
  let from = content.start;
  for (const child of content.children) {
    // A backslash that escapes nothing is a token, and stands for itself.
    if (!child.isNamed || (isRaw && child.type === "escape_sequence")) continue;
    text += source.text.slice(from, child.start);
    text += child.type === "escape_interpolation" ? source.of(child).slice(0, 1) : decoded(source.of(child));
    from = child.end;
  }
  return text + source.text.slice(from, content.end);
}

const SINGLE: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\n": "",
  "\r": "",
};

/** What an escape sequence stands for. */
export function decoded(written: string): string {
  const mark = written.charAt(1);
  const code = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))$/i.exec(written);
  const point = Number.parseInt(code?.[1] ?? code?.[2] ?? code?.[3] ?? "", 16);
  if (point <= 0x10ffff) return String.fromCodePoint(point);
  return SINGLE[mark] ?? mark;
}
