import { DEFAULT_FILES, type DynaconfLoad } from "../../source/settings/dynaconf.ts";
import { ancestorsOf, besideOf, isAuxiliary, nameOf, resolvePath } from "../../tree.ts";

/** Paths that can be asked for. */
export interface Paths {
  has(path: string): boolean;
  readonly paths: readonly string[];
}

/** What a load reads, in order, and the names that no file goes by. */
export interface FilesOfLoad {
  readonly found: readonly string[];
  readonly missing: readonly string[];
}

/** The files of a load that stands in this module: from its folder upwards, and in `config/` of each folder. */
export function filesOf({ files, kind }: DynaconfLoad, module: string, tree: Paths): FilesOfLoad {
  const folders = ancestorsOf(module).flatMap((folder) => [folder, folder === "" ? "config" : `${folder}/config`]);
  const find = (name: string): string | undefined =>
    name.startsWith("/")
      ? undefined
      : folders
          .flatMap((folder) => resolvePath(folder, name) ?? [])
          // The module of Django's settings is where it starts from, and not loaded again.
          .find((path) => tree.has(path) && path !== module);
  const names = files ?? DEFAULT_FILES;
  const ofNames = names.map((name) => ({ name, path: find(name) ?? (files ? onlyOne(name, tree) : undefined) }));
  const found = [...new Set(ofNames.flatMap(({ path }) => path ?? []))];
  const beside = found.map(localOf).filter((path) => tree.has(path) && !found.includes(path));
  // Python's own settings are loaded by name where dynaconf looks for itself; another project's are not meant.
  const isMeant = (path: string): boolean => files !== undefined || kind !== "django" || !path.endsWith(".py");
  return {
    found: [...found, ...beside].filter(isMeant),
    missing: files ? ofNames.filter(({ path }, at) => !isNew(path, ofNames.slice(0, at))).map(({ name }) => name) : [],
  };
}

/** Two names of one file stand for two folders that the code computes, and one of them is elsewhere. */
function isNew(path: string | undefined, before: readonly { readonly path: string | undefined }[]): boolean {
  return path !== undefined && before.every((other) => other.path !== path);
}

const MAX_NAMESAKES = 50;
const byName = new WeakMap<Paths, ReadonlyMap<string, readonly string[]>>();

/** The one file whose path ends so, wherever the folder starts that the code computes. */
function onlyOne(name: string, tree: Paths): string | undefined {
  const names = byName.get(tree) ?? Map.groupBy(tree.paths, nameOf);
  byName.set(tree, names);
  const end = `/${name.replace(/^(\.{1,2}\/){1,20}/, "")}`;
  const namesakes = names.get(nameOf(name)) ?? [];
  if (namesakes.length > MAX_NAMESAKES) return undefined;
  const ending = namesakes.filter((path) => `/${path}`.endsWith(end) && !isAuxiliary(path));
  return ending.length === 1 ? ending[0] : undefined;
}

/** `settings.local.toml` of `settings.toml`. */
function localOf(path: string): string {
  return besideOf(path, nameOf(path).replace(/\.(\w+)$/, ".local.$1"));
}
