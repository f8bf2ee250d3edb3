import { textOf } from "../literals.ts";
import { argumentOf, calledName, dottedName, type Names, qualifiedName } from "../names.ts";
import type { Call, Expression, Module } from "../syntax.ts";
import { statementsOf } from "../walk.ts";
import { hasName, hasWord } from "../words.ts";
import { methodsOf } from "./expressions.ts";
import type { DeclaredMount, DeclaredRoute } from "./model.ts";
import { type Constants, pathOf, withoutAnchors } from "./paths.ts";
import { guardsOf } from "./routers.ts";

const ADD =
  /^(add_url_rule|add_api_route|add_api_websocket_route|add_route|add_websocket_route|add_view|add_resource)$/;
const ADD_VERB = /^add_(get|post|put|patch|delete|head)$/;
const MOUNT =
  /^(include_router|register_blueprint|blueprint|add_namespace|mount|add_router|add_subapp|register_router|add_routes)$/;
const DECLARES = new RegExp([ADD, ADD_VERB, MOUNT].map(({ source }) => source).join("|"));
const AIOHTTP = /^aiohttp\.web\.(get|post|put|patch|delete|head|view|route)$/;
const STARLETTE = /^(starlette\.routing|fastapi\.routing|fastapi|litestar)\.(Route|WebSocketRoute|APIRoute)$/;
/** What the full names of routes begin with. */
const FRAMEWORK = /^(aiohttp|starlette|fastapi|litestar|tornado)\b/;
const TORNADO_URL = /^tornado\.web\.(url|URLSpec)$/;

export interface CalledRoutes {
  readonly routes: readonly DeclaredRoute[];
  readonly mounts: readonly DeclaredMount[];
}

/** Routes and mounts that are declared by calls, and Tornado's pairs of pattern and handler. */
export function calledRoutes(module: Module, names: Names, constants: Constants): CalledRoutes {
  const routes: DeclaredRoute[] = [];
  const mounts: DeclaredMount[] = [];
  const isTornado = [...names.values()].some((name) => name.startsWith("tornado."));
  const mayPair = isTornado || hasName(module, /Handler$/);
  const mayDeclare = hasName(module, FRAMEWORK) || hasWord(module, DECLARES);
  if (!mayPair && !mayDeclare) return { routes, mounts };
  for (const { expressions } of statementsOf(module))
    for (const one of expressions) {
      if (one.kind === "Tuple") routes.push(...tornadoPair(one.elts, one.line, names, isTornado));
      if (one.kind !== "Call" || !mayDeclare) continue;
      routes.push(...routesOf(one, names, constants));
      mounts.push(...mountsOf(one, names, constants));
    }
  return { routes, mounts };
}

/** `(r"/login", LoginHandler)`; without Tornado the name alone tells. */
function tornadoPair(
  elts: readonly Expression[],
  line: number,
  names: Names,
  isTornado: boolean,
): readonly DeclaredRoute[] {
  const path = textOf(elts[0]);
  const handler = elts[1] && dottedName(elts[1]) !== undefined ? qualifiedName(elts[1], names) : undefined;
  const isHandler = isTornado ? /(^|\.)[A-Z]\w*$/ : /Handler$/;
  if (path === undefined || !/^[/^(]/.test(path) || !handler || !isHandler.test(handler)) return [];
  return [{ router: "", path: withoutAnchors(path), methods: undefined, handler, line, guards: [] }];
}

function routesOf(call: Call, names: Names, constants: Constants): readonly DeclaredRoute[] {
  const { func, args, keywords } = call;
  const called = calledName(call, names) ?? "";
  const handlerAt = (place: number, ...keys: readonly string[]): string | undefined => {
    const node = keys.map((key) => argumentOf(call, key)).find(Boolean) ?? args[place];
    return node && handlerName(node, names);
  };
  const at = (
    router: string,
    path: Expression | undefined,
    handler: string | undefined,
    methods?: readonly string[],
  ) => [{ router, path: pathOf(path, constants), methods, handler, line: call.line, guards: guardsOf(call, names) }];
  const verb = AIOHTTP.exec(called)?.[1];
  if (verb === "route") return at("", args[1], handlerAt(2, "handler"), methodsOf(args[0]));
  if (verb) return at("", args[0], handlerAt(1, "handler"), verb === "view" ? undefined : [verb.toUpperCase()]);
  if (STARLETTE.test(called))
    return at("", argumentOf(call, "path", 0), handlerAt(1, "endpoint"), methodsOf(argumentOf(call, "methods")));
  if (TORNADO_URL.test(called)) return tornadoPair(args, call.line, names, true);
  if (func.kind !== "Attribute") return [];
  const router = qualifiedName(func.value, names);
  if (router === undefined) return [];
  const added = ADD_VERB.exec(func.attr)?.[1];
  if (added) return at(router, args[0], handlerAt(1, "handler"), [added.toUpperCase()]);
  if (!ADD.test(func.attr) || args.length + keywords.length < 2) return [];
  if (func.attr === "add_resource") return args.slice(1).flatMap((path) => at(router, path, handlerAt(0)));
  const isMethodFirst = /^[A-Z*]+$/.test(textOf(args[0]) ?? "");
  if (isMethodFirst) return at(router, args[1], handlerAt(2, "handler"), methodsOf(args[0]));
  const isHandlerFirst = textOf(args[0]) === undefined && textOf(args[1]) !== undefined;
  const path =
    argumentOf(call, "path") ?? argumentOf(call, "rule") ?? argumentOf(call, "uri") ?? args[isHandlerFirst ? 1 : 0];
  const place = func.attr === "add_url_rule" ? 2 : isHandlerFirst ? 0 : 1;
  return at(
    router,
    path,
    handlerAt(place, "view_func", "endpoint", "handler", "route"),
    methodsOf(argumentOf(call, "methods")),
  );
}

/** The name of what answers: `f`, `View.as_view("x")`, `guard(f)`. */
export function handlerName(node: Expression, names: Names): string | undefined {
  let current = node;
  for (let depth = 0; depth < 10 && current.kind === "Call"; depth++) {
    const inner: Expression | undefined =
      current.func.kind === "Attribute" && /^as_(view|asgi)$/.test(current.func.attr)
        ? current.func.value
        : current.args[0];
    if (!inner) return undefined;
    current = inner;
  }
  return qualifiedName(current, names);
}

function mountsOf(call: Call, names: Names, constants: Constants): readonly DeclaredMount[] {
  const { func, args, line } = call;
  if (func.kind !== "Attribute" || !MOUNT.test(func.attr)) return [];
  const into = qualifiedName(func.value, names);
  if (into === undefined) return [];
  const isPathFirst = args[0] !== undefined && pathOf(args[0], constants).startsWith("/");
  const given =
    args[isPathFirst ? 1 : 0] ??
    ["router", "blueprint", "ns", "app", "routes"].map((key) => argumentOf(call, key)).find(Boolean);
  if (!given || given.kind === "List") return [];
  const prefix =
    ["prefix", "url_prefix", "path"].map((key) => argumentOf(call, key)).find(Boolean) ??
    (isPathFirst ? args[0] : /^(add_namespace|mount)$/.test(func.attr) ? args[1] : undefined);
  const text = textOf(given);
  // `register_blueprint(main.make_blueprint())` takes what that module makes.
  const target = text ?? qualifiedName(given.kind === "Call" ? given.func : given, names);
  return [{ into, target, prefix: pathOf(prefix, constants), line, guards: guardsOf(call, names) }];
}
