import { isLiteral } from "./literals.ts";
import { dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import { type Bindings, bindingsOf } from "./origins/bindings.ts";
import { isHandler } from "./origins/handlers.ts";
import type { Call, ClassDef, Expression, FunctionDef, Module, Parameter } from "./syntax.ts";
import { childrenOf, type Scope } from "./walk.ts";

/**
 * Where a value comes from, from harmless to grave: written in the source or the configuration; made safe;
 * made by something that is not followed; handed to a function; sent by somebody outside.
 */
const GRAVITY = ["fixed", "quoted", "computed", "parameter", "external"] as const;
export type Origin = (typeof GRAVITY)[number];

/** Tells the origin of what an expression yields at its place. */
export type OriginOf = (expression: Expression, scope: Scope) => Origin;

/** The gravest of some origins. */
function gravest(origins: readonly Origin[]): Origin {
  return GRAVITY[Math.max(0, ...origins.map((origin) => GRAVITY.indexOf(origin)))] ?? "computed";
}

/** Steps from name to name that are followed. */
const MAX_DEPTH = 40;
/** What a request carries, whatever its framework calls it. */
const REQUEST =
  /(^|\.)request\.(GET|POST|COOKIES|FILES|body|args|form|values|cookies|files|data|json|get_json|query_params|path_params|headers|query_string|stream|match_info|rel_url|arguments|get_argument|get_body_argument|get_query_argument)\b/;
const OUTSIDE =
  /^(input|sys\.stdin\.\w+|urllib\.request\.urlopen|(requests|httpx)\.(get|post|put|patch|request)|.*\.(recv|recvfrom|receive_text|receive_json|receive_bytes))$/;
/** Calls whose result cannot carry a text of anybody's choice. */
const HARMLESS =
  /^(int|float|len|round|abs|bool|hash|id|ord|range|enumerate\.index|(datetime|date|time|uuid|tempfile|os\.get(pid|cwd|uid|gid)|secrets)\b.*|socket\.gethostname|os\.cpu_count|shutil\.which)$/;
/** Calls that yield, in another form, what they are given. */
const CARRIES =
  /(^|\.)(str|repr|bytes|list|tuple|sorted|dict|format|join|strip|lstrip|rstrip|lower|upper|title|replace|split|splitlines|rsplit|partition|encode|decode|get|getlist|pop|read|readline|items|values|keys|loads|b64decode|urlsafe_b64decode|unhexlify|decompress|unquote|unquote_plus|dedent|path|abspath|realpath|expanduser|expandvars|fspath|Path|as_posix|resolve|content|with_suffix|cast|json|text|getvalue|BytesIO|StringIO)$/;

/** Follows names of a module to where their values come from; `quotes` tells which calls make a text safe. */
export function originsOf(module: Module, quotes: (called: string) => boolean): OriginOf {
  const names = namesOf(module);
  const top = bindingsOf(module.body);
  const known = new Map<FunctionDef | undefined, Map<string, Origin>>();
  return (expression, scope) => {
    const follow = (): Origin => new Follower(names, top, quotes, scope).of(expression, MAX_DEPTH);
    if (expression.kind !== "Name") return follow();
    const here = known.get(scope.function) ?? new Map<string, Origin>();
    const origin = here.get(expression.id) ?? follow();
    known.set(scope.function, here.set(expression.id, origin));
    return origin;
  };
}

class Follower {
  readonly names: Names;
  readonly quotes: (called: string) => boolean;
  readonly functions: readonly { readonly definition: FunctionDef; readonly bindings: Bindings }[];
  readonly top: Bindings;
  readonly #class: ClassDef | undefined;
  readonly #following = new Set<string>();
  /** Expressions that are looked at for one answer: a file may be hostile. */
  #left = 500;

  constructor(names: Names, top: Bindings, quotes: (called: string) => boolean, scope: Scope) {
    this.names = names;
    this.top = top;
    this.quotes = quotes;
    this.#class = scope.class;
    this.functions = scope.definitions
      .filter((one) => one.kind === "FunctionDef")
      .map((definition) => ({ definition, bindings: bindingsOf(definition) }))
      .reverse();
  }

  of(node: Expression, depth: number): Origin {
    this.#left -= 1;
    if (depth === 0 || this.#left < 0) return "computed";
    const all = (nodes: readonly Expression[]): Origin => gravest(nodes.map((inner) => this.of(inner, depth - 1)));
    switch (node.kind) {
      case "Constant":
      case "Compare":
      case "Lambda":
        return "fixed";
      case "Name":
        return this.#name(node.id, depth - 1);
      case "Attribute":
        return this.#attribute(node.attr, qualifiedName(node, this.names), () => all([node.value]));
      case "Call":
        return this.#call(node, all);
      case "Subscript":
        if (isEnvironment(qualifiedName(node.value, this.names))) return "fixed";
        return all([node.value]);
      case "IfExp":
        return all([node.body, node.orelse]);
      case "Comprehension":
        return node.value ? all([node.elt, node.value]) : all([node.elt]);
      default:
        return all(childrenOf(node));
    }
  }

  #attribute(attr: string, name: string | undefined, ofValue: () => Origin): Origin {
    if (name !== undefined && (REQUEST.test(name) || OUTSIDE.test(name))) return "external";
    if (isConstantName(attr) || /^__\w+__$|^(pk|id|name_or_none|db_table)$/.test(attr)) return "fixed";
    if (name !== undefined && /^(settings|config|conf|cfg|sys)\.|^django\.conf\.settings\./.test(name)) return "fixed";
    if (/^(self|cls)\.\w+$/.test(name ?? "")) return this.#ofClass(attr);
    return /^(self|cls)\./.test(name ?? "") ? "computed" : ofValue();
  }

  /** What the body of the class gives an attribute; methods that set it are not followed. */
  #ofClass(attr: string): Origin {
    if (/^(name|value)$/.test(attr) && this.#class?.bases.some(isEnumeration)) return "fixed";
    const values = this.#class && bindingsOf(this.#class.body).values.get(attr);
    return values?.every((value) => value !== null && isLiteral(value)) ? "fixed" : "computed";
  }

  #call(node: Call, all: (nodes: readonly Expression[]) => Origin): Origin {
    const called = qualifiedName(node.func, this.names) ?? "";
    const method = node.func.kind === "Attribute" ? node.func : undefined;
    const name = called || (method ? `.${method.attr}` : "");
    if (this.quotes(name)) return "quoted";
    if (REQUEST.test(called) || OUTSIDE.test(called)) return "external";
    if (HARMLESS.test(called) || /^(os\.getenv|os\.environ\.get)$/.test(called)) return "fixed";
    const given = [...(method ? [method.value] : []), ...node.args, ...node.keywords.map(({ value }) => value)];
    return CARRIES.test(name) ? all(given) : "computed";
  }

  #name(id: string, depth: number): Origin {
    for (const { definition, bindings } of this.functions) {
      const parameter = bindings.parameters.get(id);
      const values = bindings.values.get(id);
      if (parameter === undefined && values === undefined) continue;
      if (bindings.checked.has(id)) return "quoted";
      const given: readonly Origin[] = parameter ? [originOfParameter(parameter, definition)] : [];
      return gravest([...given, ...this.#values(definition.name + id, values ?? [], depth)]);
    }
    const values = this.top.values.get(id);
    if (values) return gravest(this.#values(id, values, depth));
    return isConstantName(id) || /^__\w+__$/.test(id) ? "fixed" : "computed";
  }

  #values(key: string, values: readonly (Expression | null)[], depth: number): readonly Origin[] {
    if (this.#following.has(key)) return [];
    this.#following.add(key);
    const origins = values.map((value) => (value ? this.of(value, depth) : "computed"));
    this.#following.delete(key);
    return origins;
  }
}

/** Types whose values cannot carry a text of anybody's choice. */
const HARMLESS_TYPE = /^(int|float|bool|complex|date|datetime|timedelta|Decimal|UUID|uuid\.UUID|datetime\.\w+)$/;

const OWN_TYPE =
  /(^|\.)(?!(?:Any|AnyStr|Text|Optional|Union|Sequence|Iterable|List|Dict|Mapping|Tuple|Set|Annotated|Request|Http\w*)$)[A-Z]\w*$/;

function originOfParameter({ name, annotation }: Parameter, definition: FunctionDef): Origin {
  if (name === "self" || name === "cls") return "computed";
  const type = annotation?.kind === "Subscript" ? annotation.value : annotation;
  if (type && /(^|\.)Literal$/.test(dottedName(type) ?? "")) return "fixed";
  if (type && HARMLESS_TYPE.test(dottedName(type) ?? "")) return "fixed";
  // An enumeration or a class of the project's own: what its text may be is decided there.
  if (type && OWN_TYPE.test(dottedName(type) ?? "")) return "computed";
  return isHandler(definition) && name !== "request" ? "external" : "parameter";
}

/** The members of an enumeration are written out. */
function isEnumeration(base: Expression): boolean {
  return /(Enum|Flag|Choices)$/.test(dottedName(base) ?? "");
}

function isConstantName(name: string): boolean {
  return /^_*[A-Z][A-Z0-9_]*$/.test(name) && name.length > 1;
}

function isEnvironment(name: string | undefined): boolean {
  return name === "os.environ" || name === "environ" || name === "sys.argv";
}
