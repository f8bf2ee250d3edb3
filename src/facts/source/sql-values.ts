import { mentions } from "./mentions.ts";
import { argumentOf, dottedName, namesOf, qualifiedName } from "./names.ts";
import { isComposed, valuesOf } from "./origins/values.ts";
import { type Origin, originsOf } from "./origins.ts";
import { type Purpose, purposeOf } from "./purpose.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import { type Piece, piecesOf } from "./sql/pieces.ts";
import type { Call, Expression, Module } from "./syntax.ts";
import { callsOf, within } from "./walk.ts";

/** One value that is put into the text of a statement, and could carry a text of somebody's choice. */
export interface SqlValue extends Silenceable {
  /** What sends the statement: `execute`. */
  readonly called: string;
  /** Where a parameter could stand, where only a name can, or some other piece of the statement. */
  readonly stands: "value" | "name" | "piece";
  readonly origin: Origin;
  readonly purpose: Purpose;
}

const MENTION =
  /\b(?:execute\(|executemany\(|executescript\(|raw\(|extra\(|RawSQL\(|text\(|read_sql\(|read_sql_query\()/;
const SENDS = /^(execute|executemany|executescript|raw|read_sql|read_sql_query)$/;
/** Calls that take a piece of SQL, whatever it begins with. */
const TAKES_PIECES = /^(sqlalchemy(\.\w+)*\.text|django\.db\.models\.expressions\.RawSQL|RawSQL)$/;
const STATEMENT =
  /^\s*(--[^\n]*\n\s*)*\(?\s*(select|insert|update|delete|create|drop|alter|with|grant|revoke|truncate|replace|merge|call|do|set|show|explain|pragma|kill|copy|vacuum|lock)\s|\b(select\s.{0,200}\sfrom|insert\s+into|delete\s+from|where)\s/i;
const VALUE =
  /(=|<|>|\blike|\bin\s*\(|\bvalues\s*\([^)]{0,300}|\bbetween|\blimit|\boffset|\bkill)\s*\(?\s*[%'"]{0,3}%?$/i;
const NAME =
  /\b(from|join|into|table|update|index|database|schema|user|role|by|column|on|add|view|function|sequence|set|select|as|constraint|drop|exists|type|extension|to|collate|pragma|analyze|vacuum|truncate|using)\s+["`[(]?$|[.,"`[]\s*$/i;
/** Statements that take no parameters: what is put into them can only be checked or quoted. */
const TAKES_NONE =
  /^\s*(do|set|kill|create|drop|alter|grant|revoke|pragma|show|vacuum|lock|copy|truncate|reindex|use)\s/i;
/** Ways to make a name of a table or a column safe, and lists of placeholders. */
const QUOTES =
  /(^|\.)(quote_name|quote_ident|quote_identifier|quote|qn|Identifier|Literal|escape_identifier|escape_string|literal|mogrify|format_identifier|compile|placeholder|db_type|as_sql|get_compiler|table_name|literal_column)$/;
const PEERS = /\bS6(08|10|11)\b/;

/** Where a file puts values into the text of statements. */
export function readSqlValues(module: Module): readonly SqlValue[] {
  if (!mentions(module, MENTION)) return [];
  const names = namesOf(module);
  const originOf = originsOf(module, (called) => QUOTES.test(called));
  const purpose = purposeOf(module.path);
  const lines = module.text.split("\n");
  return [...callsOf(module)].flatMap(({ node, scope }) => {
    const called = qualifiedName(node.func, names) ?? (node.func.kind === "Attribute" ? node.func.attr : "");
    const method = called.slice(called.lastIndexOf(".") + 1);
    const texts = textsOf(node, called, method);
    if (texts.length === 0) return [];
    const end = Math.max(node.line, ...within(node).map(({ line }) => line));
    const isSilent = range(node.line, end + 1).some((line) => isSilenced(module, line, PEERS));
    return texts
      .flatMap((text) => valuesOf(text, scope, module))
      .filter((text) => isComposed(text) && !isTemplate(lines[text.line - 1]))
      .flatMap((text) => {
        const values = worst(
          piecesOf(text, scope, module),
          (value) => (isOwnWord(value, node) ? "quoted" : originOf(value, scope)),
          TAKES_PIECES.test(called) || method === "extra",
        );
        return values.map((value) => ({ ...value, isSilenced: isSilent || isSilenced(module, text.line, PEERS) }));
      })
      .map((value) => ({ line: node.line, called: method, ...value, purpose }));
  });
}

/** Lines that a statement may stand on: a comment is often behind its last. */
const MAX_LINES = 60;

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.min(MAX_LINES, to - from + 1) }, (_, index) => from + index);
}

/** What the connection itself says: no text of somebody's choice. */
function isOwnWord(value: Expression, { func }: Call): boolean {
  const name = dottedName(value.kind === "Call" ? value.func : value);
  const [receiver] = func.kind === "Attribute" ? [func.value] : [];
  // `(given or self.own).execute(…)` is either.
  const receivers = receiver?.kind === "BoolOp" ? [receiver.left, receiver.right] : receiver ? [receiver] : [];
  return receivers
    .map(dottedName)
    .some((one) => one !== undefined && one !== "self" && (name?.startsWith(`${one}.`) ?? false));
}

function textsOf(node: Call, called: string, method: string): readonly Expression[] {
  const lists = ["where", "tables", "order_by"]
    .map((name) => argumentOf(node, name))
    .filter((one) => one !== undefined);
  if (method === "extra") return lists.flatMap((list) => (list.kind === "List" ? list.elts : []));
  if (!SENDS.test(method) && !TAKES_PIECES.test(called)) return [];
  const text = argumentOf(node, "sql", 0) ?? argumentOf(node, "query", 0) ?? argumentOf(node, "statement", 0);
  // `execute(text(…))`: the inner call is looked at by itself.
  return text ? [text] : [];
}

/** Characters of one literal that are looked at. */
const MAX_TEXT = 5000;

/** The gravest value of one statement. */
function worst(
  text: readonly Piece[],
  originOf: (node: Expression) => Origin,
  takesPieces: boolean,
): readonly Pick<SqlValue, "stands" | "origin">[] {
  let written = "";
  const values: Pick<SqlValue, "stands" | "origin">[] = [];
  for (const [index, piece] of text.entries()) {
    const origin = "node" in piece ? originOf(piece.node) : "fixed";
    const next = text[index + 1];
    const isQualifier = next !== undefined && "text" in next && /^["`\]]?\./.test(next.text);
    if (origin !== "fixed" && origin !== "quoted")
      values.push({ stands: isQualifier ? "name" : placeAfter(written), origin });
    written += "text" in piece ? piece.text.slice(-MAX_TEXT) : "x";
  }
  if (!takesPieces && !STATEMENT.test(written.slice(0, MAX_TEXT))) return [];
  return values.sort((a, b) => gravityOf(b) - gravityOf(a)).slice(0, 1);
}

function gravityOf({ stands, origin }: Pick<SqlValue, "stands" | "origin">): number {
  return (origin === "external" ? 8 : origin === "parameter" ? 4 : 0) + (stands === "value" ? 2 : 0);
}

function placeAfter(text: string): SqlValue["stands"] {
  if (TAKES_NONE.test(text.slice(0, 200))) return "name";
  const end = text.slice(-400);
  if (isInsideQuotes(text) || (VALUE.test(end) && !/"$/.test(end))) return "value";
  return NAME.test(end) ? "name" : "piece";
}

/** After an odd number of quotation marks. */
function isInsideQuotes(text: string): boolean {
  return text.split("'").length % 2 === 0;
}

/** A t-string: the library that takes it makes parameters of its values. */
function isTemplate(line: string | undefined): boolean {
  return /(^|[\s(=,])[rR]?[tT][rR]?["']/.test(line ?? "");
}
