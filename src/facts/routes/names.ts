import type { DeclaredHandler, RouteDeclarations } from "../source/routes/model.ts";
import { ancestorsOf, folderOf } from "../tree.ts";

/** What the names of a module stand for. */
export interface ModuleNames {
  /** Names of others that it may hand on. */
  readonly imported: ReadonlyMap<string, string>;
  /** What it makes itself: routers, handlers, lists of routes. */
  readonly defined: ReadonlySet<string>;
  readonly handlers: ReadonlyMap<string, DeclaredHandler>;
}

/** The names of modules by their paths. */
export type Modules = ReadonlyMap<string, ModuleNames>;

/** The names of one module, by its declarations. */
export function namesIn({ routers, routes, mounts, handlers, imported }: RouteDeclarations): ModuleNames {
  return {
    imported: new Map(imported),
    defined: new Set([
      ...[...routers, ...handlers].map(({ name }) => name),
      ...routes.map(({ router }) => router),
      ...mounts.map(({ into }) => into),
    ]),
    handlers: new Map(handlers.map((handler) => [handler.name, handler])),
  };
}

/** A name in a module of the project; empty for the module itself. */
export interface Target {
  readonly path: string;
  readonly name: string;
}

/** Modules that hand a name on to one another, at most. */
const MAX_HOPS = 6;

/** Where a full name leads, as seen from a module; undefined for what is not the project's own. */
export function targetOf(full: string, from: string, modules: Modules, hops = MAX_HOPS): Target | undefined {
  const found = moduleOf(full, from, modules);
  if (!found) return isDefined(full, modules.get(from)) ? { path: from, name: full } : undefined;
  const [first = "", ...rest] = found.name.split(".");
  const handedOn = modules.get(found.path)?.imported.get(first);
  if (first === "" || handedOn === undefined || handedOn === full || hops === 0) return found;
  return targetOf([handedOn, ...rest].join("."), found.path, modules, hops - 1) ?? found;
}

/** The longest beginning that is a module, and the rest. */
function moduleOf(full: string, from: string, modules: Modules): Target | undefined {
  const level = /^\.*/.exec(full)?.[0].length ?? 0;
  const parts = full.slice(level).split(".").filter(Boolean);
  const roots = level > 0 ? [folderAbove(from, level)] : ancestorsOf(from);
  for (let length = parts.length; length > 0; length--) {
    const module = parts.slice(0, length).join("/");
    for (const root of roots) {
      const base = root === "" ? module : `${root}/${module}`;
      const path = [`${base}.py`, `${base}/__init__.py`].find((one) => modules.has(one));
      if (path !== undefined) return { path, name: parts.slice(length).join(".") };
    }
  }
  const own = roots[0] === "" ? "__init__.py" : `${roots[0]}/__init__.py`;
  return level > 0 && modules.has(own) ? { path: own, name: parts.join(".") } : undefined;
}

function folderAbove(path: string, level: number): string {
  let folder = folderOf(path);
  for (let step = 1; step < level && folder !== ""; step++) folder = folderOf(folder);
  return folder;
}

function isDefined(full: string, names: ModuleNames | undefined): boolean {
  const [first = ""] = full.replace(/^self\./, "").split(".");
  return names?.defined.has(full) === true || names?.defined.has(first) === true;
}
