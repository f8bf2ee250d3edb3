import { argumentOf, calledName, dottedName, type Names, qualifiedName } from "../names.ts";
import type { Call, ClassDef, Expression, FunctionDef, Module } from "../syntax.ts";
import { type Placed, statementsOf } from "../walk.ts";
import { dependenciesOf, methodsOf, nameOfDecorator } from "./expressions.ts";
import { type DeclaredRoute, MAX_GUARDS } from "./model.ts";
import { type Constants, pathOf } from "./paths.ts";
import { guardsOf } from "./routers.ts";

const VERB = /^(get|post|put|patch|delete|head|options)$/;
const ANY = /^(route|api_route|page|view|websocket|websocket_route|api_operation|method|errorhandler)$/;
/** Names that applications and routers go by, where they come from elsewhere. */
const ROUTER_NAME =
  /(^|[._])(\w*app|application|\w*router|\w*api|\w*bp|\w*blueprint|\w*routes?|ns|\w*namespace|server|ui|v\d+)$/i;
/** Characters of a name that are looked at. */
const MAX_NAME = 100;
/** Frameworks whose decorators stand alone. */
const BARE =
  /^(litestar|bottle|quart_trio|ninja_extra|microdot)\b.*\.(get|post|put|patch|delete|route|http_get|http_post)$/;

/** Routes that stand as decorators over what answers them. */
export function decoratedRoutes(
  module: Module,
  names: Names,
  constants: Constants,
  routers: ReadonlySet<string>,
): readonly DeclaredRoute[] {
  return [...statementsOf(module)].flatMap(({ node, scope }) => {
    if (node.kind !== "FunctionDef" && node.kind !== "ClassDef") return [];
    return node.decorators.flatMap((decorator) => {
      const route = routeOf(decorator, names, constants, routers);
      return route ? [{ ...route, ...answererOf({ node, scope }, decorator, names, route) }] : [];
    });
  });
}

type Answered = Omit<DeclaredRoute, "handler" | "line">;

/** What stands below the decorator; a function answers GET where nothing else is asked for. */
function answererOf(
  { node, scope }: Placed<FunctionDef | ClassDef>,
  route: Expression,
  names: Names,
  { guards: own, methods: declared }: Answered,
) {
  const outer = scope.class && scope.definitions.length === 1 ? `${scope.class.name}.` : "";
  return {
    handler: outer + node.name,
    methods: declared ?? (node.kind === "FunctionDef" ? ["GET"] : undefined),
    line: node.line,
    guards: [
      ...own,
      ...node.decorators.flatMap((one) => (one === route ? [] : (nameOfDecorator(one, names) ?? []))),
      ...(node.kind === "FunctionDef" ? dependenciesOf(node.args, names) : []),
    ].slice(0, MAX_GUARDS),
  };
}

function routeOf(
  decorator: Expression,
  names: Names,
  constants: Constants,
  routers: ReadonlySet<string>,
): Answered | undefined {
  if (decorator.kind !== "Call") return undefined;
  const called = calledName(decorator, names) ?? "";
  const { func } = decorator;
  if (BARE.test(called)) return madeOf(decorator, "", called.slice(called.lastIndexOf(".") + 1), names, constants);
  if (func.kind !== "Attribute" || !(VERB.test(func.attr) || ANY.test(func.attr))) return undefined;
  const written = dottedName(func.value);
  if (written === undefined || func.attr === "errorhandler") return undefined;
  const [first] = decorator.args;
  const path = argumentOf(decorator, "path", 0) ?? argumentOf(decorator, "rule", 0) ?? first;
  const isPath = /^($|\/|\{\}|<)/.test(pathOf(path, constants));
  if (!isPath || !(routers.has(written) || ROUTER_NAME.test(written.slice(-MAX_NAME)))) return undefined;
  return madeOf(decorator, qualifiedName(func.value, names) ?? written, func.attr, names, constants);
}

function madeOf(call: Call, router: string, verb: string, names: Names, constants: Constants) {
  const path = argumentOf(call, "path", 0) ?? argumentOf(call, "rule") ?? argumentOf(call, "uri");
  const own = VERB.test(verb.replace("http_", "")) ? [verb.replace("http_", "").toUpperCase()] : undefined;
  return {
    router,
    path: pathOf(path, constants),
    methods: own ?? methodsOf(argumentOf(call, "methods", verb === "api_operation" ? 0 : undefined)),
    guards: guardsOf(call, names),
  };
}
