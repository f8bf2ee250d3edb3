import { textOf } from "./literals.ts";
import { argumentOf, calledName, type Names, namesOf, qualifiedName } from "./names.ts";
import type { Call, Expression, Module } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** One look-up of an environment variable. */
export interface EnvironmentRead {
  /** Undefined where it is computed. */
  readonly name: string | undefined;
  /** What is used where the variable is not set; undefined where there is none, and it is required or empty. */
  readonly fallback: Expression | undefined;
  /** `str` where the text is used as it is; the name of the cast that a helper makes of it: `bool`, `int`, `list`. */
  readonly cast: string;
  readonly line: number;
}

const NONE: ReadonlySet<string> = new Set();

/** Readers of the standard library: the name stands first, the fallback second. */
const STANDARD = new Set(["os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "environ.get"]);
const MAPPINGS = new Set(["os.environ", "environ", "os.environb"]);
/** Methods of django-environ and environs that read one variable. */
const CASTS: ReadonlySet<string> = new Set(
  "bool str int float list tuple dict json url db db_url cache cache_url email_url search_url path bytes decimal enum log_level date datetime time timedelta uuid".split(
    " ",
  ),
);
/** Names that helpers of settings go by, whichever package they come from. */
const HELPERS: ReadonlySet<string> = new Set(
  "env _env ENV environs.env config decouple.config get_env getenv get_env_var get_env_variable env_var get_env_value environ".split(
    " ",
  ),
);
/** The same where a module of the project hands them on: `from shop.config import env`. */
const HANDED_ON = /\.(env|ENV|getenv|get_env|get_env_(var|variable|value)|env_(var|bool|int|str|list|get))$/;
/** Classes whose instances read the environment. */
const READER_CLASS =
  /^(environ\.(Env|FileAwareEnv)|environs\.(Env|FileAwareEnv)|starlette\.config\.Config|decouple\.(Config|AutoConfig)|prettyconf\.(config|Configuration))$/;
/** As the variables that such helpers are asked for are written. */
const VARIABLE = /^[A-Z_][A-Z0-9_]*$/;

/** The variables of a module that hold a reader of the environment, whatever they are called. */
export function environmentReadersOf(module: Module): ReadonlySet<string> {
  const names = namesOf(module);
  return new Set(
    statementsOf(module).flatMap(({ node }) =>
      node.kind === "Assign" && node.value && READER_CLASS.test(calledName(node.value, names) ?? "")
        ? node.targets.flatMap((target) => (target.kind === "Name" ? [target.id] : []))
        : [],
    ),
  );
}

/**
 * The look-up that an expression is; undefined for anything else.
 * @param readers variables of the module that are known to read the environment
 */
export function environmentReadOf(
  node: Expression,
  names: Names,
  readers: ReadonlySet<string> = NONE,
): EnvironmentRead | undefined {
  if (node.kind === "Subscript") {
    const mapping = qualifiedName(node.value, names);
    if (mapping === undefined || !(MAPPINGS.has(mapping) || mapping === "env" || readers.has(mapping)))
      return undefined;
    return { name: textOf(node.slice), fallback: undefined, cast: "str", line: node.line };
  }
  const called = calledName(node, names);
  if (node.kind !== "Call" || called === undefined) return undefined;
  if (STANDARD.has(called)) return readOf(node, "str", argumentOf(node, "default", 1));
  const dot = called.lastIndexOf(".");
  const method = called.slice(dot + 1);
  const cast = dot >= 0 && CASTS.has(method) ? method : undefined;
  const helper = cast ? called.slice(0, dot) : called;
  const isHandedOn = VARIABLE.test(textOf(node.args[0]) ?? "") && HANDED_ON.test(helper);
  if (!(HELPERS.has(helper) || readers.has(helper) || isHandedOn)) return undefined;
  return readOf(node, cast ?? castOf(node, names), argumentOf(node, "default", fallbackPlace(called, cast)));
}

/** `env.bool("X", False)` and `get_env("X", "y")` take the fallback second; django-environ's `env("X", bool)` a cast. */
function fallbackPlace(called: string, cast: string | undefined): number | undefined {
  return cast !== undefined || !/^(env|_env|ENV|environ)$/.test(called) ? 1 : undefined;
}

function castOf(node: Call, names: Names): string {
  const cast = argumentOf(node, "cast");
  return (cast && (qualifiedName(cast, names) ?? calledName(cast, names))) ?? "str";
}

function readOf(node: Call, cast: string, fallback: Expression | undefined): EnvironmentRead | undefined {
  const [first] = node.args;
  const name = textOf(first);
  // A helper whose first argument is no text is not one that reads the environment.
  if (first === undefined || (first.kind === "Constant" && name === undefined)) return undefined;
  return { name, fallback, cast, line: node.line };
}
