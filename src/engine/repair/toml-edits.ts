import { type AST, getStaticTOMLValue, parseTOML } from "toml-eslint-parser";
import type { Data, Edit } from "../../edit.ts";
import { expectedData, type Placed, sameData } from "./expected.ts";
import { applySplices, EditRefused, type Lines, type Splice } from "./splice.ts";

type TomlEdit = Extract<Edit, { kind: "set" | "add" | "unset" }>;
type Path = readonly (string | number)[];

/** A key with its value, by its whole path; tables in brackets are looked into. */
interface Entry {
  readonly at: Path;
  readonly node: AST.TOMLKeyValue;
  /** The table whose header stands above it; none for the top of the file. */
  readonly table: AST.TOMLTable | undefined;
  /** True inside `{ }`. */
  readonly isInline: boolean;
}

interface File {
  readonly lines: Lines;
  readonly entries: readonly Entry[];
  readonly tables: readonly AST.TOMLTable[];
}

/** Longest line that a list is written on. */
const MAX_LINE = 100;

/** What edits of TOML do to a text. @throws EditRefused where it cannot be done for sure */
export function spliceToml(lines: Lines, edits: readonly TomlEdit[]): readonly Splice[] {
  const file = read(lines);
  const splices: Splice[] = [];
  const added = new Map<string, { readonly at: Path; readonly value: Data; readonly comment: string | undefined }>();
  const create = (at: Path, value: Data, comment: string | undefined): void => {
    const key = JSON.stringify(at);
    const known = added.get(key);
    const joined = known && Array.isArray(known.value) && Array.isArray(value) ? [...known.value, ...value] : value;
    if (known && joined === value && JSON.stringify(known.value) !== JSON.stringify(value))
      throw new EditRefused(`\`${at.join(".")}\` is to get two values`);
    added.set(key, { at, value: joined, comment });
  };
  for (const edit of edits) {
    if (edit.kind === "unset") splices.push(...without(file, edit.at));
    else if (edit.kind === "add") {
      const entry = entryAt(file, edit.at);
      if (entry) splices.push(...intoArray(lines, entry.node.value, edit.value, edit.before));
      else create(edit.at, [edit.value], undefined);
    } else
      for (const { at, value } of leaves(edit.at, edit.value)) {
        const entry = entryAt(file, at);
        if (entry)
          splices.push({ start: entry.node.value.range[0], end: entry.node.value.range[1], text: toToml(value) });
        else create(at, value, edit.comment);
      }
  }
  const groups = Map.groupBy(added.values(), ({ at }) => JSON.stringify(at.slice(0, -1)));
  const tables = [...groups.values()].map((group) => ({ table: (group[0]?.at ?? []).slice(0, -1), group }));
  // Where a new table follows a table that gets new keys, those come first.
  const isThere = ({ table }: { readonly table: Path }): boolean =>
    table.length === 0 || file.tables.some(({ resolvedKey }) => same(resolvedKey, table));
  const ordered = [...tables.filter(isThere), ...tables.filter((one) => !isThere(one))];
  const created = ordered.map(({ table, group }) => newKeys(file, table, group));
  // In a new file the tables are set apart as they are behind others.
  splices.push(
    ...created.map((one, index) => (lines.count > 0 || index === 0 ? one : { ...one, text: `\n${one.text}` })),
  );
  const placed = edits.flatMap((edit): readonly Placed[] =>
    edit.kind === "set"
      ? leaves(edit.at, edit.value).map(({ at, value }) => ({ edit: { ...edit, value }, at }))
      : [{ edit, at: edit.at }],
  );
  // A splice that does more or less than its edit says is our own mistake, and nobody's file suffers from it.
  if (!sameData(dataOf(applySplices(lines.text, splices)), expectedData(dataOf(lines.text), placed)))
    throw new EditRefused("it is laid out in a way that is not understood");
  return splices;
}

function parsed(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text);
  } catch {
    throw new EditRefused("its TOML is not well formed");
  }
}

function dataOf(text: string): unknown {
  return getStaticTOMLValue(parsed(text));
}

function read(lines: Lines): File {
  const [top] = parsed(lines.text).body;
  const entries: Entry[] = [];
  const visit = (node: AST.TOMLKeyValue, above: Path, table: AST.TOMLTable | undefined, isInline: boolean): void => {
    const at = [...above, ...node.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value))];
    entries.push({ at, node, table, isInline });
    if (node.value.type === "TOMLInlineTable") for (const one of node.value.body) visit(one, at, table, true);
  };
  const tables = top.body.filter((node) => node.type === "TOMLTable");
  for (const node of top.body) {
    if (node.type === "TOMLKeyValue") visit(node, [], undefined, false);
    else for (const one of node.body) visit(one, node.resolvedKey, node, false);
  }
  return { lines, entries, tables };
}

function entryAt({ entries }: File, at: Path): Entry | undefined {
  return entries.find((entry) => same(entry.at, at));
}

function same(a: Path, b: Path): boolean {
  return a.length === b.length && startsWith(a, b);
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

/** The keys of a table one by one. */
function leaves(at: Path, value: Data): readonly { readonly at: Path; readonly value: Data }[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ at, value }];
  return Object.entries(value).flatMap(([key, one]) => leaves([...at, key], one as Data));
}

/** New keys of one table, which may itself be new. */
function newKeys(
  file: File,
  table: Path,
  added: readonly { readonly at: Path; readonly value: Data; readonly comment: string | undefined }[],
): Splice {
  const { lines, entries, tables } = file;
  const within = (path: Path): string =>
    added
      .map(
        ({ at, value, comment }) =>
          `${keyOf([...path, at.at(-1) as string])} = ${toToml(value)}${comment === undefined ? "" : `  # ${comment}`}`,
      )
      .join("\n");
  const inline = entries.find(({ at, node }) => same(at, table) && node.value.type === "TOMLInlineTable");
  if (inline) return intoInline(lines, inline.node.value as AST.TOMLInlineTable, within([]).replaceAll("\n", ", "));
  const header = tables.findLast(({ resolvedKey }) => same(resolvedKey, table));
  if (header || table.length === 0) {
    const last = entries.findLast((entry) => entry.table === header && !entry.isInline)?.node ?? header;
    if (!last) return lines.putBefore(0, `${within([])}${lines.count > 0 ? "\n\n" : ""}`);
    return lines.putBehind(lines.endOfLineAt(endOf(last)), within([]));
  }
  // `tool.ruff.line-length = 100` makes a table that no header may open again.
  const dotted = entries.findLast(
    (entry) =>
      !entry.isInline &&
      entry.at.length > table.length &&
      startsWith(entry.at, table) &&
      (entry.table?.resolvedKey.length ?? 0) < table.length,
  );
  if (dotted)
    return lines.putBehind(
      lines.endOfLineAt(endOf(dotted.node)),
      within(table.slice(dotted.table?.resolvedKey.length ?? 0)),
    );
  if (table.some((step) => typeof step === "number") || entryAt(file, table))
    throw new EditRefused(`\`${table.join(".")}\` is no table`);
  return newTable(file, table, `[${keyOf(table)}]\n${within([])}`);
}

/** A new table stands above its own parts, else behind its nearest relatives, else at the end. */
function newTable({ lines, entries, tables }: File, path: Path, block: string): Splice {
  const part = tables.find(({ resolvedKey }) => startsWith(resolvedKey, path));
  if (part) return lines.putBefore(lines.start(topOf(lines, lines.lineOf(part.range[0]))), `${block}\n\n`);
  for (let depth = path.length - 1; depth > 1; depth--) {
    const relative = tables.findLast(({ resolvedKey }) => startsWith(resolvedKey, path.slice(0, depth)));
    if (!relative) continue;
    const last = entries.findLast((entry) => entry.table === relative && !entry.isInline)?.node ?? relative;
    return lines.putBehind(lines.endOfLineAt(endOf(last)), `\n${block}`);
  }
  if (lines.count === 0) return { start: 0, end: lines.text.length, text: lines.withEnds(`${block}\n`) };
  return lines.putBehind(lines.stop(lines.count), `\n${block}`);
}

/** The first of the comments right above a line. */
function topOf(lines: Lines, line: number): number {
  let top = line;
  while (top > 1 && /^\s*#/.test(lines.text.slice(lines.start(top - 1), lines.stop(top - 1)))) top--;
  return top;
}

/** Behind the last character: a header ends where its brackets close. */
function endOf(node: AST.TOMLKeyValue | AST.TOMLTable): number {
  return node.type === "TOMLTable" ? node.key.range[1] : node.range[1];
}

function intoInline(lines: Lines, { range: [start, end], body }: AST.TOMLInlineTable, entry: string): Splice {
  const last = body.at(-1);
  if (!last) return { start, end, text: `{ ${entry} }` };
  if (lines.text.slice(last.range[1], end).includes("#")) throw new EditRefused("a comment stands before the bracket");
  return { start: last.range[1], end: last.range[1], text: `, ${entry}` };
}

function intoArray(
  lines: Lines,
  value: AST.TOMLContentNode,
  item: Data,
  before: number | undefined,
): readonly Splice[] {
  if (value.type !== "TOMLArray") throw new EditRefused("what is to be added to is no list");
  const [start, end] = value.range;
  if (value.elements.some((one) => "value" in one && one.value === item)) return [];
  const next = before === undefined ? undefined : value.elements[before];
  const first = value.elements[0];
  const last = value.elements.at(-1);
  if (!first || !last) return [{ start, end, text: `[${toToml(item)}]` }];
  const startsLine = (offset: number): boolean => lines.text.slice(lines.startOfLineAt(offset), offset).trim() === "";
  const pad = startsLine(first.range[0])
    ? lines.text.slice(lines.startOfLineAt(first.range[0]), first.range[0])
    : undefined;
  if (next) {
    const gap = pad === undefined ? ", " : lines.withEnds(`,\n${pad}`);
    return [{ start: next.range[0], end: next.range[0], text: `${toToml(item)}${gap}` }];
  }
  const at = last.range[1];
  // A comma may stand behind the last item, before a comment.
  const comma = /^\s*,/.exec(lines.text.slice(at, end))?.[0].length;
  if (pad === undefined) return [{ start: at, end: at, text: `, ${toToml(item)}` }];
  const line = lines.putBehind(
    lines.endOfLineAt(at + (comma ?? 0)),
    `${pad}${toToml(item)}${comma === undefined ? "" : ","}`,
  );
  return comma === undefined ? [{ start: at, end: at, text: "," }, line] : [line];
}

function without(file: File, at: Path): readonly Splice[] {
  const entry = entryAt(file, at);
  if (!entry) return [];
  if (entry.isInline) throw new EditRefused("it stands between braces");
  const { lines } = file;
  const [start, end] = [lines.startOfLineAt(entry.node.range[0]), lines.next(lines.lineOf(entry.node.range[1]))];
  return [{ start, end, text: "" }];
}

function keyOf(path: Path): string {
  return path.map((key) => (/^[A-Za-z0-9_-]+$/.test(String(key)) ? key : JSON.stringify(String(key)))).join(".");
}

/** A value as TOML writes it; long lists get a line an item. */
function toToml(value: Data): string {
  if (value === null) throw new EditRefused("TOML has no null");
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value.map(toToml);
    const line = `[${items.join(", ")}]`;
    return line.length <= MAX_LINE ? line : `[\n${items.map((item) => `    ${item},\n`).join("")}]`;
  }
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${keyOf([key])} = ${toToml(one as Data)}`)
    .join(", ")} }`;
}
