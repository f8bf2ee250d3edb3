import { mentions } from "./mentions.ts";
import { namesOf } from "./names.ts";
import { type DynaconfLoad, dynaconfLoad } from "./settings/dynaconf.ts";
import { mentionedWhereRaised, type Step, stepsOf } from "./settings/steps.ts";
import { readWebCalls, type WebCall } from "./settings/web-calls.ts";
import type { ClassDef, Module, Statement } from "./syntax.ts";
import { statementsIn, statementsOf } from "./walk.ts";

/** A class whose attributes are settings: of Flask's `from_object`, of pydantic, or of django-configurations. */
export interface SettingsClass {
  readonly name: string;
  /** As written, the last part. */
  readonly bases: readonly string[];
  readonly line: number;
  readonly steps: readonly Step[];
  /** What its validators raise for. */
  readonly refused: readonly string[];
  /** Settings that its methods are, or set. */
  readonly computed: readonly string[];
}

/** What one module tells of how a web application is set up. */
export interface SettingsSource {
  readonly steps: readonly Step[];
  readonly classes: readonly SettingsClass[];
  readonly calls: readonly WebCall[];
  readonly dynaconf: readonly DynaconfLoad[];
  /** Top-level names of the packages that it imports and that matter here. */
  readonly imports: readonly string[];
  /** Its last line that is not empty. */
  readonly end: number;
}

const SETTINGS_PATH = /(^|\/)[^/]*(settings|conf|config)[^/]*(\/[^/]+)?\.py$/i;
const RELEVANT =
  /INSTALLED_APPS|ROOT_URLCONF|ALLOWED_HOSTS|\bDEBUG\b|SECRET|SALT|CORS|SESSION_COOKIE|SECURE_|SIGNING_KEY|BaseSettings|[Dd]ynaconf|DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|secret_key|\bdebug\b|Middleware\b|\b(jwt|Talisman|flask|fastapi|starlette|quart|itsdangerous)\b/;
/** Packages whose presence tells how cookies and sessions are used. */
const PACKAGES =
  /^(django|flask|flask_\w+|quart|fastapi|starlette|jwt|jose|itsdangerous|pydantic_settings|dynaconf|configurations|rest_framework\w*)$/;

/** The settings of a module: its steps at the top, its classes of settings, and its calls of web frameworks. */
export function readSettings(module: Module): SettingsSource | null {
  if (!SETTINGS_PATH.test(module.path) && !mentions(module, RELEVANT)) return null;
  const names = namesOf(module);
  const around = { path: module.path, names, locals: new Map() };
  const steps: Step[] = [];
  const classes: SettingsClass[] = [];
  for (const { node, scope } of statementsOf(module)) {
    if (node.kind === "ClassDef" && scope.definitions.length === 0) classes.push(...settingsClass(node, module));
    if (scope.definitions.length === 0) steps.push(...stepsOf(node, scope, around));
  }
  const tops = [...names.values()].map((name) => name.split(".")[0] ?? "");
  return {
    steps,
    classes,
    calls: readWebCalls(module),
    dynaconf: loadsOf(module),
    imports: [...new Set([...tops, ...(names.get("session") === "flask.session" ? ["flask.session"] : [])])].filter(
      (name) => PACKAGES.test(name) || name === "flask.session",
    ),
    end: module.text.trimEnd().split("\n").length,
  };
}

/** What a module loads by dynaconf, at its top and in its functions. */
function loadsOf(module: Module): readonly DynaconfLoad[] {
  const names = namesOf(module);
  if (![...names.values()].some((name) => /^dynaconf(\.|$)/.test(name))) return [];
  const around = { path: module.path, names, locals: new Map() };
  const loads = statementsOf(module).flatMap(({ node, expressions }) => {
    const target = node.kind === "Assign" && node.targets[0]?.kind === "Name" ? node.targets[0].id : undefined;
    return expressions.flatMap((call) => (call.kind === "Call" ? (dynaconfLoad(call, target, around) ?? []) : []));
  });
  return loads.slice(0, MAX_LOADS);
}

const MAX_CLASS_STATEMENTS = 2000;
const MAX_LOADS = 10;
const SETTING = /^[A-Z][A-Z0-9_]*$/;

function settingsClass(node: ClassDef, module: Module): readonly SettingsClass[] {
  const bases = node.bases.flatMap((base) =>
    base.kind === "Name" ? [base.id] : base.kind === "Attribute" ? [base.attr] : [],
  );
  const names = namesOf(module);
  const isConfiguration = [...names.values()].some((name) => name.startsWith("configurations."));
  const isPart = bases.length > 0 && (SETTINGS_PATH.test(module.path) || isConfiguration);
  if (!(isPart || isNamedSettings({ name: node.name, bases })) || node.body.length > MAX_CLASS_STATEMENTS) return [];
  const around = { path: module.path, names, locals: new Map() };
  const own = [...statementsIn(node.body)].filter(({ scope }) => scope.definitions.length === 0);
  const methods = node.body.filter((statement) => statement.kind === "FunctionDef");
  return [
    {
      name: node.name,
      bases,
      line: node.line,
      steps: own.flatMap(({ node: statement, scope }) => stepsOf(statement, scope, around)),
      refused: mentionedWhereRaised([...statementsIn(methods)].map(({ node: statement }) => statement)),
      computed: [...new Set([...statementsIn(methods)].flatMap(({ node: statement }) => computedBy(statement)))],
    },
  ];
}

/** A class whose own name, or that of what it inherits, says that it holds settings. */
export function isNamedSettings({ name, bases }: Pick<SettingsClass, "name" | "bases">): boolean {
  return [name, ...bases].some((one) => /settings|config/i.test(one));
}

/** `def DEBUG(self): …`, `cls.DEBUG = …`. */
function computedBy(statement: Statement): readonly string[] {
  if (statement.kind === "FunctionDef") return SETTING.test(statement.name) ? [statement.name] : [];
  if (statement.kind !== "Assign") return [];
  return statement.targets.flatMap((target) =>
    target.kind === "Attribute" && SETTING.test(target.attr) ? [target.attr] : [],
  );
}
