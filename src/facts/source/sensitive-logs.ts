import { booleanOf } from "./literals.ts";
import { isAtTerminal, isLogCall } from "./log-calls.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, calledName, dottedName, type Names, namesOf } from "./names.ts";
import { sensitiveName, wholeRequest, writtenValues } from "./sensitive-names.ts";
import type { Call, Expression, FunctionDef, Module, Statement } from "./syntax.ts";
import { type Scope, statementsOf, within } from "./walk.ts";
import { hasName } from "./words.ts";

/** One place where what is sensitive gets into logs or traces. */
export interface SensitiveLog {
  readonly line: number;
  /** `value` and `request` go through a logger or `print`, which a filter may clean. */
  readonly kind: "value" | "request" | "personal-data" | "queries";
  readonly what: string;
  readonly isPrinted: boolean;
}

export interface SensitiveLogs {
  readonly found: readonly SensitiveLog[];
  /** Where something takes sensitive values out of what is logged. */
  readonly redacts: number | undefined;
}

const MOST = 20;
const NAMES_A_SECRET =
  /passw|passphrase|secret|private_?key|api_?key|token|ssn|social_security|cvv|cvc|card|birth|dob|auth|request|req\.|send_default_pii|echo/i;
const REDACTS =
  /redact|saniti[sz]|scrub|censor|obfuscat|mask_?(sensitive|secret|pii|password)|(sensitive|secret|pii|password)\w{0,30}(filter|mask|formatter)|filter_?sensitive|hide_?secret/i;
/** Functions that make a value harmless. */
const HARMLESS = /mask|redact|hash|obfuscat|scrub|saniti|censor|truncat|shorten|encrypt|digest|anonymi/i;
/** A program that a person calls prints what the person asked for. */
const COMMAND_LINE = /\b(argparse|click|typer|optparse|docopt|getpass|traitlets)\b|__name__ ==/;
/** What tells that a token lets somebody in, and what tells that it is a word, or an entry of a vault. */
const OF_ACCESS = /auth|login|jwt|bearer|password|credential|api_?key/i;
const OF_TEXT =
  /\b(transformers|tokenizers|tiktoken|nltk|spacy|sentencepiece|tokenize|ply|pygments|lark|pyparsing|kubernetes|hvac|secretmanager|SecretsManager|secretsmanager)\b/;

/** Where a module lets passwords, tokens, personal data or whole requests into its logs. */
export function readSensitiveLogs(module: Module): SensitiveLogs {
  if (!mentions(module, /log|print|sentry|echo/i) || !(mentions(module, NAMES_A_SECRET) || mentions(module, REDACTS)))
    return { found: [], redacts: undefined };
  const names = namesOf(module);
  const readable = mentions(module, OF_ACCESS) && !mentions(module, OF_TEXT);
  const isCommand = mentions(module, COMMAND_LINE);
  const harmless = harmlessNames(module, names);
  const maySet = hasName(module, /(^|\.)create_(async_)?engine$|^sentry_sdk\b/);
  const found: SensitiveLog[] = [];
  let redacts: number | undefined;
  for (const { node, scope, calls } of statementsOf(module)) {
    if (isRedaction(node)) redacts ??= node.line;
    if (node.kind === "Assign" && isEcho(node.targets, node.value, scope))
      found.push({ line: node.line, kind: "queries", what: "SQLALCHEMY_ECHO", isPrinted: false });
    for (const inner of calls) {
      if (found.length >= MOST) break;
      const setting = maySet ? settingOf(inner, names, scope) : undefined;
      if (setting) found.push(setting);
      const isPrinted = inner.func.kind === "Name" && inner.func.id === "print" && !isCommand && !isAtTerminal(scope);
      if (!isPrinted && !isLogCall(inner, names)) continue;
      const leak = leakOf(inner, names, (name, isAmbiguous) =>
        isAmbiguous ? readable && !harmless.get(scope.function)?.has(name) : !harmless.get(scope.function)?.has(name),
      );
      if (leak) found.push({ ...leak, line: inner.line, isPrinted });
    }
  }
  return { found: found.slice(0, MOST), redacts };
}

/** A filter or formatter by its base, or a processor of structlog by what it takes, whose name says what it does. */
function isRedaction(node: Statement): boolean {
  if (node.kind === "ClassDef")
    return (
      REDACTS.test(node.name) && node.bases.some((base) => /(Filter|Formatter|Processor)$/.test(dottedName(base) ?? ""))
    );
  return (
    node.kind === "FunctionDef" &&
    REDACTS.test(node.name) &&
    node.args.some(({ name }) => /^(event_dict|log_?record|record)$/.test(name))
  );
}

function leakOf(
  call: Call,
  names: Names,
  isOpen: (name: string, isAmbiguous: boolean) => boolean,
): Pick<SensitiveLog, "kind" | "what"> | undefined {
  const given = [
    ...call.args,
    ...call.keywords
      .filter(({ arg }) => !/^(exc_info|stack_info|stacklevel|file|end|sep|flush)$/.test(arg ?? ""))
      .map(({ value }) => value),
  ];
  for (const value of given.flatMap((argument) => [...writtenValues(argument, names)])) {
    const request = wholeRequest(value, names);
    if (request !== undefined) return { kind: "request", what: request };
    const secret = sensitiveName(value, names);
    if (secret && isOpen(secret.name, secret.isAmbiguous)) return { kind: "value", what: secret.name };
  }
  return undefined;
}

/** Names, by function, that a loop binds or that were made harmless before. */
function harmlessNames(module: Module, names: Names): ReadonlyMap<FunctionDef | undefined, ReadonlySet<string>> {
  const known = new Map<FunctionDef | undefined, Set<string>>();
  const mayCall = hasName(module, HARMLESS);
  const add = (owner: FunctionDef | undefined, target: Expression): void => {
    const set = known.get(owner) ?? new Set<string>();
    known.set(owner, set);
    for (const one of within(target)) if (one.kind === "Name") set.add(one.id);
  };
  for (const { node, scope } of statementsOf(module)) {
    if (node.kind === "For") add(scope.function, node.target);
    if (node.kind !== "Assign" || node.value === null) continue;
    const { value } = node;
    const isCut = value.kind === "Subscript" && value.slice.kind === "Other";
    if (isCut || (mayCall && within(value).some((one) => HARMLESS.test(calledName(one, names) ?? ""))))
      for (const target of node.targets) add(scope.function, target);
  }
  return known;
}

/** `send_default_pii=True`, `create_engine(…, echo=True)`. */
function settingOf(call: Call, names: Names, scope: Scope): SensitiveLog | undefined {
  const called = calledName(call, names) ?? "";
  const at = { line: call.line, isPrinted: false };
  if (/^sentry_sdk\.init$/.test(called)) {
    const setting = argumentOf(call, "send_default_pii");
    if (booleanOf(setting))
      return { ...at, line: setting?.line ?? call.line, kind: "personal-data", what: "send_default_pii" };
  }
  if (!/(^|\.)create_(async_)?engine$/.test(called) || scope.conditions.length > 0) return undefined;
  const echo = argumentOf(call, "echo");
  return booleanOf(echo) ? { ...at, line: echo?.line ?? call.line, kind: "queries", what: "echo" } : undefined;
}

/** In production; classes and branches for other places say so. */
function isEcho(targets: readonly Expression[], value: Expression | null, scope: Scope): boolean {
  if (booleanOf(value) !== true || scope.conditions.length > 0) return false;
  if (scope.class && /dev|test|local|debug/i.test(scope.class.name)) return false;
  return targets.some((target) => dottedName(target) === "SQLALCHEMY_ECHO");
}
