import { textOf } from "../literals.ts";
import { calledName, dottedName, type Names, namesOf, qualifiedName } from "../names.ts";
import type { Call, Expression, FunctionDef, Module } from "../syntax.ts";
import { type Scope, statementsIn, statementsOf } from "../walk.ts";
import { readValue, type Surroundings, type Value } from "./value.ts";

/** What a call, or an assignment to an application, is for. */
export type WebRole =
  | "application"
  | "run"
  | "cors"
  | "flask-cors"
  | "session"
  | "talisman"
  | "sign"
  /** `app.config["X"] = …`, `app.secret_key = …`, `config.from_mapping(…)`. */
  | "configure"
  /** The configuration comes from a class, a file or the environment. */
  | "configure-from"
  /** `DJANGO_SETTINGS_MODULE`, or `DJANGO_CONFIGURATION`, is set. */
  | "settings-pointer";

/** One call of a web framework, with what it is given. */
export interface WebCall {
  readonly role: WebRole;
  readonly line: number;
  /** By keyword, or by the setting that is set. */
  readonly given: Readonly<Record<string, Value>>;
  /** True where it is given `**mapping` as well. */
  readonly isOpen: boolean;
  readonly conditions: readonly { readonly test: Value; readonly holds: boolean }[];
  /** True in a function, or under `if __name__ == "__main__"`: importing the module does not run it. */
  readonly isCalledOnly: boolean;
  /** True under `if __name__ == "__main__"`, or in a function called `main`. */
  readonly isProgram: boolean;
}

const APPLICATION =
  /^(fastapi\.(applications\.)?FastAPI|starlette\.applications\.Starlette|flask\.Flask|quart\.Quart|litestar\.Litestar)$/;
const MIDDLEWARE: ReadonlyMap<string, WebRole> = new Map([
  ["CORSMiddleware", "cors"],
  ["SessionMiddleware", "session"],
]);
const SIGNS = /^(jwt\.encode|jose\.jwt\.encode|jwt\.api_jwt\.encode)$/;
const SERIALIZER = /^itsdangerous\.(.+\.)?(\w*Serializer|\w*Signer)$/;
const LOADS = /\.config\.(from_object|from_pyfile|from_envvar|from_file|from_prefixed_env)$/;
/** What says which module of settings, and which class in it, Django runs with. */
const POINTER = /^DJANGO_(SETTINGS_MODULE|CONFIGURATION)$/;
const MAX_CALLS = 200;

/** The calls of a module that decide how its web application behaves. */
export function readWebCalls(module: Module): readonly WebCall[] {
  const names = namesOf(module);
  const calls: WebCall[] = [];
  for (const { node, scope, calls: own } of statementsOf(module)) {
    if (calls.length >= MAX_CALLS) break;
    const place = (): Omit<WebCall, "role" | "line" | "given" | "isOpen"> => placeOf(scope, around());
    const around = (): Surroundings => ({ path: module.path, names, locals: localsOf(scope.function) });
    if (node.kind === "Assign" && node.value)
      for (const target of node.targets) {
        const setting = settingOf(target);
        if (setting === undefined) continue;
        const given = { [setting]: readValue(node.value, around()) };
        const role = POINTER.test(setting) ? "settings-pointer" : "configure";
        calls.push({ role, line: node.line, given, isOpen: false, ...place() });
      }
    if (node.kind === "ClassDef" && node.bases.some((base) => APPLICATION.test(qualifiedName(base, names) ?? "")))
      calls.push({ role: "application", line: node.line, given: {}, isOpen: false, ...place() });
    for (const part of own) {
      const call = roleOf(part, names);
      if (!call) continue;
      const positional = call.places.flatMap((name, at) => {
        const argument = part.args[at];
        return name === "" || !argument || argument.kind === "Starred" ? [] : [[name, argument] as const];
      });
      const keywords = part.keywords.flatMap(({ arg, value }) => (arg === null ? [] : [[arg, value] as const]));
      const given = Object.fromEntries(
        [...positional, ...keywords].map(([name, value]) => [name, readValue(value, around())]),
      );
      const isOpen = part.keywords.some(({ arg }) => arg === null);
      calls.push({ role: call.role, line: part.line, given, isOpen, ...place() });
    }
  }
  return calls;
}

/** The setting that an assignment to an application sets: `app.config["X"]`, `app.secret_key`, `os.environ["X"]`. */
function settingOf(target: Expression): string | undefined {
  if (target.kind === "Subscript") {
    const mapping = dottedName(target.value) ?? "";
    const name = textOf(target.slice);
    if (/^(os\.)?environ$/.test(mapping)) return name !== undefined && POINTER.test(name) ? name : undefined;
    return /(^|\.)config$/.test(mapping) && mapping.includes(".") ? name : undefined;
  }
  if (target.kind !== "Attribute" || !/(^|_|\.)app(lication)?$/.test(dottedName(target.value) ?? "")) return undefined;
  return target.attr === "secret_key" ? "SECRET_KEY" : target.attr === "debug" ? "DEBUG" : undefined;
}

interface Role {
  readonly role: WebRole;
  /** What its positional arguments are called; empty for those that do not matter. */
  readonly places: readonly string[];
}

/** The last parts of the names of all of them. */
const ROLE =
  /^(add_middleware|Middleware|CORSMiddleware|SessionMiddleware|FastAPI|Starlette|Flask|Quart|Litestar|CORS|cross_origin|Talisman|encode|\w*Serializer|\w*Signer|from_\w+|update|run|setdefault)$/;

function roleOf(call: Call, names: Names): Role | undefined {
  const name = calledName(call, names) ?? "";
  if (!ROLE.test(name.slice(name.lastIndexOf(".") + 1))) return undefined;
  const [first] = call.args;
  const middleware =
    /(^|\.)(add_middleware|Middleware)$/.test(name) && first ? (qualifiedName(first, names) ?? "") : name;
  const role = MIDDLEWARE.get(middleware.split(".").at(-1) ?? "");
  if (role) return { role, places: middleware === name ? [] : ["", "secret_key"] };
  if (APPLICATION.test(name)) return { role: "application", places: [] };
  if (/^flask_cors\.(CORS|cross_origin)$/.test(name)) return { role: "flask-cors", places: [] };
  if (/(^|\.)Talisman$/.test(name)) return { role: "talisman", places: [] };
  if (SIGNS.test(name)) return { role: "sign", places: ["", "key"] };
  if (SERIALIZER.test(name)) return { role: "sign", places: ["secret_key"] };
  if (LOADS.test(name)) return { role: "configure-from", places: ["source"] };
  if (/\.config\.(from_mapping|update)$/.test(name)) return { role: "configure", places: [] };
  if (/\.run$/.test(name) && call.keywords.some(({ arg }) => arg === "debug")) return { role: "run", places: [] };
  const variable = /environ\.setdefault$/.test(name) ? textOf(first) : undefined;
  return variable !== undefined && POINTER.test(variable)
    ? { role: "settings-pointer", places: ["", variable] }
    : undefined;
}

const locals = new WeakMap<FunctionDef, Surroundings["locals"]>();

/** Names that a function sets once. */
function localsOf(definition: FunctionDef | undefined): Surroundings["locals"] {
  if (!definition) return new Map();
  const known = locals.get(definition) ?? assignedOnce(definition);
  locals.set(definition, known);
  return known;
}

function assignedOnce({ body, args }: FunctionDef): Surroundings["locals"] {
  const values = new Map<string, Expression | undefined>(args.map(({ name }) => [name, undefined]));
  for (const { node } of statementsIn(body))
    if (node.kind === "Assign")
      for (const target of node.targets)
        if (target.kind === "Name")
          values.set(target.id, values.has(target.id) || node.op !== "=" ? undefined : (node.value ?? undefined));
  // A name of the function hides the module's, also where it is not known.
  return new Map([...values].map(([name, value]) => [name, value ?? { kind: "Other", line: 0, parts: [] }]));
}

function placeOf(scope: Scope, around: Surroundings): Pick<WebCall, "conditions" | "isCalledOnly" | "isProgram"> {
  const [ofMain, others] = [true, false].map((isMain) =>
    scope.conditions.filter(({ test }) => asksForMain(test) === isMain),
  );
  const isMain = (ofMain ?? []).length > 0;
  const conditions = (others ?? []).map(({ test, holds }) => ({ test: readValue(test, around), holds }));
  const isProgram = isMain || /^(main|cli|run\w*|serve\w*|start\w*)$/.test(scope.function?.name ?? "");
  return { conditions, isCalledOnly: isMain || scope.function !== undefined, isProgram };
}

function asksForMain(test: Expression): boolean {
  return test.kind === "Compare" && test.left.kind === "Name" && test.left.id === "__name__";
}
