import { booleanOf, textOf } from "./literals.ts";
import { lineOf, type Mend, withoutArgument } from "./mends.ts";
import { mentions } from "./mentions.ts";
import { dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import { purposeOf } from "./purpose.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import type { Assign, Call, Expression, Module } from "./syntax.ts";
import { isHarmless, isLocal, isOffBeside, isOption } from "./tls/options.ts";
import { type Scope, statementsOf } from "./walk.ts";

/** One place that keeps a certificate, or a host's key, from being checked. */
export interface TlsCheck extends Silenceable {
  /** As it is written: `verify=False`. */
  readonly says: string;
  /**
   * `off`: nothing is checked; `own`: neither, and the address is not written here, as of a service of one's own;
   * `name`: the host's name alone is not checked; `hidden`: only the warning goes away.
   */
  readonly effect: "off" | "own" | "name" | "hidden";
  /** True where the other side is this machine, or what is read is a tool of those who build it. */
  readonly isLocal: boolean;
  /** What has it checked, where that needs nobody's word. */
  readonly mend?: (Mend & { readonly needs?: "ssl" }) | undefined;
}

const MENTION =
  /verify|ssl|CERT_NONE|check_hostname|InsecureRequestWarning|disable_warnings|AutoAddPolicy|WarningPolicy|PYTHONHTTPSVERIFY|GIT_SSL_NO_VERIFY|starttls/;
const HTTP = /^(requests|httpx|aiohttp|hvac|boto3|botocore|urllib3|niquests)\b/;
const SENDS =
  /(^|\.)(get|post|put|patch|delete|head|options|request|stream|send|Session|session|Client|AsyncClient|client|resource|AsyncHTTPTransport|HTTPTransport)$/;
const AIOHTTP = /(^|\.)(get|post|put|patch|delete|head|request|ws_connect|TCPConnector)$/;
const PEERS = /\b(S501|S323|S50[2347])\b/;

type Finding = Pick<TlsCheck, "says" | "effect"> & { readonly line?: number };

const STARTTLS = "starttls() without a context";

/** Where a file keeps certificates and host keys from being checked. */
export function readTlsChecks(module: Module): readonly TlsCheck[] {
  if (!mentions(module, MENTION)) return [];
  const names = namesOf(module);
  const speaks = (pattern: RegExp): boolean => [...names.values()].some((name) => pattern.test(name));
  const usesHttp = speaks(HTTP);
  const isTool = purposeOf(module.path) !== "production";
  const found: TlsCheck[] = [];
  for (const { node, scope, expressions } of statementsOf(module)) {
    const add = (line: number, finding: Finding | undefined, call?: Call): void => {
      if (!finding || isOption(scope) || isHarmless(scope)) return;
      const isSilent = [line, finding.line ?? line].some((one) => isSilenced(module, one, PEERS));
      const mend = call && mendOf(module, finding.line ?? line, finding.says);
      const isNear = isTool || (call !== undefined && isLocal(call, scope, module));
      found.push({ line, isSilenced: isSilent, ...finding, mend, isLocal: isNear });
    };
    if (node.kind === "Assign") for (const one of assigned(node, names, usesHttp, scope)) add(node.line, one);
    for (const part of expressions) {
      if (part.kind === "Call") add(part.line, called(part, names, speaks), part);
      if (part.kind === "Dict") for (const [line, one] of listed(part, names)) add(line, one);
    }
  }
  return found;
}

function assigned({ targets, value }: Assign, names: Names, usesHttp: boolean, scope: Scope): readonly Finding[] {
  if (!value) return [];
  return targets.flatMap((target): readonly Finding[] => {
    if (target.kind === "Subscript") {
      const isEnvironment = qualifiedName(target.value, names) === "os.environ";
      return isEnvironment ? present(environment(textOf(target.slice), textOf(value))) : [];
    }
    const name = dottedName(target) ?? "";
    if (target.kind !== "Attribute") return [];
    if (/^(verify_mode|cert_reqs)$/.test(target.attr) && isCertNone(value, names))
      return [{ says: `${target.attr} = CERT_NONE`, effect: "off" }];
    if (target.attr === "verify" && booleanOf(value) === false && usesHttp && scope.class?.name !== name)
      return [{ says: "verify = False", effect: "off" }];
    if (target.attr === "check_hostname" && booleanOf(value) === false && !isOffBeside(scope))
      return [{ says: "check_hostname = False", effect: "name" }];
    if (target.attr === "_create_default_https_context") return [{ says: "_create_unverified_context", effect: "off" }];
    return [];
  });
}

function called(node: Call, names: Names, speaks: (pattern: RegExp) => boolean): Finding | undefined {
  const name = qualifiedName(node.func, names) ?? (node.func.kind === "Attribute" ? `.${node.func.attr}` : "");
  if (/^ssl\._create_unverified_context$|\.ssl\._create_unverified_context$/.test(name))
    return { says: "_create_unverified_context", effect: "off" };
  if (/\.set_missing_host_key_policy$/.test(name)) return hostKeys(node, names);
  if (/^urllib3\.disable_warnings$|\.urllib3\.disable_warnings$/.test(name))
    return { says: "disable_warnings", effect: "hidden" };
  if (
    /\.starttls$/.test(name) &&
    speaks(/^(smtplib|imaplib)\b/) &&
    node.args.length === 0 &&
    node.keywords.length === 0
  )
    return { says: STARTTLS, effect: "off" };
  if (/^os\.(environ\.setdefault|putenv)$/.test(name)) return environment(textOf(node.args[0]), textOf(node.args[1]));
  for (const { arg, value, line } of node.keywords) {
    if (/^(ssl_)?cert_reqs$/.test(arg ?? "") && isCertNone(value, names))
      return { says: `${arg}=CERT_NONE`, effect: "off", line };
    if (booleanOf(value) !== false) continue;
    if (arg === "verify" && SENDS.test(name) && speaks(HTTP)) return { says: "verify=False", effect: "off", line };
    if (/^(ssl|verify_ssl)$/.test(arg ?? "") && AIOHTTP.test(name) && speaks(/^aiohttp\b/))
      return { says: `${arg}=False`, effect: /^(https|wss):/.test(textOf(node.args[0]) ?? "") ? "off" : "own", line };
  }
  return undefined;
}

/** Whatever was said of an argument, the call checks without it; mail is sent over a context that checks. */
function mendOf(module: Module, line: number, says: string): TlsCheck["mend"] {
  if (says === "verify=False") return withoutArgument(module, line, says);
  const piece = ".starttls()";
  // The name may stand for something else than the module.
  const isNamed = mentions(module, /\bssl\s*[:=,)]|\bas ssl\b|\bdef ssl\b/);
  if (says !== STARTTLS || isNamed || !lineOf(module, line).includes(piece)) return undefined;
  return { line, piece, by: ".starttls(context=ssl.create_default_context())", needs: "ssl" };
}

function hostKeys(node: Call, names: Names): Finding | undefined {
  const [policy] = node.args;
  const name = policy && (qualifiedName(policy.kind === "Call" ? policy.func : policy, names) ?? "");
  const [says] = /(AutoAddPolicy|WarningPolicy)$/.exec(name ?? "") ?? [];
  return says === undefined ? undefined : { says, effect: "off" };
}

/** Keys of dictionaries that become settings of a connection. */
function listed(dict: Extract<Expression, { kind: "Dict" }>, names: Names): readonly (readonly [number, Finding])[] {
  return dict.items.flatMap(({ key, value }) => {
    const name = textOf(key) ?? "";
    if (/^(ssl_)?cert_reqs$/.test(name) && isCertNone(value, names))
      return [[value.line, { says: `${name}: CERT_NONE`, effect: "off" }] as const];
    const one = environment(name, textOf(value));
    return one ? [[value.line, one] as const] : [];
  });
}

function isCertNone(value: Expression, names: Names): boolean {
  const name = qualifiedName(value, names);
  return (
    name === "ssl.CERT_NONE" || name?.endsWith(".ssl.CERT_NONE") || /^(CERT_NONE|none)$/i.test(textOf(value) ?? "")
  );
}

function environment(name: string | undefined, value: string | undefined): Finding | undefined {
  if (value === undefined) return undefined;
  const isOff =
    name === "PYTHONHTTPSVERIFY" ? value === "0" : name === "GIT_SSL_NO_VERIFY" && /^(1|true)$/i.test(value);
  return isOff ? { says: `${name}=${value}`, effect: "off" } : undefined;
}

function present(finding: Finding | undefined): readonly Finding[] {
  return finding ? [finding] : [];
}
