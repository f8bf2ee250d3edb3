import { booleanOf, textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, calledName, dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import type { ClassDef, Expression, FunctionDef, Module, Statement } from "./syntax.ts";
import { type Scope, statementsOf, within } from "./walk.ts";

/** A table that a class stands for, and that a migration has to make. */
export interface Model {
  readonly orm: "Django" | "SQLAlchemy" | "Tortoise" | "Peewee";
  readonly name: string;
  readonly line: number;
}

/** A call that makes the tables as the models are now. */
export interface TableCreation {
  /** `create_all()`. */
  readonly what: string;
  readonly line: number;
  /** True where each start of the service makes it. */
  readonly isAtStart: boolean;
}

export interface ModelSource {
  readonly models: readonly Model[];
  readonly creations: readonly TableCreation[];
  /** The apps that settings install, as they name them. */
  readonly installs: readonly string[];
  /** True where settings say that migrations stand elsewhere. */
  readonly movesMigrations: boolean;
}

const CHEAP =
  /models\.Model|AbstractUser|AbstractBaseUser|__tablename__|table\s?=\s?True|\bdb\.Model|create_all|generate_schemas|create_tables|tortoise|peewee|MIGRATION_MODULES|_APPS\b/;
const DJANGO =
  /^django\.(db|contrib\.gis\.db)\.models\.Model$|^django\.contrib\.auth\.(models\.(AbstractUser|AbstractBaseUser)|base_user\.AbstractBaseUser)$/;
const TORTOISE = /^tortoise\.(models\.)?Model$/;
const PEEWEE = /^peewee\.Model$/;
const START =
  /^(lifespan|_?lifespan\w*|app_lifespan|on_startup|startup\w*|start_up|create_app|make_app|init_app|setup_app)$/;
const ON_START = /(^|\.)(on_event|before_first_request|before_serving|on_startup|listener|before_server_start)$/;

/** The models of a module, and where it makes their tables itself. */
export function readModels(module: Module): ModelSource {
  if (!mentions(module, CHEAP)) return { models: [], creations: [], installs: [], movesMigrations: false };
  const names = namesOf(module);
  const statements = statementsOf(module);
  const atStart = new Set(
    statements
      .filter(({ scope }) => isStart(scope, names))
      .flatMap(({ expressions }) => expressions)
      .flatMap((node) => (node.kind === "Call" && node.func.kind === "Name" ? [node.func.id] : [])),
  );
  return {
    models: statements.flatMap(({ node, scope }) => modelOf(node, scope, names) ?? []),
    creations: statements.flatMap(({ scope, expressions }) =>
      expressions
        .flatMap((one) => creationOf(one, names) ?? [])
        .map((creation) => ({
          ...creation,
          isAtStart: isStart(scope, names) || (isPlain(scope) && atStart.has(scope.function?.name ?? "")),
        })),
    ),
    installs: statements.flatMap(({ node }) => installedBy(node)),
    movesMigrations: mentions(module, /^\s*MIGRATION_MODULES\s*=/m),
  };
}

/** `INSTALLED_APPS`, and the lists that it is put together from. */
function installedBy(node: Statement): readonly string[] {
  if (node.kind !== "Assign" || !node.value) return [];
  const isList = node.targets.some((target) => target.kind === "Name" && /(^|_)APPS$/.test(target.id));
  return isList ? within(node.value).flatMap((one) => textOf(one) ?? []) : [];
}

function modelOf(node: Statement, scope: Scope, names: Names): Model | undefined {
  // A class that is made under a condition, or inside another, may not be one of the app.
  if (node.kind !== "ClassDef" || scope.definitions.length > 0 || scope.conditions.length > 0 || scope.isHandler)
    return undefined;
  const bases = node.bases.map((base) => qualifiedName(base, names) ?? "");
  const place = { name: node.name, line: node.line };
  if (bases.some((base) => DJANGO.test(base))) return isManaged(node) ? { orm: "Django", ...place } : undefined;
  if (bases.some((base) => TORTOISE.test(base))) return isManaged(node) ? { orm: "Tortoise", ...place } : undefined;
  if (bases.some((base) => PEEWEE.test(base))) return { orm: "Peewee", ...place };
  const isTable = node.keywords.some(({ arg, value }) => arg === "table" && booleanOf(value) === true);
  const isAbstract = node.body.some((one) => sets(one, "__abstract__"));
  const isFlask = node.bases.some((base) => dottedName(base) === "db.Model");
  return (isTable || isFlask || node.body.some((one) => sets(one, "__tablename__"))) && !isAbstract
    ? { orm: "SQLAlchemy", ...place }
    : undefined;
}

/** False for abstract, proxy and unmanaged models, those of another app, and where another class decides. */
function isManaged({ body }: ClassDef): boolean {
  return body.every((meta) => {
    if (meta.kind !== "ClassDef" || meta.name !== "Meta") return true;
    const says = (name: string): Expression | undefined =>
      meta.body.flatMap((one) => (one.kind === "Assign" && sets(one, name) && one.value ? [one.value] : []))[0];
    const isOn = (name: string): boolean => says(name) !== undefined && booleanOf(says(name)) !== false;
    const managed = says("managed");
    return (
      meta.bases.length === 0 &&
      !isOn("abstract") &&
      !isOn("proxy") &&
      (managed === undefined || booleanOf(managed) === true) &&
      says("app_label") === undefined
    );
  });
}

function sets(node: Statement, name: string): boolean {
  return node.kind === "Assign" && node.targets.some((target) => target.kind === "Name" && target.id === name);
}

/** `Base.metadata.create_all` called, or handed to `run_sync`; the same of Tortoise and Peewee. */
function creationOf(node: Expression, names: Names): Pick<TableCreation, "what" | "line"> | undefined {
  if (node.kind === "Call") {
    const generates = booleanOf(argumentOf(node, "generate_schemas")) === true;
    if (generates && /(^|\.)(register_tortoise|RegisterTortoise)$/.test(calledName(node, names) ?? ""))
      return { what: "generate_schemas=True", line: node.line };
  }
  if (node.kind !== "Attribute") return undefined;
  const receiver = dottedName(node.value) ?? "";
  if (node.attr === "create_all" && /(^|\.)(metadata|\w*metadata|db|base|database|\w+_db)$/i.test(receiver))
    return { what: "create_all()", line: node.line };
  if (node.attr === "generate_schemas" && receiver === "Tortoise")
    return { what: "generate_schemas()", line: node.line };
  return node.attr === "create_tables" && /(^|\.)(\w*db|database)$/i.test(receiver)
    ? { what: "create_tables()", line: node.line }
    : undefined;
}

/** The import of the module, or a function that the framework calls when it starts. */
function isStart(scope: Scope, names: Names): boolean {
  if (!isPlain(scope)) return false;
  return (
    scope.definitions.length === 0 || scope.definitions.some((one) => one.kind === "FunctionDef" && starts(one, names))
  );
}

function starts({ name, decorators }: FunctionDef, names: Names): boolean {
  return (
    START.test(name) ||
    decorators.some((one) => {
      const called = calledName(one, names) ?? qualifiedName(one, names) ?? "";
      const event = one.kind === "Call" ? textOf(one.args[0]) : undefined;
      return ON_START.test(called) && event !== "shutdown";
    })
  );
}

function isPlain({ conditions, isHandler }: Scope): boolean {
  return conditions.length === 0 && !isHandler;
}
