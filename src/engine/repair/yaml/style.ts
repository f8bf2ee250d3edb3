import { Document, isCollection, isMap, isScalar, isSeq, Scalar, visit } from "yaml";
import type { Data } from "../../../edit.ts";
import type { Lines } from "../splice.ts";

/** How the people who wrote a file lay it out, so that what is added looks the same. */
export interface Style {
  /** Columns that a map stands to the right of its key. */
  readonly indent: number;
  /** True where the items of a list stand to the right of its key. */
  readonly indentsLists: boolean;
}

/** What the first nested map and list of the file show. */
export function styleOf(documents: readonly Document[], lines: Lines): Style {
  let indent: number | undefined;
  let indentsLists: boolean | undefined;
  const columnOf = (offset: number): number => offset - lines.startOfLineAt(offset);
  for (const document of documents)
    visit(document, {
      Pair(_, { key, value }) {
        const at = isScalar(key) ? key.range?.[0] : undefined;
        if (at === undefined || !isCollection(value) || value.flow || !value.range) return undefined;
        const difference = columnOf(value.range[0]) - columnOf(at);
        if (isMap(value) && difference > 0) indent ??= difference;
        if (isSeq(value)) indentsLists ??= difference > 0;
        return indent !== undefined && indentsLists !== undefined ? visit.BREAK : undefined;
      },
    });
  return { indent: Math.min(indent ?? 2, 8), indentsLists: indentsLists ?? true };
}

/** Values with their comments, ready to be written. */
export function written(value: Data, comment: string | undefined): ReturnType<Document["createNode"]> {
  const node = new Document().createNode(value);
  if (comment !== undefined && isScalar(node)) node.comment = ` ${comment}`;
  else if (comment !== undefined) node.commentBefore = ` ${comment}`;
  return node;
}

/** The lines of a map or list as a block, without indentation. */
export function blockLines(document: Document, { indent, indentsLists }: Style): string {
  return document.toString({ indent, indentSeq: indentsLists, lineWidth: 0, nullStr: "" }).replace(/\n$/, "");
}

/** A value between brackets or as it stands behind a key, on one line; `like` gives the quotes. */
export function inline(value: Data, like?: unknown): string {
  const document = new Document(value, { compat: "yaml-1.1" });
  quotedLike(document.contents, like);
  if (isScalar(document.contents) && typeof value === "string" && value.includes("\n"))
    document.contents.type = Scalar.QUOTE_DOUBLE;
  return inlineDocument(document);
}

export function inlineDocument(document: Document): string {
  const flowCollectionPadding = !isSeq(document.contents);
  return document
    .toString({ collectionStyle: "flow", lineWidth: 0, flowCollectionPadding })
    .trim()
    .replace(/\n\s*/g, " ");
}

/** Text in the quotes of another value. */
export function quotedLike<Value>(node: Value, like: unknown): Value {
  const quotes = isScalar(like) && /^QUOTE/.test(like.type ?? "") ? like.type : undefined;
  if (quotes && isScalar(node) && typeof node.value === "string") node.type = quotes;
  return node;
}

/** Every line of a block moved right. */
export function indented(block: string, columns: number): string {
  const pad = " ".repeat(columns);
  return block
    .split("\n")
    .map((line) => (line === "" ? "" : pad + line))
    .join("\n");
}
