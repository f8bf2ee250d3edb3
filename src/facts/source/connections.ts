import { addressIn, COMPUTED, type Encryption, isLocal } from "./connections/address.ts";
import { CLIENTS, mayBeSettings, settingsIn } from "./connections/mappings.ts";
import { environmentReadersOf, environmentReadOf } from "./environment.ts";
import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { dottedName, namesOf } from "./names.ts";
import type { Expression, Module, Statement } from "./syntax.ts";
import { childrenOf, expressionsOf, type Scope, statementsOf } from "./walk.ts";
import { hasName } from "./words.ts";

/** A connection to a data store, as far as it is written in the source. */
export interface Connection {
  readonly line: number;
  readonly store: string;
  /** Undefined where it comes from elsewhere. */
  readonly host: string | undefined;
  /** The password where it is a literal. */
  readonly password: string | undefined;
  readonly encryption: Encryption;
  /** True where the environment, a caller or an argument may put another in its place. */
  readonly isDefault: boolean;
  /** Names of the classes and the variable that it stands in. */
  readonly within: readonly string[];
  /** True where only a debug or test run takes it. */
  readonly isForDevelopment: boolean;
  /** True where a switch decides whether it is made so. */
  readonly isConditional: boolean;
}

const CHEAP = /:\/\/|ENGINE|\bssl|\bhost\b/i;
/** Arguments that only describe. */
const PROSE = /^(help|description|examples?|title|doc|metavar|placeholder|pattern|regex|summary|message|msg|label)$/;
const DEVELOPMENT = /debug|test|dev|local/i;

interface Around {
  readonly isDefault: boolean;
  readonly within: readonly string[];
  readonly isForDevelopment: boolean;
  readonly isConditional: boolean;
}

/** The connections to data stores that a module writes down. */
export function readConnections(module: Module): readonly Connection[] {
  if (!mentions(module, CHEAP)) return [];
  const mayCall = hasName(module, CLIENTS);
  const statements = statementsOf(module).filter(({ expressions }) => expressions.some((one) => mayTell(one, mayCall)));
  if (statements.length === 0) return [];
  const names = namesOf(module);
  const readers = environmentReadersOf(module);
  const found: Connection[] = [];
  const visit = (node: Expression, around: Around): void => {
    const read = environmentReadOf(node, names, readers);
    if (read) {
      if (read.fallback) visit(read.fallback, { ...around, isDefault: true });
      return;
    }
    const text = writtenIn(node);
    const address = text === undefined ? settingsIn(node, names) : addressIn(text);
    if (address) found.push({ ...address, ...around, line: node.line });
    if (text !== undefined) return;
    for (const [child, isOther] of partsOf(node)) visit(child, { ...around, isDefault: around.isDefault || isOther });
  };
  for (const { node, scope } of statements) {
    // A text that stands alone is a comment.
    if (node.kind === "Expr" && node.values.some((value) => textOf(value) !== undefined)) continue;
    const around = aroundOf(node, scope);
    for (const expression of expressionsOf(node)) visit(expression, around);
  }
  return found;
}

/** True for what a connection may be read from. */
function mayTell(node: Expression, mayCall: boolean): boolean {
  if (node.kind === "Call") return mayCall;
  return node.kind === "Dict" ? mayBeSettings(node) : writtenIn(node)?.includes("://") === true;
}

/** The text of a string, with what is computed in it marked. */
function writtenIn(node: Expression): string | undefined {
  if (node.kind === "JoinedStr") return node.values.map((part) => textOf(part) ?? COMPUTED).join("");
  return textOf(node);
}

/** What is inside, each with whether something else may stand in its place. */
function partsOf(node: Expression): readonly (readonly [Expression, boolean])[] {
  if (node.kind === "Compare") return [];
  if (node.kind === "BoolOp")
    return [
      [node.left, false],
      [node.right, true],
    ];
  if (node.kind === "IfExp")
    return [
      [node.body, true],
      [node.orelse, true],
    ];
  if (node.kind !== "Call") return childrenOf(node).map((child) => [child, false]);
  const isGet = node.func.kind === "Attribute" && /^(get|setdefault|pop|getattr)$/.test(node.func.attr);
  return [
    [node.func, false],
    ...node.args.map((arg) => [arg, isGet] as const),
    ...node.keywords
      .filter(({ arg }) => !PROSE.test(arg ?? ""))
      .map(({ arg, value }) => [value, arg === "default" || arg === "default_factory"] as const),
  ];
}

function aroundOf(node: Statement, scope: Scope): Around {
  const targets = node.kind === "Assign" ? node.targets.flatMap((target) => dottedName(target) ?? []) : [];
  const within = [...scope.definitions.map(({ name }) => name), ...targets];
  // A field with a type, or a parameter: whoever makes the object may give another.
  const isField = node.kind === "Assign" && node.annotation !== null && scope.class !== undefined;
  return {
    within,
    isConditional: scope.conditions.length > 0,
    isDefault: isField || node.kind === "FunctionDef" || scope.isHandler || scope.conditions.some(isFallback),
    isForDevelopment:
      within.some((name) => DEVELOPMENT.test(name)) || scope.conditions.some(({ test }) => asksForDevelopment(test)),
  };
}

/** `if not url:`, `if url is None:`, `if "URL" not in os.environ:` */
function isFallback({ test }: Scope["conditions"][number]): boolean {
  if (test.kind === "UnaryOp") return true;
  return test.kind === "Compare" && test.ops.some((op) => /^(is|is not|in|not in)$/.test(op));
}

/** Every statement below a condition asks for it again. */
const asked = new WeakMap<Expression, boolean>();

function asksForDevelopment(test: Expression): boolean {
  const answer = asked.get(test) ?? dottedNamesIn(test).some((name) => DEVELOPMENT.test(name));
  asked.set(test, answer);
  return answer;
}

function dottedNamesIn(test: Expression): readonly string[] {
  const name = dottedName(test);
  return name !== undefined ? [name] : [textOf(test) ?? [], ...childrenOf(test).slice(0, 20).map(dottedNamesIn)].flat();
}

/** True for one that leads away from the machine it runs on. */
export function leadsAway({ host }: Pick<Connection, "host">): boolean {
  return host !== undefined && !isLocal(host);
}
