import { globs } from "../fact.ts";
import type { SettingsSource } from "../source/settings.ts";
import { ancestorsOf, folderOf, nameOf, resolvePath, type Tree } from "../tree.ts";
import type { Program } from "./namespace.ts";

/** Modules as Python finds them, among those that were read. */
export class Modules {
  readonly #has: (path: string) => boolean;

  /** The paths that were read, by the last part of the module's name. */
  readonly #byStem: ReadonlyMap<string, readonly string[]>;

  constructor(sources: ReadonlyMap<string, SettingsSource | null>, has: (path: string) => boolean) {
    this.#has = has;
    this.#byStem = Map.groupBy(sources.keys(), stemOf);
  }

  /** The path of a module as seen from a file, or from a folder that a command runs in. */
  resolve(module: string, level: number, from: string): string | undefined {
    const inside = module.replaceAll(".", "/");
    if (level > 0) {
      const folder = resolvePath(folderOf(from), "../".repeat(level - 1));
      return folder === undefined ? undefined : this.#at(folder === "" ? inside : `${folder}/${inside}`);
    }
    if (inside === "") return undefined;
    for (const folder of ancestorsOf(from)) {
      const found = this.#at(folder === "" ? inside : `${folder}/${inside}`);
      if (found !== undefined) return found;
    }
    const ends = [`/${inside}.py`, `/${inside}/__init__.py`];
    const elsewhere = (this.#byStem.get(nameOf(inside)) ?? []).filter((path) => ends.some((end) => path.endsWith(end)));
    return elsewhere.length === 1 ? elsewhere[0] : undefined;
  }

  #at(path: string): string | undefined {
    const clean = path.replace(/\/$/, "");
    return [`${clean}.py`, `${clean}/__init__.py`, `${clean}/__init__.py`.replace(/^\//, "")].find(this.#has);
  }
}

/** `base` of `shop/base.py`, `shop` of `shop/__init__.py`. */
function stemOf(path: string): string {
  return nameOf(path.replace(/(\/__init__)?\.py$/, ""));
}

/** The program that settings are run in. */
export function programOf(
  sources: ReadonlyMap<string, SettingsSource | null>,
  tree: Tree,
  given: Pick<Program, "variables" | "attribute" | "data">,
): Program & { readonly modules: Modules } {
  const modules = new Modules(sources, (path) => tree.has(path));
  return {
    ...given,
    modules,
    has: (path) => tree.has(path),
    paths: tree.paths,
    source: (path) => sources.get(path) ?? undefined,
    resolve: (module, level, from) => modules.resolve(module, level, from),
    included: (pattern, from) => {
      const whole = resolvePath(folderOf(from), pattern);
      if (whole === undefined) return [];
      return pattern.includes("*") ? [...sources.keys()].filter(globs(whole)) : sources.has(whole) ? [whole] : [];
    },
    isUnread: (path) => !sources.has(path),
    variable: (name) => given.variables.get(name),
  };
}
