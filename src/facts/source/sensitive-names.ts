import { textOf } from "./literals.ts";
import { calledName, dottedName, type Names, qualifiedName } from "./names.ts";
import type { Call, Expression } from "./syntax.ts";

/** What ends the name of a value that nobody but its owner may know. */
const SECRET =
  /(^|_)(password|passwd|passphrase|secret|secret_key|private_key|api_?key|access_?token|refresh_?token|auth_?token|bearer_?token|session_?token|token|ssn|social_security_number|cvv|cvc|card_number|credit_card|credit_card_number|date_of_birth|dob|auth_header|authorization_header)$/;
/** Names that end so and hold something else: a flag, a part of a text, a page, what was made harmless. */
const HARMLESS =
  /^(is|has|no|use|ask|set|get|show|need|check|allow|enable|disable|require|reset|change|forgot|update|verify|generate|create|delete|invalid|missing|expected|unexpected|unknown)_|(^|_)(max|min|num|count|next|prev|previous|page|execution|task|callback|continuation|pagination|start|end|stop|eos|bos|sos|cls|sep|pad|unk|mask|masked|redacted|hashed|hash|encrypted|obfuscated|safe|public|special|prompt|completion|input|output|total|sync|resume|cancel|cursor|current|last|first|word|sub|text|image|csrf|csrfmiddleware|xsrf|dummy|fake|test|orm|log|per|url|of|id|name|key_id|label|field|type)_/;
/** Names that alone are as often a word of a text, an entry of a vault, or the key of a record. */
const AMBIGUOUS = /^(token|secret)$/;

/** The name of the sensitive value that an expression is; undefined for anything else. */
export function sensitiveName(
  node: Expression,
  names: Names,
): { readonly name: string; readonly isAmbiguous: boolean } | undefined {
  const written = nameOf(node, names);
  if (written === undefined) return undefined;
  const name = written
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
  const isHeader = name === "authorization" && (node.kind === "Subscript" || node.kind === "Call");
  if (!isHeader && (!SECRET.test(name) || HARMLESS.test(name))) return undefined;
  const isAmbiguous = AMBIGUOUS.test(name);
  // `checkout.token` is what the checkout is found by.
  if (isAmbiguous && node.kind === "Attribute") return undefined;
  return { name: written.slice(0, 60), isAmbiguous };
}

function nameOf(node: Expression, names: Names): string | undefined {
  if (node.kind === "Name") return node.id;
  if (node.kind === "Attribute") return node.attr;
  if (node.kind === "Subscript") return textOf(node.slice);
  // `data.get("password")`, `os.getenv("API_KEY")`.
  const called =
    calledName(node, names) ?? (node.kind === "Call" && node.func.kind === "Attribute" ? node.func.attr : "");
  return node.kind === "Call" && /(^|\.)(get|getenv|pop)$/.test(called) ? textOf(node.args[0]) : undefined;
}

const WHOLE = /^(self\.|cls\.)?(flask\.)?(request|req)\.(body|data|headers|META|POST|form|json|cookies)$/;
const WHOLE_CALL = /^(self\.|cls\.)?(flask\.)?(request|req)\.(get_json|get_data|json|body|form)$/;

/** What a request brought, as a whole: `request.headers`, `await request.json()`. */
export function wholeRequest(node: Expression, names: Names): string | undefined {
  const name = node.kind === "Call" ? calledName(node, names) : qualifiedName(node, names);
  const isWhole = (node.kind === "Call" ? WHOLE_CALL : WHOLE).test(name ?? "");
  return isWhole ? dottedName(node.kind === "Call" ? node.func : node) : undefined;
}

/** Calls that only turn a value into text. */
const AS_TEXT = /^(str|repr|dict|json\.dumps|pprint\.pformat|pformat|dumps)$/;

/** The values that an argument of a log call writes out, whatever text is around them. */
export function* writtenValues(node: Expression, names: Names): Generator<Expression> {
  switch (node.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      yield node;
      return;
    case "JoinedStr":
      for (const value of node.values) yield* writtenValues(value, names);
      return;
    case "List":
    case "Tuple":
    case "Set":
      for (const element of node.elts) yield* writtenValues(element, names);
      return;
    case "Dict":
      for (const { value } of node.items) yield* writtenValues(value, names);
      return;
    case "BinOp":
      if (node.op !== "%" && node.op !== "+") return;
      yield* writtenValues(node.left, names);
      yield* writtenValues(node.right, names);
      return;
    case "BoolOp":
      if (node.op === "or") yield* writtenValues(node.left, names);
      yield* writtenValues(node.right, names);
      return;
    case "IfExp":
      yield* writtenValues(node.body, names);
      yield* writtenValues(node.orelse, names);
      return;
    case "Await":
    case "Starred":
    case "NamedExpr":
      if (node.value) yield* writtenValues(node.value, names);
      return;
    case "Call":
      yield node;
      for (const argument of textArguments(node, names)) yield* writtenValues(argument, names);
      return;
    default:
  }
}

function textArguments(node: Call, names: Names): readonly Expression[] {
  const isFormat = node.func.kind === "Attribute" && node.func.attr === "format";
  if (!isFormat && !AS_TEXT.test(calledName(node, names) ?? "")) return [];
  return [...node.args, ...node.keywords.map(({ value }) => value)];
}
