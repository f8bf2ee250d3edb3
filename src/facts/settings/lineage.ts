import type { SettingsClass, SettingsSource } from "../source/settings.ts";
import { folderOf } from "../tree.ts";
import type { Namespace, Setting } from "./namespace.ts";
import type { Runner } from "./runner.ts";

/** A class of settings with the module that it stands in. */
export interface PlacedClass extends SettingsClass {
  readonly path: string;
}

const MAX_BASES = 10;

/** The classes of all modules. */
export function placedClasses(sources: ReadonlyMap<string, SettingsSource | null>): readonly PlacedClass[] {
  return [...sources].flatMap(([path, source]) => (source?.classes ?? []).map((one) => ({ ...one, path })));
}

/** Finds a class and what it inherits, nearest first; what several inherit comes after all of them. */
export function lineages(all: readonly PlacedClass[]): (one: PlacedClass) => readonly PlacedClass[] {
  const byName = Map.groupBy(all, ({ name }) => name);
  const baseOf = (name: string, path: string): PlacedClass | undefined => {
    const found = byName.get(name) ?? [];
    const beside = found.filter((one) => folderOf(one.path) === folderOf(path));
    const [only, ...others] = beside.length > 0 ? beside : found;
    return found.find((one) => one.path === path) ?? (others.length === 0 ? only : undefined);
  };
  const upwards = (one: PlacedClass, depth: number): readonly PlacedClass[] =>
    depth > MAX_BASES
      ? []
      : [
          one,
          ...one.bases.slice(0, MAX_BASES).flatMap((name) => {
            const base = baseOf(name, one.path);
            return base && base !== one ? upwards(base, depth + 1) : [];
          }),
        ].slice(0, MAX_BASES);
  return (one) => upwards(one, 0).filter((each, index, line) => line.lastIndexOf(each) === index);
}

/** What a class comes to over what it inherits; the bases go by their names in it, `Common.INSTALLED_APPS`. */
export function runLineage(line: readonly PlacedClass[], runner: Runner): Namespace {
  const named = new Map<string, Setting>();
  let space: Namespace = { settings: named, isOpen: false, isExtensible: false, refused: new Set() };
  for (const { name, path, steps } of line.toReversed()) {
    space = runner.runClass(path, steps, [space, { ...space, settings: named }]);
    for (const [key, setting] of space.settings) if (!key.includes(".")) named.set(`${name}.${key}`, setting);
  }
  return { ...space, settings: new Map([...space.settings].filter(([key]) => !key.includes("."))) };
}
