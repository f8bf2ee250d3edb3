/** What a setting comes to in production. */
export type Folded = Known | List | Mapping | Unwritten;

interface Origin {
  /** True where the environment, or a file outside of the repository, may put another in its place. */
  readonly isDefault: boolean;
  /** Where it stands, if not where it is used. */
  readonly place?: { readonly path: string; readonly line: number; readonly name: string };
}

export interface Known extends Origin {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
  /** True for the text of a variable that is used as it is: any text of it counts as true. */
  readonly isRaw: boolean;
}

export interface List extends Origin {
  readonly kind: "list";
  readonly items: readonly Folded[];
}

export interface Mapping extends Origin {
  readonly kind: "mapping";
  readonly entries: ReadonlyMap<string, Folded>;
}

export interface Unwritten extends Origin {
  /** Given from outside; made at every start; the name of the environment that it runs in; not to be told. */
  readonly kind: "external" | "random" | "stage" | "unknown";
}

export const UNKNOWN: Folded = { kind: "unknown", isDefault: false };
export const EXTERNAL: Folded = { kind: "external", isDefault: false };

/** Lists that hold each other, and texts that double, must not fill the memory. */
const MAX_SIZE = 2000;
const MAX_TEXT = 2000;
const sizes = new WeakMap<Folded, number>();

/** A value that is written. */
export function known(value: Known["value"], isDefault = false, isRaw = false): Known {
  const bounded = typeof value === "string" ? value.slice(0, MAX_TEXT) : value;
  return { kind: "literal", value: bounded, isDefault, isRaw };
}

/** A list; unknown where it is larger than anybody's. */
export function listOf(items: readonly Folded[], isDefault = false): Folded {
  return sized({ kind: "list", items, isDefault }, items);
}

/** A dictionary; unknown where it is larger than anybody's. */
export function mappingOf(entries: ReadonlyMap<string, Folded>): Folded {
  return sized({ kind: "mapping", entries, isDefault: false }, [...entries.values()]);
}

function sized(folded: Folded, parts: readonly Folded[]): Folded {
  const size = parts.reduce((sum, part) => sum + sizeOf(part), 1);
  if (size > MAX_SIZE) return UNKNOWN;
  sizes.set(folded, size);
  return folded;
}

function sizeOf(folded: Folded): number {
  return sizes.get(folded) ?? 1;
}

/** The same, where something outside may take its place. */
export function asDefault(folded: Folded, isDefault = true): Folded {
  return isDefault ? copied(folded, { isDefault: true }) : folded;
}

/** The same with its place. */
export function placed(folded: Folded, place: NonNullable<Origin["place"]>): Folded {
  return copied(folded, { place });
}

function copied(folded: Folded, changes: Partial<Origin>): Folded {
  const copy = { ...folded, ...changes };
  sizes.set(copy, sizeOf(folded));
  return copy;
}

/** Whether it counts as true in Python; undefined where that cannot be told. */
export function truthOf(folded: Folded): boolean | undefined {
  if (folded.kind === "list") return folded.items.length > 0;
  if (folded.kind === "mapping") return folded.entries.size > 0 ? true : undefined;
  if (folded.kind === "random") return true;
  if (folded.kind !== "literal") return undefined;
  const { value, isDefault, isRaw } = folded;
  // The default of a helper stands for what the helper makes of it.
  if (typeof value === "string" && isDefault && !isRaw) return meansTrue(value);
  return Boolean(value);
}

/** What helpers make of a text. */
export function meansTrue(text: string): boolean {
  return /^\s*(1|true|yes|on|y|t|ok|enabled?)\s*$/i.test(text);
}
