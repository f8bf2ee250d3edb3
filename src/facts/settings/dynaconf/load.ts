import type { DataNode } from "../../formats/node.ts";
import type { DynaconfLoad } from "../../source/settings/dynaconf.ts";
import { besideOf, nameOf } from "../../tree.ts";
import { fold, type Lookup } from "../fold.ts";
import { asDefault, type Folded, mappingOf, truthOf, UNKNOWN } from "../folded.ts";
import type { Namespace, Program, Setting } from "../namespace.ts";
import { productionEnvironments, textOf } from "./environments.ts";
import { filesOf } from "./files.ts";
import { Layers } from "./layers.ts";
import { variableValue } from "./values.ts";

type Settings = ReadonlyMap<string, Setting>;
/** A file of settings; a module of Python has no data. */
type Loaded = { readonly path: string; readonly data: DataNode | undefined };

/** Where a load stands, and what it is made with. */
export interface Place {
  readonly module: string;
  readonly program: Program;
  readonly lookup: Lookup;
  imports(path: string): Namespace;
}

/** Files that are meant to be kept out of the repository. */
const KEPT_OUT = /secret|\.local\b/i;
const INCLUDES = /^dynaconf_includes?$/i;

/**
 * What dynaconf comes to in production: what was before and what it is given, under the files, layer by layer,
 * under the variables. Undefined where something that is not here, or is not followed, may set anything.
 */
export function loadDynaconf(load: DynaconfLoad, place: Place, before: Settings): Settings | undefined {
  const { module, program, lookup } = place;
  const option = (name: string): Folded | undefined => {
    const given = load.options[name];
    return given ? fold(given, lookup) : before.get(`${name}_FOR_DYNACONF`)?.value;
  };
  const isTrue = (name: string, otherwise: boolean): boolean | undefined => {
    const value = option(name);
    return value ? truthOf(value) : otherwise;
  };
  const files = filesFor(load, module, program);
  const prefixes = prefixesOf(load.kind, option("ENVVAR_PREFIX"));
  const isSeparate = isTrue("ENVIRONMENTS", load.kind !== "object");
  if (load.isComputed || !files || !prefixes || isSeparate === undefined) return undefined;
  const [prefix = ""] = prefixes;
  const at = { path: module, line: load.line };
  const inEnvironment = (environment: string | undefined): Settings => {
    const layers = new Layers(before, isTrue("MERGE_ENABLED", false) ?? false);
    const environments = environment?.split(",").map((name) => name.trim()) ?? [];
    for (const [name, value] of Object.entries(load.values)) layers.put(name, fold(value, lookup), at);
    for (const { path, data } of files)
      if (!data) takeModules(layers, path, environments, place);
      else if (!isSeparate) layers.take(data, path);
      else layers.takeEnvironments(data, path, [textOf(option("DEFAULT_ENV")) ?? "default", prefix, ...environments]);
    return layers.settings;
  };
  const named = files.flatMap(({ path, data }) => data?.entries.map(({ key }) => key) ?? stagesBeside(path, program));
  const { kind } = load;
  const { variable } = program;
  const environments = isSeparate ? productionEnvironments({ kind, prefix, option, variable, named }) : [undefined];
  const layers = new Layers(agreed(environments.map(inEnvironment)), false);
  for (const [name, value] of Object.entries(load.defaults))
    if (!layers.settings.has(name)) layers.put(name, fold(value, lookup), at);
  for (const [name, setting] of layers.settings)
    layers.settings.set(name, { ...setting, value: replaceable(setting.value) });
  takeVariables(layers, prefixes, program);
  return layers.settings;
}

/** What it reads; undefined where a file that matters is not here, or where a hook or more files come after. */
function filesFor(load: DynaconfLoad, module: string, program: Program): readonly Loaded[] | undefined {
  const { found, missing } = filesOf(load, module, program);
  const isPython = (path: string): boolean => path.endsWith(".py");
  const files = found.map((path) => ({ path, data: isPython(path) ? undefined : program.data(path) }));
  const isHooked = [module, ...found].some((path) => program.has(besideOf(path, "dynaconf_hooks.py")));
  const isWhole = files.every(({ path, data }) =>
    data ? !includesMore(data) : isPython(path) && !program.isUnread(path),
  );
  return files.length > 0 && isWhole && !isHooked && missing.every((name) => KEPT_OUT.test(name)) ? files : undefined;
}

function includesMore(data: DataNode): boolean {
  return data.entries.some(
    ({ key, value }) => INCLUDES.test(key) || value.entries.some((own) => INCLUDES.test(own.key)),
  );
}

/** What the names of variables start with; undefined where that is computed. */
function prefixesOf(kind: DynaconfLoad["kind"], given: Folded | undefined): readonly string[] | undefined {
  if (!given) return [{ django: "DJANGO", flask: "FLASK", object: "DYNACONF" }[kind]];
  if (given.kind !== "literal") return undefined;
  return typeof given.value === "string" ? given.value.toUpperCase().split(",") : given.value === false ? [""] : [];
}

/** `settings.py`, and beside it `production_settings.py` and `global_settings.py`. */
function takeModules(layers: Layers, path: string, environments: readonly string[], { program, imports }: Place): void {
  const more = [...environments, "global"].map((name) => besideOf(path, `${name.toLowerCase()}_${nameOf(path)}`));
  for (const each of [path, ...more.filter((one) => program.has(one))])
    for (const [name, { value, path: from, line }] of imports(each).settings)
      if (name === name.toUpperCase()) layers.put(name, value, { path: from, line });
}

function stagesBeside(path: string, program: Program): readonly string[] {
  return ["production", "prod", "live"].filter((name) => program.has(besideOf(path, `${name}_${nameOf(path)}`)));
}

/** What is the same in all environments that it may be; the rest cannot be told. */
function agreed([first, ...others]: readonly Settings[]): Settings {
  const all = new Map([...others].flatMap((each) => [...each]).concat([...(first ?? [])]));
  return new Map(
    [...all].map(([name, setting]) => {
      const isSame = [first, ...others].every((each) => {
        const other = each?.get(name);
        return other?.path === setting.path && other.line === setting.line;
      });
      return [name, isSame ? setting : { ...setting, value: UNKNOWN }];
    }),
  );
}

/** A variable may take its place, or that of a part of it. */
function replaceable(value: Folded): Folded {
  if (value.kind !== "mapping") return asDefault(value);
  return asDefault(mappingOf(new Map([...value.entries].map(([key, part]) => [key, replaceable(part)]))));
}

/** What the image and the manifests set: `DJANGO_DEBUG`, and `DYNACONF_DEBUG` under it. */
function takeVariables(layers: Layers, prefixes: readonly string[], { variables }: Program): void {
  for (const prefix of prefixes.length > 0 ? new Set(["DYNACONF", ...prefixes]) : [])
    for (const [name, { value, path, line }] of variables)
      if (prefix === "" || name.startsWith(`${prefix}_`))
        layers.put(prefix === "" ? name : name.slice(prefix.length + 1), variableValue(value), { path, line });
}
