import { textOf, truthOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { calledName, dottedName, type Names, namesOf } from "./names.ts";
import type { Call, Expression, FunctionDef, Module, Statement } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** What one module measures or reports by itself, and whether the product starts there. */
export interface TelemetryIn {
  /** Where an application is made, or a platform calls; undefined for other modules. */
  readonly entry: { readonly line: number; readonly rank: number } | undefined;
  /** Gives numbers of requests away: a route, a client of a cloud's metrics, samples of traces. */
  readonly measures: { readonly line: number; readonly by: string } | undefined;
  /** Sends errors to a person. */
  readonly reports: { readonly line: number; readonly by: string } | undefined;
}

/** Applications by what makes them, the surest first. */
const ENTRIES: readonly RegExp[] = [
  /(^|\.)(Flask|FastAPI|Starlette|Sanic|Quart|Litestar|APIFlask|OpenAPI|Robyn|FlaskApp|NinjaAPI|Chalice|Typer|Faust)$|^(falcon\.(asgi\.)?(App|API)|aiohttp\.web\.Application|tornado\.web\.Application|web\.Application|bottle\.Bottle|dash\.Dash|grpc\.(aio\.)?server|http\.server\.HTTPServer)$/,
  /(^|\.)(get_[wa]sgi_application|Celery|Configurator|DAG|worker\.Worker|Worker)$/,
  /(^|\.)(uvicorn\.run|execute_from_command_line|serve|create_app)$/,
];
const HANDLER = /^(lambda_)?handler$|^lambda_handler$/;
/** After the applications: functions of a platform, and the file that starts Django. */
const HANDLER_RANK = ENTRIES.length;

/** A layer around every request that takes times or counts. */
const MIDDLEWARE = /(metrics?|prometheus|statsd|telemetry|tracing|instrumentation)_?middleware/i;

/** What a module measures, reports and starts. */
export function readTelemetry(module: Module): TelemetryIn {
  const names = namesOf(module);
  const found: { -readonly [Key in keyof TelemetryIn]: TelemetryIn[Key] } = {
    entry: undefined,
    measures: undefined,
    reports: undefined,
  };
  const enter = (line: number, rank: number): void => {
    if (found.entry === undefined || rank < found.entry.rank) found.entry = { line, rank };
  };
  const mayMail = mentions(module, /SMTPHandler|AdminEmailHandler/);
  const mayMeasure = mentions(module, /middleware/i);
  const mayServe = mentions(module, /metrics/);
  const known = new Map<string, ReturnType<typeof startedBy>>();
  for (const statement of statementsOf(module)) {
    const { node, scope } = statement;
    if (node.kind === "FunctionDef" && scope.definitions.length === 0 && isHandler(node))
      enter(node.line, HANDLER_RANK);
    if (setsAdmins(node)) found.reports ??= { line: node.line, by: "mail to ADMINS" };
    for (const inner of mayMail || mayMeasure ? statement.expressions : statement.calls) {
      const word = mayMail || mayMeasure ? (textOf(inner) ?? dottedName(inner) ?? "") : "";
      if (mayMail && /(^|\.)(AdminEmailHandler|SMTPHandler|BufferingSMTPHandler)$/.test(word))
        found.reports ??= { line: inner.line, by: "mail" };
      if (mayMeasure && MIDDLEWARE.test(word)) found.measures ??= { line: inner.line, by: "a middleware of its own" };
      if (inner.kind !== "Call") continue;
      const called = calledName(inner, names) ?? "";
      const { rank, cloud } = known.get(called) ?? startedBy(called);
      known.set(called, { rank, cloud });
      if (rank >= 0) enter(inner.line, rank);
      const by = cloud ?? measureOf(inner, called, names, mayServe);
      if (by !== undefined) found.measures ??= { line: inner.line, by };
    }
  }
  return found;
}

function isHandler({ name, args }: FunctionDef): boolean {
  return (
    (HANDLER.test(name) && args.length >= 2) ||
    (/_handler$/.test(name) &&
      args
        .slice(0, 2)
        .map((one) => one.name)
        .join() === "event,context")
  );
}

function setsAdmins(node: Statement): boolean {
  if (node.kind !== "Assign" || node.value === null) return false;
  const isAdmins = node.targets.some((target) => dottedName(target) === "ADMINS");
  return isAdmins && node.value.kind !== "Constant" && truthOf(node.value) !== false;
}

/** What the name of a call alone tells: which application it makes, and which client of a cloud's metrics it is. */
function startedBy(called: string): { readonly rank: number; readonly cloud: string | undefined } {
  const rank = ENTRIES.findIndex((pattern) => pattern.test(called));
  if (/\.put_metric_data$/.test(called)) return { rank, cloud: "CloudWatch" };
  return { rank, cloud: /\.create_time_series$/.test(called) ? "Cloud Monitoring" : undefined };
}

function measureOf(call: Call, called: string, names: Names, mayServe: boolean): string | undefined {
  if (called === "sentry_sdk.init" && call.keywords.some(isTracing)) return "Sentry";
  return mayServe && isRoute(call, names) && call.args.some(isMetricsPath) ? "a route of its own" : undefined;
}

/** `traces_sample_rate=0.1`, `enable_tracing=True`; what is computed may well be more than nothing. */
function isTracing({ arg, value }: Call["keywords"][number]): boolean {
  return /^(traces_sample_rate|traces_sampler|enable_tracing)$/.test(arg ?? "") && truthOf(value) !== false;
}

function isRoute({ func }: Call, names: Names): boolean {
  const name =
    func.kind === "Attribute"
      ? func.attr
      : (calledName({ kind: "Call", func, args: [], keywords: [], line: 0 }, names) ?? "");
  return /(^|\.)(get|route|path|re_path|url|add_get|add_route|add_url_rule|add_api_route|Route|Mount|mount)$/.test(
    name,
  );
}

function isMetricsPath(node: Expression): boolean {
  return /^\^?\/?([\w/]*\/)?metrics\/?\$?$/.test(textOf(node) ?? "");
}
