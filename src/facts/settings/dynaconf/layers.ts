import type { DataNode } from "../../formats/node.ts";
import { type Folded, listOf, mappingOf, UNKNOWN } from "../folded.ts";
import type { Setting } from "../namespace.ts";
import { fileValue } from "./values.ts";

const MARK = /^dynaconf_(merge(_unique)?|dotted_lookup)$/i;
const MAX_NESTING = 8;

/** Settings while dynaconf loads them, what comes later over what was before; names in capitals. */
export class Layers {
  readonly settings: Map<string, Setting>;
  readonly #merges: boolean;

  constructor(start: ReadonlyMap<string, Setting>, merges: boolean) {
    this.settings = new Map(start);
    this.#merges = merges;
  }

  /** All settings of a map. */
  take(data: DataNode, path: string, merges = this.#merges): void {
    const isMerging = data.get("dynaconf_merge")?.boolean ?? merges;
    for (const { key, value, line } of data.entries)
      if (!MARK.test(key)) this.put(key, fileValue(value), { path, line }, isMerging);
  }

  /** Of a file that separates environments, the maps that go by these names, whatever the case of letters. */
  takeEnvironments(data: DataNode, path: string, environments: readonly string[]): void {
    const isMerging = data.get("dynaconf_merge")?.boolean;
    for (const environment of new Set([...environments, "global"].map((name) => name.toLowerCase())))
      for (const { key, value } of data.entries)
        if (key.toLowerCase() === environment) this.take(value, path, isMerging);
  }

  /** One setting: `DEBUG`, or a part of one, `DATABASES__default__NAME`. */
  put(key: string, value: Folded | undefined, place: { readonly path: string; readonly line: number }, merges = false) {
    const [first = "", ...inner] = key.split("__");
    const name = first.toUpperCase();
    const before = this.settings.get(name)?.value;
    if (value === undefined || name === "") return;
    const whole = inner.length > 0 ? nested(before, inner, value) : merged(before, value, merges);
    this.settings.set(name, { name, path: place.path, line: place.line, value: whole });
  }
}

function nested(before: Folded | undefined, [key = "", ...rest]: readonly string[], value: Folded): Folded {
  if (rest.length > MAX_NESTING || (before && before.kind !== "mapping")) return UNKNOWN;
  const entries = new Map(before?.entries);
  const own = [...entries.keys()].find((name) => name.toLowerCase() === key.toLowerCase()) ?? key;
  return mappingOf(entries.set(own, rest.length > 0 ? nested(entries.get(own), rest, value) : value));
}

/** A list, or a map, that says so goes on with what was there. */
function merged(before: Folded | undefined, value: Folded, merges: boolean): Folded {
  if (value.kind === "list") {
    const own = value.items.filter((item) => !(item.kind === "literal" && MARK.test(String(item.value))));
    if (!merges && own.length === value.items.length) return value;
    return before && before.kind !== "list" ? UNKNOWN : listOf([...(before?.items ?? []), ...own]);
  }
  if (value.kind === "mapping") {
    const own = [...value.entries].filter(([key]) => !MARK.test(key));
    if (!merges && own.length === value.entries.size) return value;
    return before && before.kind !== "mapping" ? UNKNOWN : mappingOf(new Map([...(before?.entries ?? []), ...own]));
  }
  return value;
}
