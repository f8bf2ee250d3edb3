import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Edit } from "../../../edit.ts";
import { EditRefused, type Lines } from "../splice.ts";

export type Node = Scalar | YAMLMap | YAMLSeq | Alias;
export type DataEdit = Extract<Edit, { kind: "set" | "add" | "unset" }>;

/** The way from the root of an edit to what it names, as far as the file has it. */
export interface Found {
  /** The document, and the whole path in it. */
  readonly document: number;
  readonly path: readonly (string | number)[];
  /** The last value that is there; undefined for a key that has none. */
  readonly node: Node | undefined;
  /** What holds it, from the outermost in. */
  readonly holders: readonly Holder[];
  /** The steps that the file does not have. */
  readonly rest: readonly (string | number)[];
}

/** A map with one of its pairs, or a list with the index of an item. */
export type Holder =
  | { readonly map: YAMLMap; readonly pair: Pair }
  | { readonly list: YAMLSeq; readonly index: number };

/** @throws EditRefused for text that is not YAML */
export function parseDocuments(text: string): readonly Document[] {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: "error" });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0))
    throw new EditRefused("its YAML is not well formed");
  return documents as readonly Document[];
}

/** Goes the way of an edit. @throws EditRefused where an alias or a scalar stands in it */
export function find(documents: readonly Document[], lines: Lines, edit: DataEdit): Found {
  const start =
    edit.line === undefined
      ? { document: edit.document ?? 0, path: [] }
      : mapAtLine(documents, lines, edit.line, edit.key);
  const { document } = start;
  const path = [...start.path, ...edit.at];
  let node = documents[document]?.getIn(start.path, true) as Node | undefined;
  if (!node) throw new EditRefused("the document is empty");
  const holders: Holder[] = [];
  for (const [depth, step] of edit.at.entries()) {
    const rest = edit.at.slice(depth);
    if (isNothing(node)) return { document, path, node, holders, rest };
    if (isAlias(node)) throw new EditRefused(`\`${shown(edit.at, depth)}\` is shared through an anchor`);
    if (isMap(node) && typeof step === "string") {
      const map: YAMLMap = node;
      const pair: Pair | undefined = map.items.find(({ key }) => isScalar(key) && keyOf(key) === step);
      if (!pair) return { document, path, node, holders, rest };
      holders.push({ map, pair });
      node = (pair.value ?? undefined) as Node | undefined;
    } else if (isSeq(node) && typeof step === "number") {
      const list: YAMLSeq = node;
      if (!list.items[step]) throw new EditRefused(`\`${shown(edit.at, depth)}\` has no item ${step}`);
      holders.push({ list, index: step });
      node = list.items[step] as Node;
    } else throw new EditRefused(`\`${shown(edit.at, depth)}\` is something else than expected`);
  }
  return { document, path, node, holders, rest: [] };
}

/** The text of a key as it is meant: `on` is no boolean, and `3.10` no number. */
function keyOf(key: Scalar): string {
  return key.type === "PLAIN" ? (key.source ?? String(key.value)) : String(key.value);
}

/** True for a key without a value, or with `~`. */
export function isNothing(node: Node | undefined): boolean {
  return node === undefined || (isScalar(node) && node.value === null);
}

function shown(at: readonly (string | number)[], depth: number): string {
  return at.slice(0, depth).join(".") || "the document";
}

type Start = Pick<Found, "document" | "path">;

/** The path of the outermost map that has its first key of a line on this one, or of the one with this key there. */
function mapAtLine(documents: readonly Document[], lines: Lines, line: number, wanted: string | undefined): Start {
  const [start, stop] = [lines.start(line), lines.stop(line)];
  const onLine: (Start & { readonly at: number })[] = [];
  const visit = (node: unknown, document: number, path: Start["path"]): void => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, document, [...path, index]);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const at = key.range?.[0] ?? -1;
      const isMeant = wanted === undefined || keyOf(key) === wanted;
      if (isMeant && at >= start && at <= stop) onLine.push({ document, path, at });
      if (isCollection(value)) visit(value, document, [...path, key.value as string]);
    }
  };
  for (const [index, { contents }] of documents.entries()) visit(contents, index, []);
  const [first, second] = onLine.sort((a, b) => a.at - b.at);
  if (!first) throw new EditRefused(`no key stands on line ${line}`);
  if (wanted !== undefined && second) throw new EditRefused(`line ${line} has \`${wanted}\` more than once`);
  return first;
}

/** The data of every document. @throws EditRefused for aliases that expand without end, and for keys given twice */
export function dataOf(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text, { logLevel: "error" });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0))
    throw new EditRefused("its YAML is not well formed, or gives a key twice");
  try {
    return documents.map((document) => document.toJS());
  } catch {
    throw new EditRefused("its aliases expand too far");
  }
}
