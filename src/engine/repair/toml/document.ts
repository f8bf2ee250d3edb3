import { type AST, getStaticTOMLValue, parseTOML } from "toml-eslint-parser";
import { EditRefused, type Lines } from "../splice.ts";

/** Keys and indexes from the root of a document. */
export type Path = readonly (string | number)[];

/** A key with its value, by its whole path; tables in brackets are looked into. */
export interface Entry {
  readonly at: Path;
  readonly node: AST.TOMLKeyValue;
  /** The table whose header stands above it; none for the top of the file. */
  readonly table: AST.TOMLTable | undefined;
  /** True inside `{ }`. */
  readonly isInline: boolean;
}

/** A file with its keys and headers, and where they stand. */
export interface TomlFile {
  readonly lines: Lines;
  readonly entries: readonly Entry[];
  readonly tables: readonly AST.TOMLTable[];
}

/** The data that a text holds. @throws EditRefused for text that is not TOML */
export function dataOf(text: string): unknown {
  return getStaticTOMLValue(parsed(text));
}

/** Reads the keys and headers of a file. @throws EditRefused for text that is not TOML */
export function readToml(lines: Lines): TomlFile {
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

function parsed(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text);
  } catch {
    throw new EditRefused("its TOML is not well formed");
  }
}

/** The key at a path. */
export function entryAt({ entries }: TomlFile, at: Path): Entry | undefined {
  return entries.find((entry) => same(entry.at, at));
}

/** True for the same path. */
export function same(a: Path, b: Path): boolean {
  return a.length === b.length && startsWith(a, b);
}

/** True for a path that leads through the other, or is it. */
export function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

/** Behind the last character: a header ends where its brackets close. */
export function endOf(node: AST.TOMLKeyValue | AST.TOMLTable): number {
  return node.type === "TOMLTable" ? node.key.range[1] : node.range[1];
}
