import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { DataNode, type Entry, FormatError, lineIndex } from "./node.ts";

const MAX_DEPTH = 100;

/**
 * A JSON file, comments and trailing commas allowed.
 * @throws FormatError for broken JSON or nesting over 100.
 */
export function parseJson(text: string): DataNode {
  if (nesting(text) > MAX_DEPTH) throw new FormatError(`nested deeper than ${MAX_DEPTH}`);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const lineOf = lineIndex(text);
  const [error] = errors;
  if (error)
    throw new FormatError(`line ${lineOf(error.offset)} is not valid JSON: ${printParseErrorCode(error.error)}`);
  if (!tree) throw new FormatError("the file is empty");
  return convert(tree, lineOf);
}

function convert(node: Node, lineOf: (offset: number) => number): DataNode {
  const line = lineOf(node.offset);
  if (node.type === "array")
    return DataNode.list(
      (node.children ?? []).map((child) => convert(child, lineOf)),
      line,
    );
  if (node.type !== "object") return DataNode.scalar(String(node.value), line, node.type === "string");
  const entries = new Map<string, Entry>();
  for (const { children } of node.children ?? []) {
    const [key, value] = children ?? [];
    if (key && value) entries.set(String(key.value), { value: convert(value, lineOf), line: lineOf(key.offset) });
  }
  return DataNode.map(entries, line);
}

/**
 * The deepest nesting of brackets outside strings: the parser is recursive, so depth is checked before it.
 * A string that is never closed ends with its line, as it does for the parser.
 */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[[\]{}]/g)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}
