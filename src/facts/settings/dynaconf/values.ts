import { parseJson } from "../../formats/json.ts";
import type { DataNode } from "../../formats/node.ts";
import { parseToml } from "../../formats/toml.ts";
import { EXTERNAL, type Folded, known, listOf, mappingOf, meansTrue, UNKNOWN } from "../folded.ts";

const MAX_DEPTH = 8;
const TOKEN = /^@(\w+)(?:\s+(.*))?$/s;
/** `{env[NAME]}`, and nothing else: what the environment must give. */
const FROM_ENVIRONMENT = /\{\s*env\b/;

/** A value of a file that dynaconf loads; undefined where it leaves what was there. */
export function fileValue(node: DataNode, depth = 0): Folded | undefined {
  if (depth > MAX_DEPTH) return UNKNOWN;
  if (node.kind === "list") return listOf(node.items.map((item) => fileValue(item, depth + 1) ?? UNKNOWN));
  if (node.kind === "map")
    return mappingOf(new Map(node.entries.map(({ key, value }) => [key, fileValue(value, depth + 1) ?? UNKNOWN])));
  if (node.isNull) return known(null);
  const text = node.text ?? "";
  if (node.isQuoted) return textValue(text);
  if (node.boolean !== undefined) return known(node.boolean);
  return node.number === undefined ? textValue(text) : known(node.number);
}

/** The text of a variable: dynaconf reads it as TOML where it can. */
export function variableValue(text: string): Folded | undefined {
  if (text.startsWith("@")) return textValue(text);
  try {
    const node = parseToml(`value = ${/^(true|false)$/i.test(text) ? text.toLowerCase() : text}`).get("value");
    return node && fileValue(node);
  } catch {
    return known(text);
  }
}

/** A text, or what its token makes of it. */
function textValue(text: string): Folded | undefined {
  const [, token, rest = ""] = TOKEN.exec(text) ?? [];
  if (token === undefined) return known(text);
  if (rest.startsWith("@")) return FROM_ENVIRONMENT.test(rest) ? EXTERNAL : UNKNOWN;
  switch (token) {
    case "empty":
      return undefined;
    case "none":
    case "null":
      return known(null);
    case "str":
      return known(rest);
    case "int":
    case "float":
      return Number.isFinite(Number(rest)) ? known(Number(rest)) : UNKNOWN;
    case "bool":
      return known(meansTrue(rest));
    case "json":
      return jsonValue(rest);
    case "format":
    case "jinja":
      return FROM_ENVIRONMENT.test(rest) ? EXTERNAL : UNKNOWN;
    case "read_file":
    case "vault":
      return EXTERNAL;
    default:
      return UNKNOWN;
  }
}

function jsonValue(text: string): Folded | undefined {
  try {
    return fileValue(parseJson(text));
  } catch {
    return UNKNOWN;
  }
}
