import { booleanOf, textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, calledName, type Names, namesOf, qualifiedName } from "./names.ts";
import type { Call, Expression, Module } from "./syntax.ts";
import { callsOf, type Scope, statementsOf } from "./walk.ts";

/** A server that a module starts when it is run as a program. */
export interface ServerRun {
  /** `application`: `app.run()` of an application that another module makes; its framework decides. */
  readonly kind: "development" | "production" | "application";
  readonly what: string;
  readonly line: number;
  /** False behind a condition, or in a function of which nobody can tell whether it runs. */
  readonly isCertain: boolean;
}

/** Frameworks whose applications bring a server for development by their own `run`. */
const APPLICATION =
  /^(flask\.Flask|quart\.Quart|dash\.Dash|bottle\.Bottle|connexion\.(App|FlaskApp)|flask_openapi3\.OpenAPI|apiflask\.APIFlask)$/;
const SERVER =
  /^(uvicorn\.(run|Server)|waitress\.serve|hypercorn\.\w+\.serve|gevent\.pywsgi\.WSGIServer|eventlet\.wsgi\.server|cheroot\.wsgi\.Server|cherrypy\.quickstart|aiohttp\.web\.run_app|tornado\.httpserver\.HTTPServer|tornado\.web\.Application|grpc(\.aio)?\.server|granian\.Granian|bjoern\.run|gunicorn\.app\..+|nicegui\.ui\.run|sanic\.Sanic|streamlit\.web\.cli\.main|mcp\..*FastMCP|fastmcp\.FastMCP)$/;
const CHEAP =
  /\brun\(|\brun_(?:server|app)\(|\bserve\(|Server\(|\.server\(|quickstart\(|Granian|Application|FastMCP|Sanic/;

/** The servers that a module starts by itself, not those that it only offers to start. */
export function readServers(module: Module): readonly ServerRun[] {
  if (!mentions(module, CHEAP)) return [];
  const names = namesOf(module);
  const applications = applicationsOf(module, names);
  const called = calledByProgram(module);
  return [...callsOf(module)].flatMap(({ node, scope }) => {
    const server = serverOf(node, names, applications);
    if (!server) return [];
    const isReached =
      scope.definitions.length === 0 || (scope.function !== undefined && called.has(scope.function.name));
    const isCertain = isReached && scope.conditions.every(isProgramGuard) && !scope.isHandler;
    return [{ ...server, line: node.line, isCertain }];
  });
}

function serverOf(
  call: Call,
  names: Names,
  applications: ReadonlySet<string>,
): Pick<ServerRun, "kind" | "what"> | undefined {
  const name = calledName(call, names) ?? "";
  if (name === "uvicorn.run" && booleanOf(argumentOf(call, "reload")) === true)
    return { kind: "development", what: "uvicorn, which reloads" };
  if (SERVER.test(name)) return { kind: "production", what: name };
  if (name === "bottle.run" && !argumentOf(call, "server"))
    return { kind: "development", what: "the development server of Bottle" };
  if (call.func.kind !== "Attribute" || !/^run(_server)?$/.test(call.func.attr)) return undefined;
  const receiver = call.func.value;
  const isOwn = receiver.kind === "Name" && applications.has(receiver.id);
  if (isOwn || APPLICATION.test(calledName(receiver, names) ?? ""))
    return argumentOf(call, "server") ? undefined : { kind: "development", what: "the framework's development server" };
  const maker = calledName(receiver, names) ?? qualifiedName(receiver, names) ?? "";
  return /(^|\.)(app|application|create_app|make_app|flask_app)$/.test(maker)
    ? { kind: "application", what: "app.run()" }
    : undefined;
}

/** Variables that hold an application of such a framework. */
function applicationsOf(module: Module, names: Names): ReadonlySet<string> {
  return new Set(
    [...statementsOf(module)].flatMap(({ node }) =>
      node.kind === "Assign" && node.value && APPLICATION.test(calledName(node.value, names) ?? "")
        ? node.targets.flatMap((target) => (target.kind === "Name" ? [target.id] : []))
        : [],
    ),
  );
}

/** Functions that the module calls itself when it is run, right there. */
function calledByProgram(module: Module): ReadonlySet<string> {
  const called = [...callsOf(module)].flatMap(({ node, scope }) =>
    scope.definitions.length === 0 && scope.conditions.every(isProgramGuard) && node.func.kind === "Name"
      ? [node.func.id]
      : [],
  );
  return new Set(called);
}

/** `if __name__ == "__main__":` */
function isProgramGuard({ test, holds }: Scope["conditions"][number]): boolean {
  if (!holds || test.kind !== "Compare") return false;
  const sides: readonly Expression[] = [test.left, ...test.comparators];
  return (
    sides.some((side) => side.kind === "Name" && side.id === "__name__") &&
    sides.some((side) => textOf(side) === "__main__")
  );
}
