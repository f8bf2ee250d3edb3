import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Data } from "../../../edit.ts";
import { expectedData, type Placed, sameData } from "../expected.ts";
import { applySplices, EditRefused, type Lines, type Splice } from "../splice.ts";
import { type DataEdit, dataOf, type Found, find, isNothing, type Node, parseDocuments } from "./documents.ts";
import { colonOf, columnOf, endOf, endOfNode, startOf } from "./positions.ts";
import { blockLines, indented, inline, inlineDocument, quotedLike, type Style, styleOf, written } from "./style.ts";
import { without } from "./unset.ts";

/** What is added at one place, gathered from all edits, so that they share the keys that they create. */
interface Addition {
  readonly into: Node | Pair;
  readonly before: string | number | undefined;
  /** Steps from the root: where a list ends with a map, what goes into the map comes before what goes into the list. */
  readonly depth: number;
  readonly document: Document;
}

/** A value that is to be added, at a path below what it is added to. */
type Wish = Omit<Addition, "document"> & {
  readonly at: readonly (string | number)[];
  readonly value: Data;
  readonly comment?: string | undefined;
  /** An item beside it, whose quotes it takes. */
  readonly like?: unknown;
};

/** What edits of YAML do to a text. @throws EditRefused where it cannot be done for sure */
export function spliceYaml(lines: Lines, edits: readonly DataEdit[]): readonly Splice[] {
  if (lines.text.trim() === "") return [{ start: 0, end: lines.text.length, text: newFile(edits) }];
  const documents = parseDocuments(lines.text);
  const style = styleOf(documents, lines);
  const additions: Addition[] = [];
  const splices: Splice[] = [];
  const placed: (Placed & { readonly document: number })[] = [];
  for (const edit of edits) {
    const found = find(documents, lines, edit);
    placed.push({ edit, at: found.path, document: found.document });
    const { node, rest } = found;
    const depth = found.path.length - rest.length;
    if (edit.kind === "unset") {
      if (rest.length === 0) splices.push(without(lines, found));
    } else if (rest.length > 0) {
      const before = edit.kind === "set" && rest.length === 1 ? edit.before : undefined;
      add(additions, { into: intoOf(found), before, depth, at: rest, ...wishOf(edit) });
    } else if (edit.kind === "set") splices.push(replaced(lines, found, edit.value, style));
    else if (isNothing(node))
      add(additions, { into: intoOf(found), before: undefined, depth, at: [], ...wishOf(edit) });
    else if (!isSeq(node)) throw new EditRefused("what is to be added to is no list");
    else if (!node.items.some((item) => isScalar(item) && item.value === edit.value))
      add(additions, { into: node, before: edit.before, depth, at: [], ...wishOf(edit), like: node.items.at(-1) });
  }
  const innerFirst = additions.toSorted((a, b) => b.depth - a.depth);
  const all = [...splices, ...innerFirst.map((addition) => spliceAddition(lines, addition, style))];
  assertAsExpected(lines.text, all, placed);
  return all;
}

/** A splice that does more or less than its edit says is our own mistake, and nobody's file suffers from it. */
function assertAsExpected(
  text: string,
  splices: readonly Splice[],
  placed: readonly (Placed & { readonly document: number })[],
): void {
  const expected = dataOf(text).map((data, index) =>
    expectedData(
      data,
      placed.filter(({ document }) => document === index),
    ),
  );
  if (!sameData(dataOf(applySplices(text, splices)), expected))
    throw new EditRefused("it is laid out in a way that is not understood");
}

function wishOf(edit: DataEdit): Pick<Wish, "value" | "comment"> {
  if (edit.kind === "unset") throw new EditRefused("nothing is to be added");
  return edit.kind === "add" ? { value: [edit.value] } : { value: edit.value, comment: edit.comment };
}

/** A file of these values alone, which has no lines yet. */
function newFile(edits: readonly DataEdit[]): string {
  const into = new YAMLMap();
  const additions: Addition[] = [];
  for (const edit of edits) add(additions, { into, before: undefined, depth: 0, at: edit.at, ...wishOf(edit) });
  return additions.map(({ document }) => `${blockLines(document, { indent: 2, indentsLists: true })}\n`).join("");
}

/** The map that gets new keys, or the pair whose key has no value yet. */
function intoOf({ node, holders }: Found): Node | Pair {
  if (node && !isNothing(node)) return node;
  const last = holders.at(-1);
  if (last && "pair" in last) return last.pair;
  throw new EditRefused("an item without a value is in the way");
}

/** Puts a value into what is added at a place. @throws EditRefused where another edit puts something else there */
function add(additions: Addition[], { into, before, depth, at, value, comment, like }: Wish): void {
  if (at.some((step) => typeof step === "number")) throw new EditRefused("the list that it is to go into is not there");
  const known = additions.find((one) => one.into === into && one.before === before);
  const addition = known ?? { into, before, depth, document: new Document(undefined, { compat: "yaml-1.1" }) };
  if (!known) additions.push(addition);
  const { document } = addition;
  const present = at.length === 0 ? document.contents : document.contents && document.getIn(at, true);
  if (isSeq(present) && Array.isArray(value)) {
    for (const item of value) present.add(quotedLike(document.createNode(item), like));
  } else if (present === undefined || present === null) {
    const node = written(value, comment);
    if (isSeq(node)) for (const item of node.items) quotedLike(item, like);
    if (at.length === 0) document.contents = node as YAMLSeq;
    else {
      document.contents ??= new YAMLMap(document.schema);
      document.setIn(at, node);
    }
  } else if (JSON.stringify((present as Scalar).toJSON?.()) !== JSON.stringify(value))
    throw new EditRefused(`\`${at.join(".")}\` is to get two values`);
}

function spliceAddition(lines: Lines, { into, before, document }: Addition, style: Style): Splice {
  if (isMap(into)) return intoMap(lines, into, before as string | undefined, document, style);
  if (isSeq(into)) return intoList(lines, into, before as number | undefined, document, style);
  return behindKey(lines, into as Pair, document, style);
}

function intoMap(lines: Lines, map: YAMLMap, before: string | undefined, added: Document, style: Style): Splice {
  if (map.flow) return intoFlow(lines, map, stripped(added, "{", "}"));
  const [first] = map.items;
  const last = map.items.at(-1);
  if (!first || !last) throw new EditRefused("an empty map is in the way");
  const column = columnOf(lines, startOf(first));
  const block = indented(blockLines(added, style), column);
  const next = map.items.find(({ key }) => isScalar(key) && String(key.value) === before);
  const ownLine = next && lines.text.slice(lines.startOfLineAt(startOf(next)), startOf(next)).trim() === "";
  if (!next || !ownLine) return lines.putBehind(lines.endOfLineAt(endOf(lines, last)), block);
  return beforeLine(lines, startOf(next), block);
}

/** Before the line of this offset and the comments right above it; set off by a blank line where that one is. */
function beforeLine(lines: Lines, offset: number, block: string): Splice {
  let line = lines.lineOf(offset);
  const isComment = (one: number): boolean => /^\s*#/.test(lines.text.slice(lines.start(one), lines.stop(one)));
  const isBlank = (one: number): boolean => lines.text.slice(lines.start(one), lines.stop(one)).trim() === "";
  let top = line;
  while (top > 1 && isComment(top - 1)) top--;
  // What stands at the top of a file speaks of all of it.
  if (top > 1) line = top;
  const setOff = line > 1 && isBlank(line - 1) ? "\n\n" : "\n";
  const at = lines.start(line);
  return { start: at, end: at, text: lines.withEnds(block + setOff) };
}

function intoList(lines: Lines, list: YAMLSeq, before: number | undefined, added: Document, style: Style): Splice {
  const next = before === undefined ? undefined : (list.items[before] as Node | undefined);
  if (list.flow && next?.range)
    return { start: next.range[0], end: next.range[0], text: `${stripped(added, "[", "]")}, ` };
  if (list.flow) return intoFlow(lines, list, stripped(added, "[", "]"));
  const at = list.range?.[0] ?? 0;
  const block = indented(blockLines(added, style), columnOf(lines, at));
  if (!next?.range) return lines.putBehind(lines.endOfLineAt(endOfNode(lines, list)), block);
  const start = lines.startOfLineAt(next.range[0]);
  if (!/^\s*-\s+$/.test(lines.text.slice(start, next.range[0]))) throw new EditRefused("the list is laid out oddly");
  return beforeLine(lines, start, block);
}

/** Before the closing bracket. */
function intoFlow(lines: Lines, collection: YAMLMap | YAMLSeq, entries: string): Splice {
  const [start = 0, end = 0] = collection.range ?? [];
  const last = collection.items.at(-1);
  if (!last) {
    const [open, close] = [lines.text[start], lines.text[end - 1]];
    const pad = open === "{" ? " " : "";
    return { start, end, text: `${open}${pad}${entries}${pad}${close}` };
  }
  const at =
    isCollection(last) || isScalar(last) || isAlias(last) ? endOfNode(lines, last) : endOf(lines, last as Pair);
  const behind = lines.text.slice(at, end - 1);
  if (behind.includes("#")) throw new EditRefused("a comment stands before the closing bracket");
  const comma = behind.indexOf(",");
  return comma < 0
    ? { start: at, end: at, text: `, ${entries}` }
    : { start: at + comma + 1, end: at + comma + 1, text: ` ${entries}` };
}

function stripped(added: Document, open: string, close: string): string {
  const text = inlineDocument(added);
  if (!text.startsWith(open) || !text.endsWith(close)) throw new EditRefused("the value does not go in here");
  return text.slice(1, -1).trim();
}

/** Below a key that has no value. */
function behindKey(lines: Lines, pair: Pair, added: Document, style: Style): Splice {
  const value = pair.value as Scalar | null;
  const [start, end] = value?.range ?? [0, 0];
  if (!value || start !== end || lines.text.slice(start, lines.endOfLineAt(start)).includes("}"))
    throw new EditRefused("a value that says nothing is in the way");
  const isList = isSeq(added.contents);
  const columns = columnOf(lines, startOf(pair)) + (isList && !style.indentsLists ? 0 : style.indent);
  return lines.putBehind(lines.endOfLineAt(colonOf(lines, pair)), indented(blockLines(added, style), columns));
}

function replaced(lines: Lines, { node, holders }: Found, value: Data, style: Style): Splice {
  const holder = holders.at(-1);
  if (!holder) throw new EditRefused("the whole document is not replaced");
  if (isAlias(node)) throw new EditRefused("it is shared through an anchor");
  const isBlock = isCollection(node) ? !node.flow : isScalar(node) && /^BLOCK/.test(node.type ?? "");
  const text = inline(value, node);
  const isMapValue = typeof value === "object" && value !== null && !Array.isArray(value);
  const inBlock = "pair" in holder && !holder.map.flow && (isBlock || isMapValue) && text.length > 2;
  if (inBlock && typeof value === "object" && node) return replacedByBlock(lines, holder.pair, node, value, style);
  if (!node?.range) throw new EditRefused("a key without a colon is in the way");
  if (isBlock && !("pair" in holder)) throw new EditRefused("an item of several lines is not replaced");
  const start = isBlock && "pair" in holder ? colonOf(lines, holder.pair) : node.range[0];
  const end = isBlock ? lines.endOfLineAt(endOfNode(lines, node)) : node.range[1];
  return { start, end, text: lines.text[start - 1] === ":" ? ` ${text}` : text };
}

/** The lines below a key; a comment behind the key's old value stays. */
function replacedByBlock(lines: Lines, pair: Pair, node: Node, value: Data, style: Style): Splice {
  const start = colonOf(lines, pair);
  const end = lines.endOfLineAt(endOfNode(lines, node));
  const columns = columnOf(lines, startOf(pair)) + (Array.isArray(value) && !style.indentsLists ? 0 : style.indent);
  const block = indented(blockLines(new Document(value, { compat: "yaml-1.1" }), style), columns);
  const comment = /^[ \t]*#.*$/.exec(lines.text.slice(node.range?.[1] ?? end, end))?.[0] ?? "";
  return { start, end, text: `${comment}${lines.withEnds(`\n${block}`)}` };
}
