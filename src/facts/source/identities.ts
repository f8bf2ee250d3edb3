import { booleanOf, textOf } from "./literals.ts";
import { dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import { stringsIn } from "./routes/expressions.ts";
import type { Expression, Module, Statement } from "./syntax.ts";
import { type Placed, statementsOf } from "./walk.ts";
import { hasWord, wordsOf } from "./words.ts";

/** What a module says of who may do something, and of what was done. */
export interface Identities {
  /** Where a request's identity is asked for. */
  readonly authentication: number | undefined;
  /** Where Django's REST framework lets everybody in by default. */
  readonly allowsAny: number | undefined;
  /** The class that stores the accounts of users. */
  readonly accounts: number | undefined;
  /** Where it is recorded who did what. */
  readonly audit: { readonly line: number; readonly name: string } | undefined;
  /** Where Django's admin is served. */
  readonly admin: number | undefined;
}

const ASKS =
  /^(login_required|require_login|loginrequired\w*|(is_)?authenticat\w*|\w*authenticated\w*|\w*authentication|authoriz\w*|\w*authorized\w*|authoris\w*|(require|requires|basic|token|jwt|verify|check|validate)_auth\w*|auth_required\w*|auth_check|permission_\w+|permissions?_required|\w*_permissions?|\w*permissions?mixin|current_user|get_current_\w*user\w*|\w*token_required|(verify|check|validate|require)_\w*(token|api_?key)|apikey(header|query|cookie)|httpbearer|httpbasic|oauth2\w+|jwt_required|admin_required|staff_member_required|user_passes_test|session_required|login_manager|httpdigestauth|httptokenauth|compare_digest)$/i;
const IMPORTED =
  /^(flask_(login|jwt\w*|httpauth|security|oidc|principal|dance|praetorian)|fastapi\.security|fastapi_users|authlib|jose|jwt|rest_framework\.permissions|rest_framework_simplejwt|knox|guardian|oauth2_provider|starlette\.authentication|aiohttp_security|tornado\.auth|msal|auth0|firebase_admin\.auth|google\.oauth2\.id_token)\b/;
const HEADER = /^(http_)?(authorization|x[-_]api[-_]key|api-key|x[-_]auth[-_]token|x-token)$/i;
const HEADERS = /^(headers|META)$/;
const ACCOUNT = /^\w*User(s|Model|Account)?$|^Accounts?$/;
const STORED =
  /(^|\.)(AbstractUser|AbstractBaseUser|UserMixin|PermissionsMixin|Model|Base|SQLModel|SQLAlchemyBaseUserTable\w*|Document|SqlAlchemyBase|RecordModel|DeclarativeBase)$/;
const RECORD =
  /(^|_|[a-z])(Audit\w*|(Activity|Action|Operate|Operation|Event|Login|Security|Admin|User|Change)(Log|Logs|LogEntry|History|Record)|ObjectChange|HistoryEvent|AuditTrail)$|^Audit|[a-z]History$/;
const RECORDS = /(^|_)audit(_|$|log)|^(log|record|write)_(\w+_)?(action|activity|audit|event|operation)$/i;
const LOGGER = /audit|logins?$|security/i;
const AUDIT_MODULE =
  /^(auditlog|simple_history|easyaudit|sqlalchemy_continuum|pghistory|reversion|actstream|postgresql_audit|django_audit\w*|audit_log|field_history|model_history)\b/;

/** Who is asked for, who is stored, and what is recorded, each by its first line. */
export function readIdentities(module: Module): Identities {
  const names = namesOf(module);
  const placed = statementsOf(module);
  const isServed = wordsOf(module).has("urls");
  return {
    authentication: authenticationOf(module, names),
    allowsAny: allowsAnyOf(placed),
    accounts: placed.find(({ node }) => storesAccounts(node, names))?.node.line,
    audit: auditOf(module, names),
    admin: isServed ? placed.find(({ expressions }) => expressions.some(isAdmin))?.node.line : undefined,
  };
}

function authenticationOf(module: Module, names: Names): number | undefined {
  const words = [...wordsOf(module)];
  const asking: Asking = {
    attributes: new Set(words.filter((word) => ASKS.test(word))),
    names: new Set(words.filter((word) => ASKS.test(lastOf(names.get(word) ?? word)))),
  };
  const mayAsk = asking.attributes.size + asking.names.size > 0 || words.some((word) => HEADERS.test(word));
  for (const { node, expressions } of statementsOf(module)) {
    if (node.kind === "Import" || node.kind === "ImportFrom") {
      const level = node.kind === "ImportFrom" ? node.level : 0;
      const full = node.names.map(({ name }) => (node.kind === "ImportFrom" ? `${node.module}.${name}` : name));
      if (level === 0 && full.some((name) => IMPORTED.test(name))) return node.line;
    }
    if ((node.kind === "FunctionDef" || node.kind === "ClassDef") && ASKS.test(node.name)) return node.line;
    const found = mayAsk ? expressions.find((one) => asks(one, asking)) : undefined;
    if (found) return found.line;
  }
  return undefined;
}

/** The words of a module that ask for an identity; a name stands for what is imported under it. */
interface Asking {
  readonly attributes: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function asks(node: Expression, asking: Asking): boolean {
  if (node.kind === "Subscript") return isHeaders(node.value) && HEADER.test(textOf(node.slice) ?? "");
  if (node.kind === "Call" && node.func.kind === "Attribute" && isHeaders(node.func.value))
    return HEADER.test(textOf(node.args[0]) ?? "");
  if (node.kind === "Attribute") return asking.attributes.has(node.attr);
  return node.kind === "Name" && asking.names.has(node.id);
}

/** `request.headers`, not the headers that somebody sends. */
function isHeaders(node: Expression): boolean {
  if (node.kind !== "Attribute" || !HEADERS.test(node.attr)) return false;
  return /\brequest(\.\w+)*\.headers$|\brequest\.META$/.test(dottedName(node) ?? "");
}

/** `REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"]}`. */
function allowsAnyOf(placed: readonly Placed<Statement>[]): number | undefined {
  for (const { node } of placed) {
    if (node.kind !== "Assign" || node.value?.kind !== "Dict") continue;
    if (!node.targets.some((target) => target.kind === "Name" && target.id === "REST_FRAMEWORK")) continue;
    const item = node.value.items.find(({ key }) => key && stringsIn(key).includes("DEFAULT_PERMISSION_CLASSES"));
    const classes = item ? stringsIn(item.value) : [];
    if (item && classes.length === 1 && classes[0]?.endsWith(".AllowAny")) return item.value.line;
  }
  return undefined;
}

function isAdmin(node: Expression): boolean {
  return node.kind === "Attribute" && node.attr === "urls" && /(^|\.)admin\.site\.urls$/.test(dottedName(node) ?? "");
}

/** A table of users, or Django's own where the module works with it. */
function storesAccounts(node: Statement, names: Names): boolean {
  if (node.kind === "ImportFrom")
    return node.module === "django.contrib.auth.models" && node.names.some(({ name }) => name === "User");
  if (node.kind !== "ClassDef" || !ACCOUNT.test(node.name)) return false;
  const isTable = node.keywords.some(({ arg, value }) => arg === "table" && booleanOf(value) === true);
  return isTable || node.bases.some((base) => STORED.test(qualifiedName(base, names) ?? ""));
}

function auditOf(module: Module, names: Names): Identities["audit"] {
  const mayRecord = hasWord(module, /getLogger|get_logger|audit|eventlog|log_action/i);
  for (const { node, calls } of statementsOf(module)) {
    if (node.kind === "ClassDef" && node.bases.length > 0 && RECORD.test(node.name))
      return { line: node.line, name: node.name };
    if (node.kind === "FunctionDef" && RECORDS.test(node.name)) return { line: node.line, name: node.name };
    for (const one of mayRecord ? calls : []) {
      const called = dottedName(one.func) ?? "";
      const [name] = /getLogger|get_logger/.test(called) ? one.args.flatMap(stringsIn) : [];
      if (name !== undefined && LOGGER.test(name)) return { line: one.line, name };
      if (/(^|[._])audit|eventlog\w*\.(emit|record_event)$|(^|\.)log_action$/i.test(called))
        return { line: one.line, name: called };
    }
  }
  const imported = [...names.values()].find((name) => AUDIT_MODULE.test(name));
  return imported === undefined ? undefined : { line: 1, name: imported };
}
