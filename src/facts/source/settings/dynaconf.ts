import { textOf } from "../literals.ts";
import { argumentOf, calledName, hasUnknownKeywords, type Names } from "../names.ts";
import type { Call, Expression } from "../syntax.ts";
import { readValue, type Surroundings, type Value } from "./value.ts";

/** One call that loads settings by dynaconf. */
export interface DynaconfLoad {
  readonly kind: "django" | "flask" | "object";
  readonly line: number;
  /** The name that it is assigned to. */
  readonly name: string | undefined;
  /** The files, in the order in which they are loaded; undefined where dynaconf looks for its own. */
  readonly files: readonly string[] | undefined;
  /** What decides about layers and variables, by name in capitals and without `_FOR_DYNACONF`. */
  readonly options: Readonly<Record<string, Value>>;
  /** Settings that it is given. */
  readonly values: Readonly<Record<string, Value>>;
  /** What its validators say of settings that nothing sets. */
  readonly defaults: Readonly<Record<string, Value>>;
  /** True where it is given what may set anything. */
  readonly isComputed: boolean;
}

const KINDS: ReadonlyMap<string, DynaconfLoad["kind"]> = new Map([
  ["DjangoDynaconf", "django"],
  ["FlaskDynaconf", "flask"],
  ["Dynaconf", "object"],
  ["LazySettings", "object"],
]);
const FILES = /^(PRELOAD|SETTINGS_FILES?|SETTINGS_MODULE|SECRETS)$/;
const DECIDES = /^(ENVIRONMENTS|ENV|FORCE_ENV|DEFAULT_ENV|ENV_SWITCHER|ENVVAR_PREFIX|MERGE_ENABLED)$/;
/** Options that change no value of a setting by themselves. */
const HARMLESS =
  /^(ROOT_PATH|LOAD_DOTENV|DOTENV_\w+|LOWERCASE_READ|ENCODING|IGNORE_UNKNOWN_ENVVARS|NESTED_SEPARATOR|SKIP_FILES|SILENT_ERRORS|EXTENSIONS_LIST|INSTANCE_RELATIVE_CONFIG|APP|SYSENV_FALLBACK|VALIDATE_\w+|DOTTED_LOOKUP|AUTO_CAST|(VAULT|REDIS)\w*|ENVVAR|MAIN_ENV)$/;
const MAY_SET_ANYTHING =
  /^(INCLUDES?|LOADERS|CORE_LOADERS|POST_HOOKS|FILTER_STRATEGY|DYNACONF_INSTANCE|YAML|FRESH_VARS)$/;
const MAX_FILES = 20;
const MAX_DEPTH = 12;

/** What a call loads by dynaconf; undefined for any other call. */
export function dynaconfLoad(call: Call, name: string | undefined, around: Surroundings): DynaconfLoad | undefined {
  const kind = kindOf(call, around.names);
  if (!kind) return undefined;
  const options: Record<string, Value> = {};
  const values: Record<string, Value> = {};
  let defaults: Readonly<Record<string, Value>> = {};
  const files = new Map<string, readonly string[]>();
  let isComputed = hasUnknownKeywords(call);
  for (const { arg, value } of call.keywords) {
    const option = arg?.toUpperCase().replace(/_FOR_DYNACONF$/, "") ?? "";
    if (FILES.test(option)) {
      const found = filesIn(value);
      isComputed ||= found === undefined;
      files.set(option, found ?? []);
    } else if (option === "VALIDATORS") defaults = defaultsOf(value, around);
    else if (DECIDES.test(option)) options[option] = readValue(value, around);
    else if (MAY_SET_ANYTHING.test(option)) isComputed = true;
    else if (option !== "" && !HARMLESS.test(option)) values[option] = readValue(value, around);
  }
  const named = ["SETTINGS_FILE", "SETTINGS_FILES", "SETTINGS_MODULE"].flatMap((option) => files.get(option) ?? []);
  const more = [files.get("PRELOAD") ?? [], files.get("SECRETS") ?? []] as const;
  const isNamed = named.length > 0 || more.some(({ length }) => length > 0);
  return {
    kind,
    line: call.line,
    name,
    files: isNamed ? [...more[0], ...(named.length > 0 ? named : DEFAULT_FILES), ...more[1]] : undefined,
    options,
    values,
    defaults,
    isComputed,
  };
}

/** The files that dynaconf looks for by itself, in order. */
export const DEFAULT_FILES: readonly string[] = ["settings", ".secrets"].flatMap((stem) =>
  ["py", "toml", "tml", "yaml", "yml", "ini", "conf", "properties", "json"].map((format) => `${stem}.${format}`),
);

function kindOf(call: Call, names: Names): DynaconfLoad["kind"] | undefined {
  const name = calledName(call, names) ?? "";
  return name.startsWith("dynaconf.") ? KINDS.get(name.slice(name.lastIndexOf(".") + 1)) : undefined;
}

/** `["a.toml", BASE / "b.toml"]`, `"a.toml,b.toml"`; undefined where one of them is computed. */
function filesIn(node: Expression): readonly string[] | undefined {
  const elements = node.kind === "List" || node.kind === "Tuple" ? node.elts : [node];
  const paths = elements.map((element) => endOfPath(element));
  if (paths.some((path) => !path)) return undefined;
  const names = paths.flatMap((path) => (path ?? "").split(/[;,]/).map((part) => part.trim()));
  return names.length > MAX_FILES ? undefined : names;
}

/**
 * What is written of a path below a folder that the code computes, `BASE_DIR / "conf" / "shop.toml"`; empty for
 * such a folder. Undefined where anything behind it is computed as well.
 */
function endOfPath(node: Expression | undefined, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (node?.kind) {
    case "Constant":
      return textOf(node);
    case "Name":
    case "Attribute":
      return "";
    case "JoinedStr": {
      const [folder, rest, ...others] = node.values;
      const end = textOf(rest);
      return folder?.kind !== "Constant" && others.length === 0 && end?.startsWith("/") ? end.slice(1) : undefined;
    }
    case "BinOp":
      return joined([endOfPath(node.left, depth + 1), endOfPath(node.right, depth + 1)]);
    case "Call":
      return joined(node.args.map((part) => endOfPath(part, depth + 1)));
    default:
      return undefined;
  }
}

/** Only the first may be a folder that is computed. */
function joined(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.some((part, index) => part === undefined || (part === "" && index > 0))) return undefined;
  const [first = "", ...rest] = parts.map((part) => part?.replace(/\/$/, ""));
  return [first, ...rest.map((part) => part?.replace(/^\//, ""))].filter(Boolean).join("/");
}

/** `Validator("DEBUG", default=False)`: what the setting is where nothing sets it. */
function defaultsOf(node: Expression, around: Surroundings): Readonly<Record<string, Value>> {
  const calls = node.kind === "List" || node.kind === "Tuple" ? node.elts : [node];
  return Object.fromEntries(
    calls.flatMap((call) => {
      const fallback = call.kind === "Call" ? argumentOf(call, "default") : undefined;
      if (call.kind !== "Call" || !fallback) return [];
      const value: Value = argumentOf(call, "env") ? { kind: "unknown" } : readValue(fallback, around);
      return call.args.flatMap((name) => (textOf(name) === undefined ? [] : [[textOf(name)?.toUpperCase(), value]]));
    }),
  );
}
