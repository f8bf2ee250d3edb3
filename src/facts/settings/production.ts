import type { UnreadFile } from "../fact.ts";
import type { SettingsSource } from "../source/settings.ts";
import { folderOf, nameOf } from "../tree.ts";
import type { Modules } from "./program.ts";

/** Which module of Django's settings production runs with. */
export type ProductionModule =
  | { readonly path: string }
  /** Why that cannot be told. */
  | { readonly reason: string };

type Sources = ReadonlyMap<string, SettingsSource | null>;

/** A value of DJANGO_SETTINGS_MODULE, or of DJANGO_CONFIGURATION, and the file that sets it. */
export type Pointer = { readonly value: string; readonly path: string };

const SHARED = /^(__init__|base|common|defaults?|settings|shared)$/;
/** Projects that only show or test what is sold as a package. */
const DEMONSTRATION = /(^|\/)(sandbox|demos?|test_?(project|site|app)|example_?(project|site|app)|playground)\//i;
const DEVELOPMENT =
  /(^|[._-])(dev|devel|develop|development|local|localhost|tests?|testing|ci|debug|demo|example|sample)([._-]|$)/i;
const PRODUCTION = /(^|[._-])(prod|production|deploy|deployment|live|heroku)([._-]|$)/i;

/** Where modules of settings stand beside others. */
const IN_SETTINGS = /(^|\/)(settings|config|conf)[^/]*\/[^/]+\.py$|(^|\/)settings_\w+\.py$|\w+_settings\.py$/;

/** True for a name that is meant for developers or tests. */
export function isForDevelopment(name: string): boolean {
  return DEVELOPMENT.test(name);
}

/** True for a name that is meant for production. */
function isForProduction(name: string): boolean {
  return PRODUCTION.test(name);
}

/**
 * Finds it by what the image or a manifest sets, else by what wsgi, asgi and manage.py set, else by
 * name. What only developers run is not judged in its place. Undefined where there is no project of Django.
 */
export function productionModule(
  sources: Sources,
  modules: Modules,
  given: Pointer | undefined,
  unread: readonly UnreadFile[],
): ProductionModule | undefined {
  const pointers = pointersTo("DJANGO_SETTINGS_MODULE", sources, given);
  const [first] = pointers;
  if (first && modules.resolve(first.value, 0, first.path) === undefined)
    return { reason: `${first.path} names the settings ${first.value}, which are not in the repository` };
  const pointed = pointers.flatMap(({ path, value }) => modules.resolve(value, 0, path) ?? []);
  const chosen = pointed.find((path) => !isForDevelopment(stemOf(path)) && !DEMONSTRATION.test(path));
  const problem = unread.find(({ path }) => path === chosen);
  if (problem) return { reason: `${problem.path} could not be read: ${problem.reason}` };
  const hasClasses = [...sources.values()].some((source) => source?.imports.includes("configurations"));
  const projects = [...sources].flatMap(([path, source]) =>
    source && !DEMONSTRATION.test(path) && (isProject(path, source) || (hasClasses && first && isClassed(path, source)))
      ? [path]
      : [],
  );
  const named = projects.filter((path) => isForProduction(stemOf(path)));
  if (chosen !== undefined && sources.has(chosen)) {
    // What others take in is not what production is started with, where it has a module of its own.
    const beside = named.find((path) => folderOf(path) === folderOf(chosen));
    return { path: (SHARED.test(stemOf(chosen)) && !given ? beside : undefined) ?? chosen };
  }
  if (named[0] !== undefined) return { path: named[0] };
  const others = projects.filter((path) => {
    const source = sources.get(path);
    return !isForDevelopment(stemOf(path)) && source && isWhole(path, source);
  });
  if (pointed.some((path) => sources.has(path) && !DEMONSTRATION.test(path)) || others.length > 1)
    return { reason: "which settings production runs with does not stand in the repository" };
  return others[0] === undefined ? undefined : { path: others[0] };
}

/** What sets a variable that points to settings, nearest to production first. */
export function pointersTo(
  variable: "DJANGO_SETTINGS_MODULE" | "DJANGO_CONFIGURATION",
  sources: Sources,
  given: Pointer | undefined,
): readonly Pointer[] {
  const pointers = [...sources]
    .flatMap(([path, source]) => (source?.calls ?? []).map(({ role, given: set }) => ({ path, role, set })))
    .filter(({ role }) => role === "settings-pointer")
    .sort((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1))
    .flatMap(({ path, set: { [variable]: name } }) =>
      name?.kind === "literal" ? [{ path, value: String(name.value) }] : [],
    );
  return given ? [given, ...pointers] : pointers;
}

/** Servers first, then what developers start as well, then the rest. */
function rank(path: string): number {
  if (/(^|\/)(wsgi|asgi)(\.py|\/__init__\.py)$/.test(path)) return 0;
  return nameOf(path) === "manage.py" ? 1 : 2;
}

/** The name of a module. */
function stemOf(path: string): string {
  return nameOf(path).replace(/\.py$/, "");
}

/** True for all settings of a project; a package may offer its list of applications to those. */
function isWhole(path: string, { steps }: SettingsSource): boolean {
  const sets = (name: string): boolean => steps.some((step) => step.kind === "assign" && step.name === name);
  return sets("ROOT_URLCONF") || (sets("INSTALLED_APPS") && /(settings|config|conf)[^/]*(\/[^/]+)?\.py$/i.test(path));
}

/** A class of django-configurations, in a module of its own. */
function isClassed(path: string, { classes }: SettingsSource): boolean {
  return IN_SETTINGS.test(path) && classes.some(({ bases }) => bases.length > 0);
}

/** Django's settings: the whole of them, or what stands beside others and takes them in. */
function isProject(path: string, source: SettingsSource): boolean {
  if (isWhole(path, source)) return true;
  const takesAll = source.steps.some((step) => step.kind === "import" && step.names[0]?.name === "*");
  return takesAll && IN_SETTINGS.test(path);
}
