import type { DataNode } from "../formats/node.ts";
import type { Matrix, Setting } from "./model.ts";

type Row = ReadonlyMap<string, DataNode>;

/** Rows that are listed at most: GitHub runs 256 jobs of one matrix. */
const MAX_ROWS = 256;
/** More axes, and more keys of one row, than any matrix has. */
const MAX_AXES = 50;
/** Values below one that is compared; what is larger equals nothing. */
const MAX_COMPARED = 200;

/** Expands `strategy.matrix`: product of the axes, less `exclude`, then `include` as GitHub merges it. */
export function readMatrix({ line, value }: Setting): Matrix {
  const axes = value.entries.filter(({ key }) => key !== "include" && key !== "exclude");
  const listed = axes.slice(0, MAX_AXES).filter((axis) => axis.value.kind === "list");
  const include = value.get("include");
  const exclude = value.get("exclude");
  let complete = value.kind === "map" && listed.length === axes.length;
  if (isComputed(include) || isComputed(exclude)) complete = false;

  let rows: Row[] = listed.length > 0 ? [new Map()] : [];
  for (const axis of listed) {
    const items = axis.value.items.slice(0, MAX_ROWS);
    rows = rows.flatMap((row) => items.map((item) => new Map([...row, [axis.key, item]])));
    if (rows.length > MAX_ROWS || items.length < axis.value.items.length) complete = false;
    rows = rows.slice(0, MAX_ROWS);
  }
  const excluded = (exclude?.items ?? []).slice(0, MAX_ROWS);
  rows = rows.filter((row) => !excluded.some((entry) => entry.kind === "map" && agrees(row, entry)));
  return { line, rows: withIncluded(rows, include?.items ?? [], new Set(axes.map(({ key }) => key))), complete };
}

/** An entry goes into every row whose axes it does not contradict; where there is none it is a row of its own. */
function withIncluded(rows: readonly Row[], entries: readonly DataNode[], axes: ReadonlySet<string>): readonly Row[] {
  let merged = [...rows];
  const added: Row[] = [];
  for (const entry of entries.slice(0, MAX_ROWS)) {
    const values = entry.entries.slice(0, MAX_AXES).map(({ key, value }) => [key, value] as const);
    const contradicts = (row: Row) => values.some(([key, value]) => axes.has(key) && !same(row.get(key), value));
    if (merged.every(contradicts)) added.push(new Map(values));
    else merged = merged.map((row) => (contradicts(row) ? row : new Map([...row, ...values])));
  }
  return [...merged, ...added];
}

function agrees(row: Row, entry: DataNode): boolean {
  return entry.entries.slice(0, MAX_AXES).every(({ key, value }) => same(row.get(key), value));
}

function same(a: DataNode | undefined, b: DataNode): boolean {
  return a !== undefined && (a === b || (isSmall(a) && isSmall(b) && plain(a) === plain(b)));
}

function isSmall(node: DataNode): boolean {
  return node.kind === "scalar" || node.walk().drop(MAX_COMPARED).next().done === true;
}

function plain(node: DataNode): string {
  if (node.kind === "scalar") return JSON.stringify(node.text ?? null);
  if (node.kind === "list") return `[${node.items.map(plain).join()}]`;
  return `{${node.entries
    .map(({ key, value }) => `${JSON.stringify(key)}:${plain(value)}`)
    .sort()
    .join()}}`;
}

function isComputed(node: DataNode | undefined): boolean {
  return node?.kind === "scalar" && !node.isNull;
}
