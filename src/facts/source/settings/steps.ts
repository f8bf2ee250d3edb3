import { textOf } from "../literals.ts";
import { dottedName } from "../names.ts";
import type { Call, Expression, Statement } from "../syntax.ts";
import { expressionsOf, type Scope, within } from "../walk.ts";
import { configurationValue } from "./configuration-values.ts";
import { readValue, type Surroundings, type Value } from "./value.ts";

/** When a step runs. */
export interface Guard {
  readonly conditions: readonly { readonly test: Value; readonly holds: boolean }[];
  /** Where it stands in a `try`, and what runs when that fails. */
  readonly place: "plain" | "try" | "handler";
  readonly line: number;
}

/** What one statement of a module, or of a class, does to the settings; in order. */
export type Step = Guard &
  (
    | { readonly kind: "assign"; readonly name: string; readonly value: Value }
    /** `+=`, `.append`, `.extend`, `.insert`. */
    | { readonly kind: "add"; readonly name: string; readonly value: Value }
    | {
        readonly kind: "import";
        readonly module: string;
        readonly level: number;
        /** One name `*` for everything. */
        readonly names: readonly { readonly name: string; readonly as: string }[];
      }
    /** Files that django-split-settings runs in place. */
    | { readonly kind: "include"; readonly paths: readonly string[] }
    /** Defaults and casts of the variables that a django-environ reader knows. */
    | { readonly kind: "scheme"; readonly variables: readonly { readonly name: string; readonly default: Value }[] }
    /** The start ends with an error, for what is asked of these names. */
    | { readonly kind: "refuse"; readonly names: readonly string[] }
    /** Names that are computed are set from outside: `globals()[name] = …`. */
    | { readonly kind: "overlay" }
    /** Dynaconf sets what it finds: the extension for Django of this line, or the object of this name. */
    | { readonly kind: "dynaconf"; readonly name: string | undefined }
    /** Somebody else sets what they want: `django_heroku.settings(locals())`. */
    | { readonly kind: "opaque" }
  );

const MAX_PATHS = 50;

const conditions = new WeakMap<Expression, Value>();

/** What is asked, once for all the statements that it decides about. */
function conditionOf(test: Expression, around: Surroundings): Value {
  const value = conditions.get(test) ?? readValue(test, around);
  conditions.set(test, value);
  return value;
}

/** The steps of one statement; none for what does nothing to settings. */
export function stepsOf(node: Statement, scope: Scope, around: Surroundings): readonly Step[] {
  const guard: Guard = {
    conditions: scope.conditions.map(({ test, holds }) => ({ test: conditionOf(test, around), holds })),
    place: scope.isHandler ? "handler" : scope.tries.length > 0 ? "try" : "plain",
    line: node.line,
  };
  switch (node.kind) {
    case "Assign":
      return assigned(node, guard, around);
    case "ImportFrom": {
      const names = node.names.map(({ name, asName }) => ({ name, as: asName ?? name }));
      return [{ ...guard, kind: "import", module: node.module, level: node.level, names }];
    }
    case "Raise":
      return [refusal(scope, guard)];
    case "Expr":
      return node.values.flatMap((value) => (value.kind === "Call" ? effects(value, scope, guard, around) : []));
    default:
      return [];
  }
}

function assigned(node: Statement & { kind: "Assign" }, guard: Guard, around: Surroundings): readonly Step[] {
  return node.targets.flatMap((target): readonly Step[] => {
    const name = dottedName(target);
    if (target.kind === "Subscript" && /^(globals|locals|vars)$/.test(functionOf(target.value)))
      return [{ ...guard, kind: "overlay" }];
    if (target.kind === "Tuple" || target.kind === "List")
      return target.elts.flatMap((part) =>
        part.kind === "Name" ? [{ ...guard, kind: "assign", name: part.id, value: { kind: "unknown" } }] : [],
      );
    if (target.kind !== "Name" || name === undefined) return [];
    const scheme = node.value?.kind === "Call" ? schemeOf(node.value, around) : [];
    if (scheme.length > 0) return [{ ...guard, kind: "scheme", variables: scheme }];
    if (node.value?.kind === "Call" && isDjangoDynaconf(node.value))
      return [{ ...guard, kind: "dynaconf", name: undefined }];
    // A field without a value is one that must be given.
    if (!node.value) return [{ ...guard, kind: "assign", name, value: { kind: "external" } }];
    const value = configurationValue(node.value, name, around) ?? readValue(node.value, around);
    return [node.op === "=" ? { ...guard, kind: "assign", name, value } : { ...guard, kind: "add", name, value }];
  });
}

/** It takes what it finds in files and in the environment, over what stands before it. */
function isDjangoDynaconf(call: Call): boolean {
  return /(^|\.)DjangoDynaconf$/.test(functionOf(call));
}

/** `environ.Env(DEBUG=(bool, False))`. */
function schemeOf(
  { func, keywords }: Call,
  around: Surroundings,
): readonly { readonly name: string; readonly default: Value }[] {
  if (!/(^|\.)(Env|FileAwareEnv)$/.test(dottedName(func) ?? "")) return [];
  return keywords.flatMap(({ arg, value }) => {
    const [cast, fallback] = value.kind === "Tuple" ? value.elts : [undefined, value];
    if (arg === null || !fallback || (!cast && value.kind === "Name")) return [];
    return [{ name: arg, default: readValue(fallback, around) }];
  });
}

function effects(call: Call, scope: Scope, guard: Guard, around: Surroundings): readonly Step[] {
  const name = dottedName(call.func) ?? "";
  const [first, second] = call.args;
  if (/^(sys\.)?exit$/.test(name)) return [refusal(scope, guard)];
  if (isDjangoDynaconf(call)) return [{ ...guard, kind: "dynaconf", name: undefined }];
  const populated = /^(\w+)\.populate_obj$/.exec(name)?.[1];
  // What it is told to leave out is not followed.
  if (populated !== undefined)
    return [
      {
        ...guard,
        ...(call.args.length + call.keywords.length === 1 ? { kind: "dynaconf", name: populated } : { kind: "opaque" }),
      },
    ];
  if (name === "include")
    return [{ ...guard, kind: "include", paths: call.args.slice(0, MAX_PATHS).flatMap(includedPath) }];
  const method = /^(\w+)\.(append|extend|insert)$/.exec(name);
  if (method?.[1]) {
    const given = method[2] === "insert" ? second : first;
    const value = readValue(given, around);
    return [
      {
        ...guard,
        kind: "add",
        name: method[1],
        value: method[2] === "extend" ? value : { kind: "list", items: [value] },
      },
    ];
  }
  const touchesAll = call.args.some((argument) => /^(globals|locals|vars)$/.test(functionOf(argument)));
  if (/^(globals|locals|vars)$/.test(ownerOf(call))) return [{ ...guard, kind: "overlay" }];
  if (!touchesAll && !/^(exec|execfile)$/.test(name)) return [];
  // What a package does is not known; what the project's own function does comes from outside as well.
  const origin = around.names.get(name.split(".")[0] ?? "");
  const isOwn = touchesAll && (origin === undefined || isFirstParty(origin, around.path));
  return [{ ...guard, kind: isOwn ? "overlay" : "opaque" }];
}

/** Relative, or below a folder that the file itself is in. */
function isFirstParty(origin: string, path: string): boolean {
  return origin.startsWith(".") || path.split("/").includes(origin.split(".")[0] ?? "");
}

/** `"base.py"` and `optional("local.py")`. */
function includedPath(argument: Expression): readonly string[] {
  const path = textOf(argument.kind === "Call" ? argument.args[0] : argument);
  return path === undefined ? [] : [path];
}

function refusal({ conditions }: Scope, guard: Guard): Step {
  const names = conditions.flatMap(({ test }) => namesIn(test));
  return { ...guard, kind: "refuse", names: [...new Set(names)] };
}

function namesIn(test: Expression): readonly string[] {
  return [...within(test)].flatMap((part) => (part.kind === "Name" ? [part.id] : []));
}

/** The name of the function that is called. */
function functionOf(node: Expression): string {
  return node.kind === "Call" ? (dottedName(node.func) ?? "") : "";
}

/** The function whose result has the method: `globals().update(…)`. */
function ownerOf({ func }: Call): string {
  return func.kind === "Attribute" ? functionOf(func.value) : "";
}

/** What statements that may raise mention, by name, attribute or text; nothing where none raises. */
export function mentionedWhereRaised(statements: readonly Statement[]): readonly string[] {
  if (!statements.some(({ kind }) => kind === "Raise")) return [];
  const mentioned = statements.flatMap(expressionsOf).flatMap((expression) => [...within(expression)]);
  const words = mentioned.flatMap((part) => {
    if (part.kind === "Attribute") return [part.attr];
    return part.kind === "Name" ? [part.id] : (textOf(part) ?? []);
  });
  return [...new Set(words)].filter((word) => /^\w{1,80}$/.test(word));
}
