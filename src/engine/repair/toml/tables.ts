import type { AST } from "toml-eslint-parser";
import type { Data } from "../../../edit.ts";
import { EditRefused, type Lines, type Splice } from "../splice.ts";
import { endOf, entryAt, type Path, same, startsWith, type TomlFile } from "./document.ts";
import { keyOf, toToml } from "./values.ts";

/** A key that a file does not have yet. */
export interface NewKey {
  readonly at: Path;
  readonly value: Data;
  readonly comment: string | undefined;
}

/** New keys of one table, which may itself be new. */
export function newKeys(file: TomlFile, table: Path, added: readonly NewKey[]): Splice {
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
function newTable({ lines, entries, tables }: TomlFile, path: Path, block: string): Splice {
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

function intoInline(lines: Lines, { range: [start, end], body }: AST.TOMLInlineTable, entry: string): Splice {
  const last = body.at(-1);
  if (!last) return { start, end, text: `{ ${entry} }` };
  if (lines.text.slice(last.range[1], end).includes("#")) throw new EditRefused("a comment stands before the bracket");
  return { start: last.range[1], end: last.range[1], text: `, ${entry}` };
}
