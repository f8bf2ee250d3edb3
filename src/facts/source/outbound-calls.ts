import { isNone } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, dottedName, hasUnknownKeywords, type Names, namesOf, qualifiedName } from "./names.ts";
import { type Sessions, sessionsOf } from "./outbound/sessions.ts";
import { purposeOf } from "./purpose.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import type { Call, Module } from "./syntax.ts";
import { isLocal } from "./tls/options.ts";
import { callsOf, type Scope } from "./walk.ts";

/** One request that the product sends. */
export interface OutboundCall extends Silenceable {
  /** `requests.get`. */
  readonly called: string;
  /** `none` where it waits for ever; `unknown` where its keywords are handed on. */
  readonly timeout: "set" | "none" | "unknown";
}

export interface OutboundCalls {
  readonly calls: readonly OutboundCall[];
  /** True where the file gives every socket a time-out. */
  readonly limitsSockets: boolean;
}

const MENTION = /requests|urlopen|httpx|setdefaulttimeout/;
const VERB = /^(get|post|put|patch|delete|head|options|request)$/;
const REQUESTS = /^requests\.(get|post|put|patch|delete|head|options|request)$/;
const HTTPX = /^httpx\.(get|post|put|patch|delete|head|options|request|Client|AsyncClient|Timeout)$/;
/** Calls that wait until there is work, by design. */
const LONG_POLL = /AWS_LAMBDA_RUNTIME_API/;
const PEERS = /\bS113\b/;

/** The requests that a file sends, and whether each has an end. */
export function readOutboundCalls(module: Module): OutboundCalls {
  if (!mentions(module, MENTION) || purposeOf(module.path) !== "production" || mentions(module, LONG_POLL))
    return { calls: [], limitsSockets: false };
  const names = namesOf(module);
  const sessions = sessionsOf(module, names);
  let limitsSockets = false;
  const calls = [...callsOf(module)].flatMap(({ node, scope }) => {
    const called = qualifiedName(node.func, names) ?? "";
    if (called === "socket.setdefaulttimeout" && !isNone(node.args[0])) limitsSockets = true;
    const timeout = timeoutOf(node, called, sessions, scope, names);
    if (timeout === undefined || isLocal(node, scope, module)) return [];
    return [{ line: node.line, isSilenced: isSilenced(module, node.line, PEERS), called, timeout }];
  });
  return { calls, limitsSockets };
}

/** Undefined for what sends no request. */
function timeoutOf(
  node: Call,
  called: string,
  sessions: Sessions,
  scope: Scope,
  names: Names,
): OutboundCall["timeout"] | undefined {
  if (called === "urllib.request.urlopen") return limitOf(node, 2, "none");
  // Five seconds, unless a call says otherwise.
  if (HTTPX.test(called)) return limitOf(node, called.endsWith("Timeout") ? 0 : undefined, "set");
  // `self.requests.get` and a dictionary of that name are something else.
  if (REQUESTS.test(called) && isImported(node, names)) return limitOf(node, undefined, "none");
  const { func } = node;
  if (func.kind !== "Attribute" || !VERB.test(func.attr)) return undefined;
  const owner = dottedName(func.value);
  return owner !== undefined && sessions.isPlain(owner, scope) ? limitOf(node, undefined, "none") : undefined;
}

function limitOf(node: Call, place: number | undefined, otherwise: "set" | "none"): OutboundCall["timeout"] {
  const timeout = argumentOf(node, "timeout", place);
  if (timeout) return isNone(timeout) ? "none" : "set";
  if (hasUnknownKeywords(node) || node.args.some(({ kind }) => kind === "Starred")) return "unknown";
  return otherwise;
}

function isImported(node: Call, names: Names): boolean {
  return names.has(dottedName(node.func)?.split(".")[0] ?? "");
}
