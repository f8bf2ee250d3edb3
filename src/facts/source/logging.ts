import { textOf } from "./literals.ts";
import { isAtTerminal, isLogCall, isLogger } from "./log-calls.ts";
import { mentions } from "./mentions.ts";
import { calledName, dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import type { Call, Expression, Module, Statement } from "./syntax.ts";
import { statementsIn, statementsOf } from "./walk.ts";
import { wordsOf } from "./words.ts";

/** What one module does about logs; each is the line where it first does. */
export interface LoggingIn {
  /** Sets levels or handlers. */
  readonly configures: number | undefined;
  /** Lets a function of that name set them, which another file or package holds. */
  readonly delegates: { readonly line: number; readonly to: string } | undefined;
  /** Makes the lines such that a machine reads them. */
  readonly structures: number | undefined;
  /** Puts the same identifier on all lines of a request or task. */
  readonly correlates: number | undefined;
  readonly logs: number | undefined;
  /** Prints where nobody looks at a terminal. */
  readonly prints: number | undefined;
}

const NOTHING: LoggingIn = {
  configures: undefined,
  delegates: undefined,
  structures: undefined,
  correlates: undefined,
  logs: undefined,
  prints: undefined,
};

const CONFIGURES =
  /^(logging\.basicConfig|logging\.config\.\w+Config|structlog\.configure(_once)?|structlog\.stdlib\.recreate_defaults|loguru\.logger\.(add|configure)|coloredlogs\.install|daiquiri\.(setup|\w+Config)|logzero\.\w+|logfire\.(configure|LogfireLoggingHandler)|absl\.app\.run|verboselogs\.install|tornado\.log\.\w+|tornado\.options\.parse_(command_line|config_file)|aws_lambda_powertools(\.logging)?\.Logger|eliot\.to_file|dictConfig|fileConfig|google\.cloud\.logging\S*\.\w+Handler)$/;
/** Imported, they log to standard error, or set logging up as they start. */
const READY = /^(loguru|logzero|traitlets\.config|tornado\.options|frappe|eliot)(\.|$)/;
/** Functions whose name says that they set logging up. */
const DELEGATES =
  /^(set_?up|init|initiali[sz]e|configure|config|install|enable|start|prepare)_?(\w{1,20}_)?log(s|ger|gers|ging)?(_?(config(uration)?|handlers?|levels?))?$|^log(ging|ger)?_?(config(uration)?|setup|init)$/i;
/** Keywords and names by which servers and frameworks take a configuration. */
const SETTING = /^(LOGGING|LOGGING_CONFIG|logconfig|logconfig_dict|logconfig_json|log_config)$/;
const STRUCTURES =
  /json_?log|json_?formatter|^structlog(\.|$)|logstash|ecs_logging|stackdriver|structuredlog|structured_log|cloudlogginghandler|logfmt|gelf|googlecloud\w*(handler|formatter)/i;
const CORRELATES =
  /correlation_?id|request_?id|trace_?id|x-request-id|x-correlation-id|merge_contextvars|bind_contextvars|inject_lambda_context|asgi_correlation_id|django_guid|django_structlog|requestidfilter|logginginstrumentor|logs_injection/i;
/** `{"level": "%(levelname)s"}`, or three pairs of `key=%(value)s`. */
const STRUCTURED_FORMAT = /^\s*\{\s*\\?"[\w.]+\\?"\s*:|(\b\w+=["']?(%\(|\{)\w+[^=]{1,20}){3}/;

/** What a module does about logs. */
export function readLogging(module: Module): LoggingIn {
  if (!mentions(module, /log|print/i)) return NOTHING;
  const names = namesOf(module);
  const found: { -readonly [Key in keyof LoggingIn]: LoggingIn[Key] } = { ...NOTHING };
  const note = (what: Exclude<keyof LoggingIn, "delegates">, line: number): void => {
    found[what] ??= line;
  };
  const usesLogging = mentions(module, /\b(logging|structlog|loguru|powertools)\b|\bLOGGING\b/);
  const words = [...wordsOf(module)];
  const structuring = new Set(words.filter((word) => STRUCTURES.test(word)));
  const correlating = new Set(words.filter((word) => CORRELATES.test(word)));
  const delegating = new Set(words.filter((word) => DELEGATES.test(word)));
  for (const statement of statementsOf(module)) {
    const { node, scope } = statement;
    if (isSetting(node)) note("configures", node.line);
    if (writesJson(node)) note("structures", node.line);
    for (const name of namesIn(node)) {
      if (READY.test(name)) note("configures", node.line);
      if (STRUCTURES.test(name)) note("structures", node.line);
      if (usesLogging && CORRELATES.test(name)) note("correlates", node.line);
    }
    for (const inner of usesLogging ? statement.expressions : statement.calls) {
      if (inner.kind === "Call") {
        if (configures(inner, names)) note("configures", inner.line);
        else if (isLogCall(inner, names)) note("logs", inner.line);
        else if (isPrint(inner) && !isAtTerminal(scope)) note("prints", inner.line);
        const to = delegateOf(inner, names, delegating);
        if (to !== undefined) found.delegates ??= { line: inner.line, to };
        if (calledName(inner, names) === "loguru.logger.add" && inner.keywords.some(({ arg }) => arg === "serialize"))
          note("structures", inner.line);
      }
      if (!usesLogging) continue;
      const text = textOf(inner)?.slice(0, MOST_TEXT);
      const word = text === undefined ? wordOf(inner) : undefined;
      if (word !== undefined ? structuring.has(word) : text !== undefined && isStructured(text))
        note("structures", inner.line);
      if (word !== undefined ? correlating.has(word) : text !== undefined && CORRELATES.test(text))
        note("correlates", inner.line);
    }
  }
  return found;
}

/** `LOGGING = {…}` of Django, `logconfig_dict = {…}` of Gunicorn. */
function isSetting(node: Statement): boolean {
  return (
    node.kind === "Assign" &&
    node.value !== null &&
    !(node.value.kind === "Constant" && node.value.type === "None") &&
    node.targets.some((target) => target.kind === "Name" && SETTING.test(target.id))
  );
}

/** A formatter of its own that writes JSON. */
function writesJson(node: Statement): boolean {
  if (node.kind !== "ClassDef" || !node.bases.some((base) => /Formatter$/.test(dottedName(base) ?? ""))) return false;
  return (
    /json/i.test(node.name) ||
    statementsIn(node.body).some(({ expressions }) =>
      expressions.some(
        (one) => one.kind === "Call" && /(^|\.)(json|orjson|ujson)\.dumps$|^dumps$/.test(dottedName(one.func) ?? ""),
      ),
    )
  );
}

/** The names that an import or a class brings in. */
function namesIn(node: Statement): readonly string[] {
  if (node.kind === "Import") return node.names.map(({ name }) => name);
  if (node.kind === "ImportFrom") return node.names.map(({ name }) => `${node.module}.${name}`);
  return [];
}

function wordOf(node: Expression): string | undefined {
  if (node.kind === "Name") return node.id;
  return node.kind === "Attribute" ? node.attr : undefined;
}

/** Characters of a text that are looked at. */
const MOST_TEXT = 300;

function isStructured(text: string): boolean {
  return STRUCTURES.test(text) || (text.includes("levelname") && STRUCTURED_FORMAT.test(text));
}

function configures(call: Call, names: Names): boolean {
  const called = calledName(call, names) ?? "";
  if (CONFIGURES.test(called)) return true;
  if (call.keywords.some(({ arg, value }) => arg === "log_config" && value.kind !== "Constant")) return true;
  if (call.func.kind !== "Attribute") return false;
  const { attr, value } = call.func;
  // A library gives itself a NullHandler, so that nothing comes out.
  if (attr === "addHandler") return !/NullHandler/.test(calledName(call.args[0] ?? call.func, names) ?? "");
  // Flask's logger has a handler; only its level is open.
  return (
    attr === "setLevel" &&
    isLogger(value, names) &&
    /(^|\.)(app|current_app|root)(\.logger)?$/.test(dottedName(value) ?? "")
  );
}

function delegateOf({ func }: Call, names: Names, delegating: ReadonlySet<string>): string | undefined {
  const name = func.kind === "Attribute" ? func.attr : dottedName(func);
  if (name !== undefined && delegating.has(name)) return qualifiedName(func, names) ?? name;
  const isInit = func.kind === "Attribute" && /^(init_app|setup|init)$/.test(func.attr);
  const owner = isInit ? (dottedName(func.value) ?? "") : "";
  return /(^|[._])log(s|ger|ging)?$/i.test(owner) ? qualifiedName(func, names) : undefined;
}

function isPrint({ func, keywords }: Call): boolean {
  return func.kind === "Name" && func.id === "print" && !keywords.some(({ arg }) => arg === "file");
}
