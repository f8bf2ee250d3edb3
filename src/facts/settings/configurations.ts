import type { SettingsSource } from "../source/settings.ts";
import { isDevelopmentClass, isProductionClass } from "./classes.ts";
import { UNKNOWN } from "./folded.ts";
import { lineages, type PlacedClass, placedClasses, runLineage } from "./lineage.ts";
import type { Namespace } from "./namespace.ts";
import { type Pointer, pointersTo } from "./production.ts";
import type { Modules } from "./program.ts";
import type { Runner } from "./runner.ts";

type Sources = ReadonlyMap<string, SettingsSource | null>;

/** The class of django-configurations that production runs with, or why that cannot be told. */
export type Configured = { readonly path: string; readonly space: Namespace } | { readonly reason: string };

const MAX_MODULES = 20;
/** What settings of django-configurations inherit, by its name of today and its first. */
const BASE = /^(Configuration|Settings)$/;
/** What brings no settings of its own. */
const BARE = /^(Configuration|Settings|object)$/;

/**
 * The settings of the class that DJANGO_CONFIGURATION names, else of the one whose name says production.
 * Undefined where the module has no such classes.
 */
export function configurationIn(
  module: string,
  sources: Sources,
  modules: Modules,
  runner: Runner,
  given: Pointer | undefined,
): Configured | undefined {
  const all = placedClasses(sources);
  const lineageOf = lineages(all);
  const isConfiguration = ({ path, bases }: PlacedClass): boolean =>
    bases.some((base) => BASE.test(base)) && (sources.get(path)?.imports.includes("configurations") ?? false);
  const offered = classesOf(module, sources, modules, all).filter((one) => lineageOf(one).some(isConfiguration));
  if (offered.length === 0) return undefined;
  const chosen = choose(offered, pointersTo("DJANGO_CONFIGURATION", sources, given), given);
  if (!chosen) return { reason: `which class of ${module} production runs with does not stand in the repository` };
  return { path: chosen.path, space: settingsOf(chosen, lineageOf(chosen), runner) };
}

function settingsOf({ path, line }: PlacedClass, lineage: readonly PlacedClass[], runner: Runner): Namespace {
  const space = runLineage(lineage, runner);
  const settings = new Map([...space.settings].filter(([name]) => name === name.toUpperCase()));
  for (const name of lineage.flatMap(({ computed }) => computed))
    settings.set(name, { name, path, line, value: UNKNOWN });
  const isForeign = (base: string): boolean => !BARE.test(base) && !lineage.some(({ name }) => name === base);
  return { ...space, settings, isOpen: space.isOpen || lineage.some(({ bases }) => bases.some(isForeign)) };
}

/** The classes that a module has or takes in; of modules that go round in circles, what is known by then. */
function classesOf(
  path: string,
  sources: Sources,
  modules: Modules,
  all: readonly PlacedClass[],
  known = new Map<string, readonly PlacedClass[]>(),
): readonly PlacedClass[] {
  const before = known.get(path);
  if (before || known.size > MAX_MODULES) return before ?? [];
  known.set(path, []);
  const own = all.filter((one) => one.path === path);
  const taken = (sources.get(path)?.steps ?? []).flatMap((step) => {
    const from = step.kind === "import" ? modules.resolve(step.module, step.level, path) : undefined;
    if (step.kind !== "import" || from === undefined) return [];
    const names = step.names.map(({ name }) => name);
    return classesOf(from, sources, modules, all, known).filter(({ name }) => names[0] === "*" || names.includes(name));
  });
  known.set(path, [...own, ...taken]);
  return [...own, ...taken];
}

/** What only developers run is not judged in production's place. */
function choose(
  offered: readonly PlacedClass[],
  pointers: readonly Pointer[],
  given: Pointer | undefined,
): PlacedClass | undefined {
  const pointed = pointers
    .filter(({ value }) => !isDevelopmentClass(value))
    .map(({ value }) => offered.find(({ name }) => name === value));
  const named = offered.filter(({ name }) => isProductionClass(name) && !isDevelopmentClass(name));
  if (given && !isDevelopmentClass(given.value)) return pointed[0];
  const [first] = pointed;
  if (named.length === 1 && !(first && named.includes(first))) return named[0];
  return first;
}
