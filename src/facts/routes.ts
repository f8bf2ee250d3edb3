import type { UnreadFile } from "./fact.ts";
import { type Modules, namesIn, type Target, targetOf } from "./routes/names.ts";
import { type DeclaredHandler, type DeclaredMount, type DeclaredRouter, joined } from "./source/routes/model.ts";
import { readRoutes } from "./source/routes.ts";
import { defineSourceFact } from "./source/source-fact.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface Route extends Place {
  /** With the prefixes of all files; `{}` stands for what is computed. */
  readonly url: string;
  /** In capitals; undefined where neither the declaration nor the handler tells. */
  readonly methods: readonly string[] | undefined;
  /** What answers, where it stands in the project. */
  readonly handler: (Place & { readonly name: string }) | undefined;
  /** What made the router: `fastapi.APIRouter`; undefined for lists of patterns. */
  readonly made: string | undefined;
  /** True where the handler is seen to answer with data, not with pages. */
  readonly returnsData: boolean;
  /** Names of decorators and dependencies, those of the routers above it as well. */
  readonly guards: readonly string[];
}

/** Routes that others bring: `include("health_check.urls")`. */
export interface ForeignRoutes extends Place {
  /** Undefined where it is computed, and may be anything. */
  readonly target: string | undefined;
  readonly prefix: string;
}

export interface Routes {
  readonly all: readonly Route[];
  readonly foreign: readonly ForeignRoutes[];
  /** Applications and routers, as they are made. */
  readonly routers: readonly (DeclaredRouter & { readonly path: string })[];
  /** The application, the outermost list of patterns, or else the first route. */
  readonly entry: Place | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Routers above a router, at most. */
const MAX_DEPTH = 20;
const MAX_BASES = 5;

const APPLICATION = /(^|\.)(FastAPI|Flask|Quart|Starlette|Sanic|Litestar|APIFlask|NinjaAPI|Application)$/;

interface Placement {
  readonly prefix: string;
  readonly guards: readonly string[];
  readonly made: string | undefined;
}

/** The routes of the product, their paths put together over its files. */
export const routes = defineSourceFact({
  extract: readRoutes,
  combine: ({ files, unread }): Routes => {
    const modules: Modules = new Map(files.map(({ path, parsed }) => [path, namesIn(parsed)]));
    const routers = new Map(
      files.flatMap(({ path, parsed }) => parsed.routers.map((router) => [keyOf({ path, name: router.name }), router])),
    );
    const mounts = files.flatMap(({ path, parsed }) => parsed.mounts.map((mount) => ({ ...mount, path })));
    const above = new Map<string, DeclaredMount & { readonly path: string }>();
    const foreign: ForeignRoutes[] = [];
    for (const mount of mounts) {
      const target = mount.target === undefined ? undefined : targetOf(mount.target, mount.path, modules);
      if (!target) foreign.push({ ...mount, prefix: joined(mount.prefix) });
      else if (!above.has(listKeyOf(target))) above.set(listKeyOf(target), mount);
    }
    const placementOf = (first: string): Placement => {
      let placement: Placement = { prefix: "", guards: [], made: routers.get(first)?.made };
      let key = first;
      for (let depth = 0; depth < MAX_DEPTH; depth++) {
        const [router, mount] = [routers.get(key), above.get(key)];
        placement = {
          prefix: joined(mount?.prefix ?? "", router?.prefix ?? "", placement.prefix),
          guards: [...(mount?.guards ?? []), ...(router?.guards ?? []), ...placement.guards],
          made: placement.made,
        };
        if (!mount) break;
        const next = routerKeyOf(mount.into, mount.path, modules);
        if (next === key) break;
        key = next;
      }
      return placement;
    };
    const placements = new Map<string, Placement>();
    const all = files.flatMap(({ path, parsed }) =>
      parsed.routes.map((route): Route => {
        const key = routerKeyOf(route.router, path, modules);
        const placement = placements.get(key) ?? placementOf(key);
        placements.set(key, placement);
        const target = route.handler === undefined ? undefined : targetOf(route.handler, path, modules);
        const answers = target ? lineageOf(target, modules) : [];
        const [own] = answers;
        return {
          path,
          line: route.line,
          url: joined(placement.prefix, route.path),
          methods: route.methods ?? methodsOf(answers.map(({ handler }) => handler)),
          handler: own && { path: own.path, line: own.handler.line, name: own.handler.name },
          made: placement.made,
          returnsData: answers.some(({ handler }) => handler.returnsData),
          guards: [
            ...new Set([...placement.guards, ...route.guards, ...answers.flatMap(({ handler }) => handler.guards)]),
          ],
        };
      }),
    );
    const made = files.flatMap(({ path, parsed }) => parsed.routers.map((router) => ({ path, ...router })));
    return { all, foreign, routers: made, entry: entryOf(all, mounts, made), unread };
  },
});

function entryOf(all: readonly Route[], mounts: readonly Place[], made: Routes["routers"]): Place | undefined {
  const used = new Set(all.map(({ path }) => path));
  const applications = made.filter((one) => APPLICATION.test(one.made));
  const lists = mounts.filter(({ path }) => /(^|\/)urls\.py$/.test(path));
  const byDepth = (a: Place, b: Place): number =>
    a.path.split("/").length - b.path.split("/").length || a.line - b.line;
  const [entry] = [
    ...applications.filter(({ path }) => used.has(path)).sort(byDepth),
    ...applications.sort(byDepth),
    ...[...lists].sort(byDepth),
    ...all,
  ];
  return entry && { path: entry.path, line: entry.line };
}

function keyOf({ path, name }: Target): string {
  return `${path}#${name}`;
}

/** `router.urls` is the router's own list; a module stands for its `urlpatterns`. */
function listKeyOf({ path, name }: Target): string {
  return keyOf({ path, name: name.replace(/\.urls$/, "") || "urlpatterns" });
}

function routerKeyOf(router: string, path: string, modules: Modules): string {
  const target = targetOf(router, path, modules) ?? { path, name: router };
  // `self.app` and `app.router` are the application's.
  return keyOf({ ...target, name: target.name.replace(/^self\./, "").replace(/\.router$/, "") });
}

/** A handler and the classes of the project that it is derived from. */
function lineageOf(
  target: Target,
  modules: Modules,
): readonly { readonly path: string; readonly handler: DeclaredHandler }[] {
  const lineage: { path: string; handler: DeclaredHandler }[] = [];
  const seen = new Set<DeclaredHandler>();
  let next: readonly Target[] = [target];
  for (let depth = 0; depth < MAX_BASES && next.length > 0; depth++) {
    const found = next.flatMap(({ path, name }) => {
      const handler = modules.get(path)?.handlers.get(name.split(".")[0] ?? "");
      if (!handler || seen.has(handler)) return [];
      seen.add(handler);
      return [{ path, handler }];
    });
    lineage.push(...found);
    next = found.flatMap(({ path, handler }) =>
      handler.bases.slice(0, MAX_BASES).flatMap((base) => targetOf(base, path, modules) ?? []),
    );
  }
  return lineage;
}

function methodsOf(handlers: readonly DeclaredHandler[]): readonly string[] | undefined {
  const methods = handlers.flatMap((handler) => handler.methods ?? []);
  return methods.length > 0 ? [...new Set(methods)] : undefined;
}
