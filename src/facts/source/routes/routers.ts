import { isNone } from "../literals.ts";
import { argumentOf, calledName, type Names } from "../names.ts";
import type { Call, Expression, Module } from "../syntax.ts";
import { statementsOf } from "../walk.ts";
import { dependenciesIn } from "./expressions.ts";
import { type DeclaredRouter, MAX_GUARDS } from "./model.ts";
import { type Constants, pathOf } from "./paths.ts";

/** Classes whose objects take routes, by the last part of their names. */
const ROUTER =
  /^(FastAPI|Flask|Quart|Starlette|Sanic|Litestar|Application|NinjaAPI|NinjaExtraAPI|Bottle|Falcon|App|API|Api|APIFlask|OpenAPI|\w*Router|\w*Blueprint|Namespace|RouteTableDef|Controller)$/;

/** The objects of a module that routes are declared on. */
export function routersOf(module: Module, names: Names, constants: Constants): readonly DeclaredRouter[] {
  return [...statementsOf(module)].flatMap(({ node }) => {
    if (node.kind !== "Assign" || node.value?.kind !== "Call") return [];
    const { value } = node;
    const made = calledName(value, names);
    if (made === undefined || !ROUTER.test(made.slice(made.lastIndexOf(".") + 1))) return [];
    return node.targets.flatMap((target) => {
      const name = target.kind === "Name" ? target.id : target.kind === "Attribute" ? target.attr : undefined;
      return name === undefined ? [] : [routerOf(name, made, value, names, constants)];
    });
  });
}

function routerOf(name: string, made: string, call: Call, names: Names, constants: Constants): DeclaredRouter {
  const prefix = ["prefix", "url_prefix", "path"].map((one) => argumentOf(call, one)).find(Boolean);
  const schema = argumentOf(call, "openapi_url");
  return {
    name,
    made,
    prefix: pathOf(prefix, constants),
    line: call.line,
    guards: guardsOf(call, names),
    hidesSchema: isNone(schema),
  };
}

/** The dependencies that a router or a mount asks for. */
export function guardsOf(call: Call, names: Names): readonly string[] {
  const nodes: readonly Expression[] = ["dependencies", "auth", "guards"].flatMap(
    (name) => argumentOf(call, name) ?? [],
  );
  return dependenciesIn(nodes, names).slice(0, MAX_GUARDS);
}
