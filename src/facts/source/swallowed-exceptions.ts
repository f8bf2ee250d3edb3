import { mentions } from "./mentions.ts";
import { purposeOf } from "./purpose.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import type { ExceptHandler, Expression, Module, Statement, Try } from "./syntax.ts";
import { type Scope, statementsIn, statementsOf } from "./walk.ts";

/** One handler that hides errors of every kind. */
export interface SwallowedException extends Silenceable {
  /** `except:`, `except Exception: pass`. */
  readonly says: string;
}

export interface SwallowedExceptions {
  readonly found: readonly SwallowedException[];
  readonly lines: number;
}

const PEERS = /\b(E722|S11[02]|BLE001|W070[23]|W0718|bare-except|broad-except|broad-exception-caught)\b/;
/** What must not fail a second time while something ends. */
const CLEANUP =
  /^(__del__|__a?exit__)$|(^|_)(close|cleanup|clean_up|teardown|tear_down|shutdown|disconnect|terminate|release|atexit)(_|$)/;
const ENDS =
  /^(close|aclose|kill|terminate|unlink|remove|rmtree|disconnect|shutdown|release|cancel|cleanup|stop|quit|rollback|join|wait)$/;

/** Where a file hides errors of every kind without a word. */
export function readSwallowedExceptions(module: Module): SwallowedExceptions {
  if (purposeOf(module.path) !== "production") return { found: [], lines: 0 };
  if (!mentions(module, /except\s*(:|\(?\s*(Base)?Exception)/)) return { found: [], lines: module.lines };
  const explained = new Set(module.comments.filter(({ text }) => explains(text)).map(({ line }) => line));
  const found = [...statementsOf(module)].flatMap(({ node, scope }) =>
    node.kind !== "Try" || isMeant(node, scope)
      ? []
      : node.handlers
          .filter((handler) => hides(handler, explained))
          .map(({ line, type, body }) => ({
            line,
            isSilenced: isSilenced(module, line, PEERS),
            says: wordsOf(type, body),
          })),
  );
  return { found, lines: module.lines };
}

function hides({ type, body, line }: ExceptHandler, explained: ReadonlySet<number>): boolean {
  if (!isBroad(type)) return false;
  const isEmpty = body.every(isNothing);
  if (isEmpty) {
    const last = body.at(-1)?.line ?? line;
    for (let at = line - 1; at <= last + 1; at += 1) if (explained.has(at)) return false;
    return true;
  }
  return type === null && !isHandled(body);
}

function isBroad(type: Expression | null): boolean {
  return type === null || (type.kind === "Name" && /^(Base)?Exception$/.test(type.id));
}

function isNothing(node: Statement): boolean {
  if (node.kind === "Pass" || node.kind === "Continue") return true;
  return node.kind === "Expr" && node.values.every((value) => value.kind === "Constant");
}

/** A bare handler that raises again, or says what went wrong. */
function isHandled(body: readonly Statement[]): boolean {
  return [...statementsIn(body)].some(
    ({ node }) =>
      node.kind === "Raise" ||
      ((node.kind === "Expr" || node.kind === "Return") &&
        node.values.some(
          (value) =>
            value.kind === "Call" &&
            /log|warn|error|exception|print|traceback|abort|exit|fail|rollback|capture/i.test(nameOf(value.func)),
        )),
  );
}

function nameOf(node: Expression): string {
  if (node.kind === "Name") return node.id;
  return node.kind === "Attribute" ? `${nameOf(node.value)}.${node.attr}` : "";
}

/** Something is tidied up, or tried that need not be there. */
function isMeant({ body, orelse }: Try, { function: definition, definitions }: Scope): boolean {
  if (definitions.some(({ name }) => CLEANUP.test(name)) || CLEANUP.test(definition?.name ?? "")) return true;
  // `else` says what follows where it went well: to pass is what follows where it did not.
  if (orelse.length > 0) return true;
  return body.every((node) => node.kind === "Import" || node.kind === "ImportFrom" || isEnding(node));
}

function isEnding(node: Statement): boolean {
  if (node.kind !== "Expr") return false;
  return node.values.every((value) => {
    const call = value.kind === "Await" && value.value ? value.value : value;
    return call.kind === "Call" && ENDS.test(nameOf(call.func).split(".").at(-1) ?? "");
  });
}

/** A comment that speaks to a person: directives to tools do not. */
function explains(text: string): boolean {
  return !/^#\s*(noqa|type:|pragma|pylint:|nosec|fmt:|ruff:|mypy:|isort:|TODO\b\W*$)/i.test(text) && /\w{2}/.test(text);
}

function wordsOf(type: Expression | null, body: readonly Statement[]): string {
  const what = type === null ? "except:" : `except ${nameOf(type)}:`;
  return body[0]?.kind === "Pass" || body[0]?.kind === "Continue" ? `${what} ${body[0].kind.toLowerCase()}` : what;
}
