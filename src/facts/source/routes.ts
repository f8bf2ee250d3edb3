import { namesOf } from "./names.ts";
import { calledRoutes } from "./routes/called.ts";
import { decoratedRoutes } from "./routes/decorated.ts";
import { djangoRoutes } from "./routes/django.ts";
import { handlersOf } from "./routes/handlers.ts";
import type { RouteDeclarations } from "./routes/model.ts";
import { constantsOf } from "./routes/paths.ts";
import { routersOf } from "./routes/routers.ts";
import type { Module } from "./syntax.ts";

/** The routers, routes and mounts that a module declares, and what in it may answer requests. */
export function readRoutes(module: Module): RouteDeclarations {
  const names = namesOf(module);
  const constants = constantsOf(module);
  const routers = routersOf(module, names, constants);
  const decorated = decoratedRoutes(module, names, constants, new Set(routers.map(({ name }) => name)));
  const called = calledRoutes(module, names, constants);
  const django = djangoRoutes(module, names, constants);
  return {
    routers,
    routes: [...decorated, ...called.routes, ...django.routes],
    mounts: [...called.mounts, ...django.mounts],
    handlers: handlersOf(module),
    imported: [...names].filter(([local]) => HANDED_ON.test(local)),
  };
}

/** Names under which modules hand on routers of others. */
const HANDED_ON =
  /(app|application|router|routes?|api|bp|blueprint|urls|patterns|handlers?|ns|namespace|views?|viewset|resource)$/i;
