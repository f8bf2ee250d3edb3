import { dottedName, type Names, qualifiedName } from "./names.ts";
import type { Call, Expression } from "./syntax.ts";
import type { Scope } from "./walk.ts";

const LEVELS =
  /^(debug|info|warn|warning|error|exception|critical|fatal|log|success|trace|notice|ainfo|adebug|awarning|aerror)$/;
/** What loggers are called, by the last word of the name. */
const LOGGER = /(^|[._])log(ger|ging)?$/i;

/** True for a call that writes a line to a log: `logger.info(…)`, `self.log.error(…)`, `logging.getLogger("x").warning(…)`. */
export function isLogCall({ func }: Call, names: Names): boolean {
  if (func.kind !== "Attribute" || !LEVELS.test(func.attr)) return false;
  return isLogger(func.value, names);
}

/** True for what is named, or made, as a logger. */
export function isLogger(node: Expression, names: Names): boolean {
  if (node.kind === "Call") {
    const maker = node.func.kind === "Attribute" ? node.func.attr : (dottedName(node.func) ?? "");
    // `logger.bind(…).info(…)`, `logging.getLogger(…).info(…)`, `get_logger(…).info(…)`.
    return (
      /^(get_?logger|get_run_logger)$/i.test(maker) ||
      (/^(bind|opt|new|contextualize)$/.test(maker) && isBoundLogger(node, names))
    );
  }
  const name = node.kind === "Attribute" ? node.attr : qualifiedName(node, names);
  return name !== undefined && LOGGER.test(name);
}

function isBoundLogger({ func }: Call, names: Names): boolean {
  return func.kind === "Attribute" && isLogger(func.value, names);
}

/** Below `if __name__ == "__main__"`, and in `main`, the one who looks on asked for what is printed. */
export function isAtTerminal({ conditions, definitions }: Scope): boolean {
  return (
    definitions.some(({ name }) => name === "main") ||
    conditions.some(({ test }) => test.kind === "Compare" && dottedName(test.left) === "__name__")
  );
}
