import { environmentReadOf } from "../environment.ts";
import { numberOf, textOf } from "../literals.ts";
import { argumentOf, calledName, dottedName, type Names, qualifiedName } from "../names.ts";
import type { Call, Expression } from "../syntax.ts";
import { within } from "../walk.ts";

/** What a setting is made of, as far as it can be told without running it: plain data. */
export type Value =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "mapping"; readonly entries: readonly { readonly key: string; readonly value: Value }[] }
  | Environment
  /** Another setting, or an attribute of an object: `settings.DEBUG`. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Value[] }
  | { readonly kind: "choice"; readonly test: Value; readonly body: Value; readonly orelse: Value }
  | { readonly kind: "method"; readonly of: Value; readonly name: string; readonly argument: Value | undefined }
  /** A function of one value. */
  | { readonly kind: "call"; readonly name: string; readonly of: Value }
  /** Read from a file or a store of secrets. */
  | { readonly kind: "external" }
  /** Made anew at every start. */
  | { readonly kind: "random" }
  | { readonly kind: "unknown" };

/** A look-up of an environment variable, or of an object that stands outside of the repository. */
export interface Environment {
  readonly kind: "environment";
  readonly name: string | undefined;
  readonly fallback: Value | undefined;
  /** How its text is read: `str` as it is, `bool`, `list`, `presence`; `helper` where a function of their own decides. */
  readonly cast: string;
  /** True where it stops the start when it is not set. */
  readonly isRequired: boolean;
}

/** What is known of the names in an expression. */
export interface Surroundings {
  readonly path: string;
  readonly names: Names;
  /** Names of a function that are set once in it. */
  readonly locals: ReadonlyMap<string, Expression>;
}

const NOTHING: Surroundings["locals"] = new Map();
const UNKNOWN: Value = { kind: "unknown" };
const EXTERNAL: Value = { kind: "external" };
const MAX_DEPTH = 12;
const MAX_ITEMS = 100;
const MAX_TEXT = 500;
const RANDOM =
  /^(secrets\.|random\.|uuid\.uuid[14]|os\.urandom|urandom)|(^|\.)(get_random_\w+|generate_\w*(secret|key)\w*)$/;
const STORE = /secret|vault|keyring|ssm|parameter|credential/i;
const READS_FILE = /^(read|read_text|read_bytes|readline)$/;
/** Methods of a text that are followed. */
const OF_TEXT = /^(lower|upper|casefold|[lr]?strip|split|startswith|endswith|encode|decode|replace)$/;
/** Functions of the project that read a variable, by how they are called. */
const HELPER = /env|config|setting|secret|getattr|param|(^|\.)get_?(bool|str|int|list|value|var)\w*$/i;
const VARIABLE = /^[A-Z][A-Z0-9_]{1,80}$/;

/** The value that an expression makes. */
export function readValue(node: Expression | null | undefined, around: Surroundings, depth = 0): Value {
  if (!node || depth > MAX_DEPTH) return UNKNOWN;
  const inner = (part: Expression | null | undefined): Value => readValue(part, around, depth + 1);
  switch (node.kind) {
    case "Constant":
      return literal(node);
    case "Name": {
      const local = around.locals.get(node.id);
      // What it is made of is not looked up again: names that double each other would have no end.
      return local ? readValue(local, { ...around, locals: NOTHING }, depth + 1) : { kind: "name", name: node.id };
    }
    case "Attribute":
      return { kind: "name", name: dottedName(node) ?? `().${node.attr}` };
    case "List":
    case "Tuple":
    case "Set":
      return { kind: "list", items: node.elts.slice(0, MAX_ITEMS).map(inner) };
    case "Dict":
      return {
        kind: "mapping",
        entries: node.items.slice(0, MAX_ITEMS).flatMap(({ key, value }) => {
          const name = textOf(key);
          return name === undefined ? [] : [{ key: name, value: inner(value) }];
        }),
      };
    case "UnaryOp":
      return node.op === "not"
        ? { kind: "operation", operator: "not", operands: [inner(node.operand)] }
        : literal(node);
    case "BinOp":
    case "BoolOp":
      return { kind: "operation", operator: node.op, operands: [inner(node.left), inner(node.right)] };
    case "Compare":
      return comparison(node, around, depth);
    case "IfExp":
      return { kind: "choice", test: inner(node.test), body: inner(node.body), orelse: inner(node.orelse) };
    case "NamedExpr":
      return inner(node.value);
    case "Comprehension":
      // `[host.strip() for host in …]`: what it is made from decides.
      return node.of === "dict" ? UNKNOWN : (node.clauses.map(inner).find(({ kind }) => kind !== "unknown") ?? UNKNOWN);
    case "Subscript":
      return environment(node, around, depth) ?? (STORE.test(dottedName(node.value) ?? "") ? EXTERNAL : UNKNOWN);
    case "Call":
      return environment(node, around, depth) ?? called(node, around, depth);
    default:
      return UNKNOWN;
  }
}

function literal(node: Expression): Value {
  if (node.kind === "UnaryOp" || (node.kind === "Constant" && node.type === "number")) {
    const value = numberOf(node);
    return value === undefined ? UNKNOWN : { kind: "literal", value };
  }
  if (node.kind !== "Constant") return UNKNOWN;
  if (node.type === "bool") return { kind: "literal", value: node.value === "True" };
  if (node.type === "None") return { kind: "literal", value: null };
  if (node.type === "Ellipsis") return EXTERNAL;
  return { kind: "literal", value: node.value.slice(0, MAX_TEXT) };
}

function comparison(node: Expression & { kind: "Compare" }, around: Surroundings, depth: number): Value {
  const [operator = ""] = node.ops;
  const [right] = node.comparators;
  if (node.comparators.length !== 1 || !right) return UNKNOWN;
  const isNegated = /^(not in|not\s+in|is\s+not|is not|!=)$/.test(operator);
  const mapping = qualifiedName(right, around.names);
  const plain: Value =
    /^(not )?in$/.test(operator) && (mapping === "os.environ" || mapping === "environ")
      ? { kind: "environment", name: textOf(node.left), fallback: undefined, cast: "presence", isRequired: false }
      : {
          kind: "operation",
          operator: /in$/.test(operator) ? "in" : /^(==|!=|is|is not)$/.test(operator) ? "==" : operator,
          operands: [readValue(node.left, around, depth + 1), readValue(right, around, depth + 1)],
        };
  return isNegated ? { kind: "operation", operator: "not", operands: [plain] } : plain;
}

/** A look-up of the standard library, of a package for it, or of a function that goes by such a name. */
function environment(node: Expression, around: Surroundings, depth: number): Environment | undefined {
  const { names } = around;
  const read = environmentReadOf(node, names);
  const name = calledName(node, names) ?? "";
  if (read) {
    const fallback = read.fallback && readValue(read.fallback, around, depth + 1);
    const isStandard = /^(os\.)?(getenv$|environ\.)/.test(name);
    const isOwn = /^(get_env|getenv|env_var|get_env_var|get_env_variable|get_env_value)$/.test(name);
    const cast = read.cast === "str" && isOwn ? castByName(name) : castOf(read.cast);
    return { kind: "environment", name: read.name, fallback, cast, isRequired: !isStandard };
  }
  if (node.kind !== "Call") return undefined;
  if (isParserRead(node, names)) {
    const fallback = argumentOf(node, "fallback");
    const cast = name.endsWith(".getboolean") ? "bool" : "helper";
    // Without one, the file that is read decides.
    const value = fallback ? readValue(fallback, around, depth + 1) : UNKNOWN;
    return { kind: "environment", name: undefined, fallback: value, cast, isRequired: true };
  }
  if (!HELPER.test(name)) return undefined;
  const place = name === "getattr" ? 1 : 0;
  const variable = textOf(node.args[place]) ?? "";
  if (!VARIABLE.test(variable)) return undefined;
  const given = argumentOf(node, "default", place + 1);
  // `read(NAME, bool)` gives a type in the place of a fallback.
  const fallback = given && (given.kind === "Name" ? undefined : readValue(given, around, depth + 1));
  return { kind: "environment", name: variable, fallback, cast: castByName(name), isRequired: true };
}

/** `config.get("django", "SECRET_KEY")` of Python's configparser: a section and a name, no variable and its fallback. */
function isParserRead({ func, args }: Call, names: Names): boolean {
  const imports = [...names.values()];
  if (func.kind !== "Attribute" || !/^get(boolean|int|float)?$/.test(func.attr) || args.length < 2) return false;
  return args.every((part) => textOf(part) !== undefined) && imports.some((name) => /^configparser(\.|$)/i.test(name));
}

function castByName(name: string): string {
  return /bool|flag/i.test(name) ? "bool" : /list|array|tuple/i.test(name) ? "list" : "helper";
}

function castOf(cast: string): string {
  if (/bool|strtobool/i.test(cast)) return "bool";
  if (/list|tuple|csv|set\b/i.test(cast)) return "list";
  return cast === "str" ? "str" : "helper";
}

function called(node: Call, around: Surroundings, depth: number): Value {
  const { func, args } = node;
  const name = calledName(node, around.names) ?? "";
  if (RANDOM.test(name)) return { kind: "random" };
  if (/(^|\.)Field$/.test(name)) {
    if (argumentOf(node, "default_factory")) return UNKNOWN;
    const given = argumentOf(node, "default", 0);
    return given ? readValue(given, around, depth + 1) : EXTERNAL;
  }
  if (func.kind === "Attribute" && READS_FILE.test(func.attr)) return EXTERNAL;
  if (STORE.test(name) || (func.kind === "Attribute" && STORE.test(func.attr))) return EXTERNAL;
  for (const part of within(node)) if (RANDOM.test(calledName(part, around.names) ?? "")) return { kind: "random" };
  if (func.kind === "Attribute" && !around.names.has(name.split(".")[0] ?? "")) {
    const of = readValue(func.value, around, depth + 1);
    if (of.kind !== "unknown" && of.kind !== "literal" && (of.kind !== "name" || OF_TEXT.test(func.attr)))
      return { kind: "method", name: func.attr, of, argument: args[0] && readValue(args[0], around, depth + 1) };
  }
  const [first] = args;
  if (first && (args.length === 1 || /^(getattr|int)$/.test(name))) {
    const of = readValue(first, around, depth + 1);
    if (of.kind !== "unknown") return { kind: "call", name: name || "?", of };
  }
  return UNKNOWN;
}
