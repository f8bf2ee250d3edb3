import { textOf, truthOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, type Names, namesOf, qualifiedName } from "./names.ts";
import type { ClassDef, Expression, FunctionDef, Keyword, Module } from "./syntax.ts";
import { type Scope, statementsOf } from "./walk.ts";

/** Work that nobody waits for, and what one module does when it fails. */
export interface JobsIn {
  /** The first of each sort. */
  readonly jobs: readonly { readonly kind: "task" | "pipeline"; readonly line: number }[];
  /** Tells a person. */
  readonly alerts: { readonly line: number; readonly by: string } | undefined;
  /** Tries again. */
  readonly retries: number | undefined;
  /** Takes what its pipelines do on failure from another module. */
  readonly sharesDefaults: boolean;
}

const NOTHING: JobsIn = { jobs: [], alerts: undefined, retries: undefined, sharesDefaults: false };
const RUNNERS =
  /\b(celery|dramatiq|huey|arq|taskiq|airflow|dagster|prefect|luigi|apscheduler|procrastinate|django_q|django_rq|background_task)\b/;
const TASK =
  /^(celery\.shared_task|dramatiq\.actor|rq\.decorators\.job|rq\.job|django_rq\.job|huey\.contrib\.djhuey\.\w*task|background_task\.background|background|celery\.task(\.task)?|celery\.decorators\.\w+)$|(^|\.)(\w*app|\w*celery\w*|huey|\w*broker|scheduler|procrastinate\w*)\.(task|periodic_task|scheduled_job)$/i;
const PIPELINE =
  /^(prefect\.flow|dagster\.(job|asset|graph_asset|schedule|multi_asset)|airflow\.decorators\.dag|airflow\.sdk\.dag)$/;
const PIPELINE_CALL =
  /^(airflow\.(models\.(dag\.)?)?DAG|airflow\.sdk\.DAG|dagster\.(define_asset_job|ScheduleDefinition))$/;
/** Arguments, and keys of `default_args`, by which somebody is told. */
const TELLS =
  /^(on_failure_callback|on_failure|sla|sla_miss_callback|sla_seconds|deadline|on_crashed|email_on_failure|failure_hooks|on_retry_callback)$/;
const RETRIES = /^(autoretry_for|retry_backoff|max_retries|retries|retry_policy|retry|retry_kwargs)$/;
const PINGS = /hc-ping\.com|healthchecks\.io|cronitor|deadmanssnitch|betterstack|opsgenie|pagerduty/i;
const SIGNALS =
  /(^|\.)(task_failure|run_failure_sensor|make_\w+_on_failure_sensor|failure_hook|sentry_sdk\.crons|set_exc_handler|exc_handler|push_exc_handler|handle_failure)(\.|$)/;

/** Tasks and pipelines of a module, and what becomes of those that fail. */
export function readJobs(module: Module): JobsIn {
  const isRelevant =
    mentions(module, RUNNERS) ||
    mentions(module, /\brq\b/) ||
    mentions(module, /on_failure|email_on_failure|task_failure/) ||
    mentions(module, PINGS);
  if (!isRelevant) return NOTHING;
  const names = namesOf(module);
  const jobs = new Map<"task" | "pipeline", number>();
  let alerts: JobsIn["alerts"];
  let retries: number | undefined;
  let sharesDefaults = false;
  const note = (kind: "task" | "pipeline" | undefined, line: number): void => {
    if (kind !== undefined && !jobs.has(kind)) jobs.set(kind, line);
  };
  const tell = (line: number, by: string): void => {
    alerts ??= { line, by };
  };
  for (const { node, scope, expressions } of statementsOf(module)) {
    if (node.kind === "ImportFrom") {
      sharesDefaults ||= node.names.some(({ name }) => /default_?args|dag_defaults|get_default/i.test(name));
      for (const { name } of node.names) if (SIGNALS.test(`${node.module}.${name}`)) tell(node.line, name);
    }
    if (node.kind === "FunctionDef") {
      note(definedBy(node, names), node.line);
      if (node.name === "on_failure" && scope.class) tell(node.line, "on_failure");
    }
    if (node.kind === "ClassDef") note(classKind(node, names), node.line);
    for (const inner of expressions) {
      const settings = settingsOf(inner);
      if (mails(settings)) tell(inner.line, "email");
      for (const { key, line, value } of settings) {
        if (tells(key, value)) tell(line, key);
        if (RETRIES.test(key) && truthOf(value) !== false) retries ??= line;
      }
      if (isPipeline(inner, names, scope)) note("pipeline", inner.line);
      if (inner.kind === "Call" && inner.func.kind === "Attribute" && inner.func.attr === "retry")
        retries ??= inner.line;
      const word = textOf(inner) ?? qualifiedName(inner, names) ?? "";
      if (SIGNALS.test(word) || (PINGS.test(word) && word.length < 300)) tell(inner.line, word.slice(0, 60));
    }
  }
  return { jobs: [...jobs].map(([kind, line]) => ({ kind, line })), alerts, retries, sharesDefaults };
}

/** A function that is given the default arguments makes pipelines for those who call it. */
function isPipeline(node: Expression, names: Names, scope: Scope): boolean {
  if (node.kind !== "Call" || !PIPELINE_CALL.test(qualifiedName(node.func, names) ?? "")) return false;
  const defaults = argumentOf(node, "default_args");
  return !(defaults?.kind === "Name" && scope.function?.args.some(({ name }) => name === defaults.id));
}

function definedBy({ decorators }: FunctionDef, names: Names): "task" | "pipeline" | undefined {
  const by = decorators.map((one) => (qualifiedName(one.kind === "Call" ? one.func : one, names) ?? "").slice(0, 200));
  if (by.some((name) => TASK.test(name))) return "task";
  return by.some((name) => PIPELINE.test(name)) ? "pipeline" : undefined;
}

function classKind({ bases }: ClassDef, names: Names): "task" | "pipeline" | undefined {
  const by = bases.map((one) => qualifiedName(one, names) ?? "");
  if (by.some((name) => /^luigi\.(Task|WrapperTask)$/.test(name))) return "pipeline";
  return by.some((name) => /^celery\.(app\.task\.)?Task$/.test(name)) ? "task" : undefined;
}

interface Setting {
  readonly key: string;
  readonly line: number;
  readonly value: Expression;
}

/** Keyword arguments of a call, and the entries of a dictionary. */
function settingsOf(node: Expression): readonly Setting[] {
  if (node.kind === "Call")
    return node.keywords.flatMap(({ arg, value }: Keyword) =>
      arg === null ? [] : [{ key: arg, line: value.line, value }],
    );
  if (node.kind !== "Dict") return [];
  return node.items.flatMap(({ key, value }) => {
    const text = textOf(key);
    return text === undefined ? [] : [{ key: text, line: value.line, value }];
  });
}

function tells(key: string, value: Expression): boolean {
  return TELLS.test(key) && truthOf(value) !== false;
}

/** Airflow mails whom the default arguments name, unless `email_on_failure` is off. */
function mails(settings: readonly Setting[]): boolean {
  const of = (wanted: string) => settings.find(({ key }) => key === wanted)?.value;
  const isDefaults = settings.some(({ key }) => /^(owner|retries|retry_delay|start_date|depends_on_past)$/.test(key));
  const email = of("email");
  return isDefaults && email !== undefined && truthOf(email) !== false && truthOf(of("email_on_failure")) !== false;
}
