import type { Data, Edit } from "../../../edit.ts";
import { expectedData, type Placed, sameData } from "../expected.ts";
import { applySplices, EditRefused, type Lines, type Splice } from "../splice.ts";
import { intoArray } from "./arrays.ts";
import { dataOf, entryAt, type Path, readToml, same, type TomlFile } from "./document.ts";
import { type NewKey, newKeys } from "./tables.ts";
import { toToml } from "./values.ts";

type TomlEdit = Extract<Edit, { kind: "set" | "add" | "unset" }>;

/** What edits of TOML do to a text. @throws EditRefused where it cannot be done for sure */
export function spliceToml(lines: Lines, edits: readonly TomlEdit[]): readonly Splice[] {
  const file = readToml(lines);
  const added = new Map<string, NewKey>();
  const changed = edits.flatMap((edit) => {
    if (edit.kind === "unset") return without(file, edit.at);
    return edit.kind === "add" ? addition(file, edit, added) : setting(file, edit, added);
  });
  const splices = [...changed, ...creation(file, [...added.values()])];
  assertMeant(lines, splices, edits);
  return splices;
}

function addition(
  file: TomlFile,
  { at, value, before }: Extract<TomlEdit, { kind: "add" }>,
  added: Map<string, NewKey>,
): readonly Splice[] {
  const entry = entryAt(file, at);
  if (entry) return intoArray(file.lines, entry.node.value, value, before);
  addKey(added, { at, value: [value], comment: undefined });
  return [];
}

function setting(
  file: TomlFile,
  { at, value, comment }: Extract<TomlEdit, { kind: "set" }>,
  added: Map<string, NewKey>,
): readonly Splice[] {
  return leaves(at, value).flatMap((leaf) => {
    const [start, end] = entryAt(file, leaf.at)?.node.value.range ?? [];
    if (start !== undefined && end !== undefined) return [{ start, end, text: toToml(leaf.value) }];
    addKey(added, { ...leaf, comment });
    return [];
  });
}

/** Items of one new list come together. */
function addKey(added: Map<string, NewKey>, { at, value, comment }: NewKey): void {
  const key = JSON.stringify(at);
  const known = added.get(key);
  const joined = known && Array.isArray(known.value) && Array.isArray(value) ? [...known.value, ...value] : value;
  if (known && joined === value && JSON.stringify(known.value) !== JSON.stringify(value))
    throw new EditRefused(`\`${at.join(".")}\` is to get two values`);
  added.set(key, { at, value: joined, comment });
}

/** New keys, table by table: where a new table follows one that gets new keys, those come first. */
function creation(file: TomlFile, added: readonly NewKey[]): readonly Splice[] {
  const groups = Map.groupBy(added, ({ at }) => JSON.stringify(at.slice(0, -1)));
  const tables = [...groups.values()].map((keys) => ({ table: (keys[0]?.at ?? []).slice(0, -1), keys }));
  const isThere = ({ table }: { readonly table: Path }): boolean =>
    table.length === 0 || file.tables.some(({ resolvedKey }) => same(resolvedKey, table));
  const ordered = [...tables.filter(isThere), ...tables.filter((one) => !isThere(one))];
  // In a new file the tables are set apart as they are behind others.
  return ordered.map(({ table, keys }, index) => {
    const splice = newKeys(file, table, keys);
    return file.lines.count > 0 || index === 0 ? splice : { ...splice, text: `\n${splice.text}` };
  });
}

/** A splice that does more or less than its edit says is our own mistake, and nobody's file suffers from it. */
function assertMeant(lines: Lines, splices: readonly Splice[], edits: readonly TomlEdit[]): void {
  const placed = edits.flatMap((edit): readonly Placed[] =>
    edit.kind === "set"
      ? leaves(edit.at, edit.value).map(({ at, value }) => ({ edit: { ...edit, value }, at }))
      : [{ edit, at: edit.at }],
  );
  if (!sameData(dataOf(applySplices(lines.text, splices)), expectedData(dataOf(lines.text), placed)))
    throw new EditRefused("it is laid out in a way that is not understood");
}

/** The keys of a table one by one. */
function leaves(at: Path, value: Data): readonly { readonly at: Path; readonly value: Data }[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ at, value }];
  return Object.entries(value).flatMap(([key, one]) => leaves([...at, key], one as Data));
}

function without(file: TomlFile, at: Path): readonly Splice[] {
  const entry = entryAt(file, at);
  if (!entry) return [];
  if (entry.isInline) throw new EditRefused("it stands between braces");
  const { lines } = file;
  const [start, end] = [lines.startOfLineAt(entry.node.range[0]), lines.next(lines.lineOf(entry.node.range[1]))];
  return [{ start, end, text: "" }];
}
