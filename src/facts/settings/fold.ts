import type { ProductionVariable } from "../production-variables.ts";
import type { Environment, Value } from "../source/settings/value.ts";
import {
  asDefault,
  EXTERNAL,
  type Folded,
  known,
  listOf,
  mappingOf,
  meansTrue,
  placed,
  truthOf,
  UNKNOWN,
} from "./folded.ts";

/** Where names and variables are looked up. */
export interface Lookup {
  /** A setting by its name; undefined where nothing of that name is known. */
  setting(name: string): Folded | undefined;
  /** A variable that the image or the manifests set. */
  variable(name: string): ProductionVariable | undefined;
  /** The default that a django-environ reader has for a variable. */
  scheme(name: string): Value | undefined;
}

/** Names of the environment that it runs in: in production they say so. */
export const STAGE =
  /^([A-Z]+_)?(ENV|ENVIRONMENT|APP_ENV|STAGE|APP_STAGE|DEPLOYMENT_ENV|DEPLOY_ENV|APP_ENVIRONMENT|RUN_ENV|NODE_ENV)$/;
const PRODUCTION = /^(prod|production|live|prd)$/i;
const OTHER_STAGE =
  /^(dev|develop|development|local|localhost|tests?|testing|ci|debug|docker|staging|stage|qa|sandbox|)$/i;

/** What a value comes to in production, where nothing is set that the repository does not set. */
export function fold(value: Value, lookup: Lookup): Folded {
  switch (value.kind) {
    case "literal":
      return known(value.value);
    case "list":
      return listOf(value.items.map((item) => fold(item, lookup)));
    case "mapping":
      return mappingOf(new Map(value.entries.map((entry) => [entry.key, fold(entry.value, lookup)])));
    case "environment":
      return foldEnvironment(value, lookup);
    case "name":
      return value.name === "__name__" ? known("module") : (lookup.setting(value.name) ?? UNKNOWN);
    case "operation": {
      const operands = value.operands.map((operand) => fold(operand, lookup));
      return madeOf(foldOperation(value.operator, operands), operands);
    }
    case "choice": {
      const test = fold(value.test, lookup);
      const holds = truthOf(test);
      if (holds === undefined) return UNKNOWN;
      return asDefault(fold(holds ? value.body : value.orelse, lookup), test.isDefault);
    }
    case "method": {
      const of = fold(value.of, lookup);
      return madeOf(foldMethod(value.name, of, value.argument && fold(value.argument, lookup)), [of]);
    }
    case "call": {
      const of = fold(value.of, lookup);
      return madeOf(foldCall(value.name, of), [of]);
    }
    case "external":
      return EXTERNAL;
    case "random":
      return { kind: "random", isDefault: false };
    default:
      return UNKNOWN;
  }
}

/** What is made of a variable that is set somewhere points there. */
function madeOf(folded: Folded, parts: readonly Folded[]): Folded {
  const place = folded.place ?? parts.find((part) => part.place)?.place;
  return place && folded.kind === "literal" ? placed(folded, place) : folded;
}

function foldEnvironment(read: Environment, lookup: Lookup): Folded {
  const { name, cast, isRequired } = read;
  const set = name === undefined ? undefined : lookup.variable(name);
  if (cast === "presence") return known(set !== undefined, true);
  if (set) return placed(castTo(cast, known(set.value, true, cast === "str" && !isRequired)), set);
  if (name !== undefined && STAGE.test(name)) return { kind: "stage", isDefault: true };
  const fallback = read.fallback ?? (name === undefined ? undefined : lookup.scheme(name));
  if (!fallback) return isRequired ? EXTERNAL : known(null, true, true);
  const folded = fold(fallback, lookup);
  if (folded.kind === "literal") return castTo(cast, known(folded.value, true, cast === "str" && !isRequired));
  return asDefault(folded);
}

function castTo(cast: string, folded: Folded): Folded {
  if (folded.kind !== "literal" || typeof folded.value !== "string") return folded;
  if (cast === "bool") return known(meansTrue(folded.value), folded.isDefault);
  return cast === "list" ? parts(folded.value, ",", folded.isDefault) : folded;
}

/** What is not empty between separators. */
function parts(text: string, separator: string, isDefault: boolean): Folded {
  const items = text.split(separator).map((part) => part.trim());
  return listOf(
    items.filter(Boolean).map((item) => known(item)),
    isDefault,
  );
}

function foldOperation(operator: string, operands: readonly Folded[]): Folded {
  const [left = UNKNOWN, right = UNKNOWN] = operands;
  const isDefault = left.isDefault || right.isDefault;
  if (operator === "not") {
    const truth = truthOf(left);
    return truth === undefined ? UNKNOWN : known(!truth, left.isDefault);
  }
  if (operator === "and" || operator === "or") return foldChoice(operator, left, right);
  if (operator === "+" || operator === "|") return joined(left, right);
  if (operator === "==" || operator === "in") {
    const holds = operator === "==" ? isEqual(left, right) : isIn(left, right);
    return holds === undefined ? UNKNOWN : known(holds, isDefault);
  }
  if (left.kind !== "literal" || right.kind !== "literal") return UNKNOWN;
  if (operator === "*" && typeof left.value === "number" && typeof right.value === "number")
    return known(left.value * right.value, isDefault);
  return UNKNOWN;
}

function foldChoice(operator: "and" | "or", left: Folded, right: Folded): Folded {
  // What is given from outside may be empty: then the other holds.
  if (left.kind === "external") return operator === "or" ? asDefault(right) : left;
  const truth = truthOf(left);
  if (truth === undefined) return UNKNOWN;
  return truth === (operator === "or") ? left : asDefault(right, left.isDefault);
}

function joined(left: Folded, right: Folded): Folded {
  const isDefault = left.isDefault || right.isDefault;
  if (left.kind === "literal" && right.kind === "literal") {
    const isText = typeof left.value === "string" && typeof right.value === "string";
    return isText ? known(`${left.value}${right.value}`, isDefault) : UNKNOWN;
  }
  if (left.kind !== "list" && right.kind !== "list") return UNKNOWN;
  const items = [left, right].flatMap((side) => (side.kind === "list" ? side.items : [UNKNOWN]));
  return listOf(items, isDefault);
}

function isEqual(left: Folded, right: Folded): boolean | undefined {
  if (left.kind === "stage") return stageIs(right);
  if (right.kind === "stage") return stageIs(left);
  if (left.kind === "literal" && right.kind === "literal") return left.value === right.value;
  if (left.kind === "list" && right.kind === "list") {
    if (left.items.length !== right.items.length) return false;
    const answers = left.items.map((item, index) => isEqual(item, right.items[index] ?? UNKNOWN));
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  }
  return undefined;
}

/** Whether the environment that production runs in goes by this name. */
function stageIs(name: Folded): boolean | undefined {
  if (name.kind !== "literal" || typeof name.value !== "string") return undefined;
  if (PRODUCTION.test(name.value)) return true;
  return OTHER_STAGE.test(name.value) ? false : undefined;
}

function isIn(left: Folded, right: Folded): boolean | undefined {
  if (right.kind === "literal" && typeof right.value === "string" && left.kind === "literal")
    return right.value.includes(String(left.value));
  if (right.kind !== "list") return undefined;
  const answers = right.items.map((item) => isEqual(left, item));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function foldMethod(name: string, of: Folded, argument: Folded | undefined): Folded {
  if (of.kind === "stage" || of.kind === "external") return of;
  if (of.kind !== "literal" || typeof of.value !== "string")
    return of.kind === "list" || of.kind === "mapping" ? UNKNOWN : of.isDefault ? of : UNKNOWN;
  const { value, isDefault } = of;
  const text = argument?.kind === "literal" ? String(argument.value) : undefined;
  switch (name) {
    case "lower":
    case "casefold":
      return known(value.toLowerCase(), isDefault, of.isRaw);
    case "upper":
      return known(value.toUpperCase(), isDefault, of.isRaw);
    case "strip":
    case "lstrip":
    case "rstrip":
    case "encode":
    case "decode":
      return known(value.trim(), isDefault, of.isRaw);
    case "split":
      return parts(value, text || " ", isDefault);
    case "startswith":
      return text === undefined ? UNKNOWN : known(value.startsWith(text), isDefault);
    case "endswith":
      return text === undefined ? UNKNOWN : known(value.endsWith(text), isDefault);
    default:
      return isDefault ? of : UNKNOWN;
  }
}

/** Functions of one value: Python's own, or one of the project that reads the text of a variable. */
function foldCall(name: string, of: Folded): Folded {
  if (/^(bool|builtins\.bool)$/.test(name)) {
    const truth = truthOf(of);
    return truth === undefined ? UNKNOWN : known(truth, of.isDefault, of.kind === "literal" && of.isRaw);
  }
  if (/^int$/.test(name) && of.kind === "literal") {
    const number = of.value === null ? Number.NaN : Number(of.value);
    return Number.isNaN(number) ? UNKNOWN : known(number, of.isDefault);
  }
  if (of.kind === "external" || of.kind === "random" || of.kind === "stage") return of;
  if (/bool|truthy|flag|loads|literal_eval|is_true/i.test(name)) return castTo("bool", of);
  if (/^(list|tuple|set|sorted|str)$/.test(name)) return of;
  // What a function of the project makes of a default is close to the default.
  if (!of.isDefault) return UNKNOWN;
  return of.kind === "literal" ? known(of.value, true) : of;
}
