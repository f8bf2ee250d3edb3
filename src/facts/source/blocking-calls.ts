import { mentions } from "./mentions.ts";
import { type Names, namesOf, qualifiedName } from "./names.ts";
import type { Silenceable } from "./silenced.ts";
import type { Call, Expression, FunctionDef, Module } from "./syntax.ts";
import { childrenOf, expressionsOf, type Scope, statementsOf } from "./walk.ts";

/** A call that stops every other request while it waits. */
export interface BlockingCall extends Silenceable {
  /** As it is known: `requests.get`. */
  readonly called: string;
}

const BLOCKS =
  /^(requests\.(get|post|put|patch|delete|head|options|request)|urllib\.request\.(urlopen|urlretrieve)|httpx\.(get|post|put|patch|delete|head|options|request|stream)|time\.sleep|subprocess\.(run|call|check_call|check_output|getoutput|getstatusoutput)|os\.(system|popen)|psycopg2\.connect|psycopg\.connect|pymysql\.connect|MySQLdb\.connect|sqlite3\.connect|smtplib\.(SMTP|SMTP_SSL)|pymongo\.MongoClient)$/;
const MAY_BLOCK =
  /\b(requests|urllib|httpx|time|subprocess|os|psycopg2?|pymysql|MySQLdb|sqlite3|smtplib|pymongo|objects)\b/;
/** Calls of Django's managers that ask the database; the rest only build a query. */
const QUERY =
  /^(get|create|get_or_create|update_or_create|bulk_create|count|exists|first|last|delete|update|aggregate|in_bulk)$/;
/** What runs once, before or after the requests. */
const ONCE =
  /^(_?lifespan|_?(on_)?(startup|shutdown|start_up|start|stop|setup|teardown|cleanup|init|connect)|main|_main|handle)(_\w+)?$|(^|_)(startup|shutdown|lifespan)$/;
const ONCE_DECORATOR =
  /(on_event|lifespan|before_serving|after_serving|on_startup|on_shutdown|before_server_start|after_server_stop|listener)$/;
const SILENCED = /#\s*noqa(?!:)|#\s*noqa:[^#]*\bASYNC/i;

/** Blocking calls right in asynchronous functions; what is handed to a thread or only defined there is not. */
export function readBlockingCalls(module: Module): readonly BlockingCall[] {
  if (!mentions(module, /\basync\s+def\b/) || !mentions(module, MAY_BLOCK)) return [];
  const names = namesOf(module);
  const silenced = new Set(module.comments.filter(({ text }) => SILENCED.test(text)).map(({ line }) => line));
  return [...statementsOf(module)].flatMap(({ node, scope }) => {
    if (!scope.function?.isAsync || isOnce(scope.function) || isProgram(scope) || node.kind === "FunctionDef")
      return [];
    return expressionsOf(node)
      .flatMap((expression) => callsIn(expression, names))
      .map((call) => ({ ...call, isSilenced: silenced.has(call.line) }));
  });
}

function isOnce({ name, decorators }: FunctionDef): boolean {
  return (
    ONCE.test(name) ||
    decorators.some((one) => {
      const func = one.kind === "Call" ? one.func : one;
      return func.kind === "Attribute" ? ONCE_DECORATOR.test(func.attr) : false;
    })
  );
}

/** True below `if __name__ == "__main__"`. */
function isProgram({ conditions }: Scope): boolean {
  return conditions.some(
    ({ test }) => test.kind === "Compare" && test.left.kind === "Name" && test.left.id === "__name__",
  );
}

function callsIn(node: Expression, names: Names): readonly Omit<BlockingCall, "isSilenced">[] {
  // A lambda runs where it is called: in a thread, most often.
  if (node.kind === "Lambda") return [];
  if (node.kind === "Await") return node.value ? childrenOf(node.value).flatMap((one) => callsIn(one, names)) : [];
  const inner = childrenOf(node).flatMap((child) => callsIn(child, names));
  const called = node.kind === "Call" ? blockingName(node, names) : undefined;
  return called === undefined ? inner : [{ line: node.line, called }, ...inner];
}

function blockingName({ func }: Call, names: Names): string | undefined {
  const called = qualifiedName(func, names);
  const first = called?.split(".")[0] ?? "";
  if (called !== undefined && BLOCKS.test(called) && [...names.values()].some((name) => name.split(".")[0] === first))
    return called;
  const isManager = func.kind === "Attribute" && func.value.kind === "Attribute" && func.value.attr === "objects";
  const model = isManager && func.value.kind === "Attribute" ? qualifiedName(func.value.value, names) : undefined;
  return isManager && QUERY.test(func.attr) && model ? `${model.split(".").at(-1)}.objects.${func.attr}` : undefined;
}
