import type { Data, Edit } from "../../edit.ts";
import { EditRefused } from "./splice.ts";

type Path = readonly (string | number)[];
type DataEdit = Extract<Edit, { kind: "set" | "add" | "unset" }>;

/** An edit of data with its path from the root. */
export interface Placed {
  readonly edit: DataEdit;
  readonly at: Path;
}

/** Data as it is to be after edits, whatever text says it: what a spliced text is held against. */
export function expectedData(data: unknown, placed: readonly Placed[]): unknown {
  const root = { value: copied(data) ?? {} };
  for (const { edit, at } of placed.filter(({ edit }) => edit.kind === "set")) setAt(root.value, at, edit);
  const adds = placed.filter(({ edit }) => edit.kind === "add");
  // An index means the list as it was: from the end no item moves another.
  for (const { edit, at } of adds.toSorted((a, b) => indexOf(b.edit) - indexOf(a.edit))) addAt(root.value, at, edit);
  const unsets = placed.filter(({ edit }) => edit.kind === "unset");
  for (const { at } of unsets.toSorted((a, b) => comparePaths(b.at, a.at))) unsetAt(root.value, at);
  return root.value;
}

function setAt(root: unknown, at: Path, edit: DataEdit): void {
  if (edit.kind !== "set") return;
  const holder = reach(root, at.slice(0, -1));
  holder[at.at(-1) as string] = copied(edit.value) as Data;
}

function addAt(root: unknown, at: Path, edit: DataEdit): void {
  if (edit.kind !== "add") return;
  const holder = reach(root, at.slice(0, -1));
  const key = at.at(-1) as string;
  const list = (holder[key] ?? []) as unknown[];
  if (!Array.isArray(list)) throw new EditRefused("what is to be added to is no list");
  const isThere = typeof edit.value !== "object" && list.includes(edit.value);
  if (!isThere) list.splice(edit.before ?? list.length, 0, copied(edit.value));
  holder[key] = list;
}

function indexOf(edit: DataEdit): number {
  return edit.kind === "add" ? (edit.before ?? -1) : -1;
}

function unsetAt(root: unknown, at: Path): void {
  const holders: Record<string, unknown>[] = [];
  let node = root;
  for (const step of at) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, step)) return;
    holders.push(node as Record<string, unknown>);
    node = (node as Record<string, unknown>)[step];
  }
  for (let depth = at.length - 1; depth >= 0; depth--) {
    const holder = holders[depth] as Record<string, unknown> | unknown[];
    const step = at[depth] as string;
    if (Array.isArray(holder)) holder.splice(Number(step), 1);
    else delete holder[step];
    if (Object.keys(holder).length > 0) return;
  }
}

/** The map or list at a path; maps are made where nothing is. */
function reach(root: unknown, at: Path): Record<string, unknown> {
  let node = root as Record<string, unknown>;
  for (const step of at) {
    node[step] ??= {};
    node = node[step] as Record<string, unknown>;
    if (typeof node !== "object") throw new EditRefused("a value stands where keys are to go");
  }
  return node;
}

function comparePaths(a: Path, b: Path): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (step !== other) return step > other ? 1 : -1;
  }
  return a.length - b.length;
}

/** Maps and lists as new ones; dates and the like are as they were. */
function copied(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(copied);
  if (!isMap(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, copied(value)]));
}

/** True for the same data, whatever the order of keys. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameData(item, b[index]));
  if (!isMap(a) || !isMap(b))
    return Object.is(a, b) || (typeof a === "object" && a !== null && String(a) === String(b));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]))
  );
}

function isMap(data: unknown): data is Record<string, unknown> {
  return Object.prototype.toString.call(data) === "[object Object]";
}
