import { booleanOf, isNone, textOf } from "../literals.ts";
import { argumentOf, calledName } from "../names.ts";
import type { Expression } from "../syntax.ts";
import { readValue, type Surroundings, type Value } from "./value.ts";

const KIND = /^configurations\.values\.(\w*)Value$/;
const LIST = /^(List|Tuple|Set|SingleNestedList|SingleNestedTuple|Backends)$/;

/**
 * A value of django-configurations, `DEBUG = values.BooleanValue(False)`: the variable that it reads is named
 * after the setting. Undefined for anything else.
 */
export function configurationValue(node: Expression, setting: string, around: Surroundings): Value | undefined {
  const kind = KIND.exec(calledName(node, around.names) ?? "")?.[1];
  if (node.kind !== "Call" || kind === undefined) return undefined;
  const given = argumentOf(node, "default", 0);
  const fallback = given && readValue(given, around);
  const isRequired = kind === "Secret" || booleanOf(argumentOf(node, "environ_required")) === true;
  if (booleanOf(argumentOf(node, "environ", 1)) === false && !isRequired)
    return fallback ?? { kind: "literal", value: null };
  return {
    kind: "environment",
    name: variableOf(argumentOf(node, "environ_name", 2), argumentOf(node, "environ_prefix", 3), setting),
    fallback: isRequired ? undefined : fallback,
    cast: kind === "" ? "str" : kind === "Boolean" ? "bool" : LIST.test(kind) ? "list" : "helper",
    isRequired,
  };
}

/** `DJANGO_` and the setting, where nothing else is said; undefined where what is said is computed. */
function variableOf(name: Expression | undefined, prefix: Expression | undefined, setting: string): string | undefined {
  const own = name && !isNone(name) ? textOf(name) : setting;
  if (!prefix || own === undefined) return own && `DJANGO_${own}`;
  if (isNone(prefix)) return own;
  const text = textOf(prefix)?.replace(/_$/, "");
  return text === undefined ? undefined : text === "" ? own : `${text}_${own}`;
}
