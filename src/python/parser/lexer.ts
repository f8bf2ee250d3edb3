import type { Comment } from "../../facts/source/syntax.ts";

/** Kinds of tokens beside operators and keywords, which are their own text. */
export type TokenKind = "name" | "number" | "string" | "newline" | "indent" | "dedent" | "end" | Operator | Keyword;

type Operator = string;
type Keyword = string;

/** The text is not what this parser reads: rare or broken syntax, left to the grammar. */
export class NotRead extends Error {}

const KEYWORDS: ReadonlySet<string> = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);
const OPERATORS: ReadonlySet<string> = new Set("+-*/%@&|^~<>()[]{},:.;=!");
const LONG_OPERATOR = /\*\*=?|\/\/=?|>>=?|<<=?|\.\.\.|->|[-+*/%@&|^=!<>:]=/y;
/** What an operator of several characters goes on with. */
const GOES_ON: ReadonlySet<number> = new Set(["=", ".", "*", "/", "<", ">"].map((one) => one.charCodeAt(0)));
/** Which characters of ASCII are part of names. */
const NAME_PART = Uint8Array.from({ length: 128 }, (_, code) => Number(/\w/.test(String.fromCharCode(code))));
const LONGEST_KEYWORD = 8;
const UNICODE_NAME = /^[_\p{XID_Start}][\p{XID_Continue}]*$/u;
const NUMBER =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)(?![\w.])/y;
const STRING_START = /(?:[rR][bBfFtT]?|[bBfFtT][rR]?|[uU])?(?:"""|'''|"|')/y;
/** Columns of a tab where lines begin. */
const TAB = 8;

/** Finds one character again and again, from places that only go forward: the text is looked through once. */
class Finder {
  readonly #text: string;
  readonly #character: string;
  #at = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** Where it stands next; infinitely far where it does not. */
  after(from: number): number {
    if (this.#at >= from) return this.#at;
    const at = this.#text.indexOf(this.#character, from);
    this.#at = at < 0 ? Number.POSITIVE_INFINITY : at;
    return this.#at;
  }
}

/** Gives the tokens of a text one by one; the current one is in its fields. */
export class Lexer {
  readonly text: string;
  readonly comments: Comment[] = [];
  kind: TokenKind = "newline";
  /** The text of a name, number or opening of a string. */
  value = "";
  /** The line on which the token starts. */
  line = 1;
  /** Right behind the token. */
  at = 0;
  /** The last line of what was taken so far. */
  endLine = 1;
  /** Brackets that are open: line ends inside mean nothing. */
  protected open = 0;
  protected lineAt = 1;
  protected readonly newlines: Finder;
  protected readonly backslashes: Finder;
  readonly #names = new Map<string, string>();
  readonly #indents: number[] = [0];
  #dedents = 0;
  /** Comments on lines of their own since the last statement, with their columns. */
  #trailing: { readonly column: number; readonly line: number }[] = [];
  /** How many of them are behind the blocks that ended. */
  #taken = 0;

  constructor(text: string) {
    this.text = text;
    this.newlines = new Finder(text, "\n");
    this.backslashes = new Finder(text, "\\");
  }

  /** Takes the current token and goes to the next. */
  next(): void {
    if (this.kind !== "newline" && this.kind !== "indent" && this.kind !== "dedent") this.endLine = this.lineAt;
    if (this.#dedents > 0) this.#dedent();
    else if (this.kind === "newline") this.#beginLine();
    else this.#token();
  }

  /** True where a comment since the last line stands less deep than its block. */
  get stepsOut(): boolean {
    return this.#trailing.some(({ column }) => column < (this.#indents.at(-1) ?? 0));
  }

  is(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  /** @throws NotRead where the current token is another one */
  take(kind: TokenKind): void {
    if (this.kind !== kind) throw new NotRead();
    this.next();
  }

  takeIf(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  /** Comments that stand as deep as the block that ends belong to it. */
  #dedent(): void {
    const column = this.#indents.pop() ?? 0;
    for (let comment = this.#trailing[this.#taken]; comment && comment.column >= column; this.#taken++) {
      this.endLine = comment.line;
      comment = this.#trailing[this.#taken + 1];
    }
    this.#dedents--;
    this.kind = "dedent";
  }

  /** Goes to the first token of the next line that has one, and tells how deep it stands. */
  #beginLine(): void {
    const column = this.#skipLines();
    const current = this.#indents.at(-1) ?? 0;
    if (column > current) {
      this.#indents.push(column);
      this.kind = "indent";
      return;
    }
    this.#dedents = this.#indents.filter((indent) => indent > column).length;
    if ((this.#indents[this.#indents.length - 1 - this.#dedents] ?? 0) !== column) throw new NotRead();
    if (this.#dedents > 0) this.#dedent();
    else this.#token();
  }

  /** Past empty lines and those that only hold a comment; gives the column of what follows. */
  #skipLines(): number {
    this.#trailing = [];
    this.#taken = 0;
    for (;;) {
      let column = 0;
      let code = this.text.charCodeAt(this.at);
      for (; code === 32 || code === 9 || code === 12; code = this.text.charCodeAt(++this.at))
        column = code === 12 ? 0 : column + (code === 9 ? TAB : 1);
      if (code === 35) {
        this.#trailing.push({ column, line: this.lineAt });
        this.#comment();
        code = this.text.charCodeAt(this.at);
      }
      if (code === 13) code = this.text.charCodeAt(++this.at);
      if (Number.isNaN(code)) return 0;
      if (code === 92) throw new NotRead();
      if (code !== 10) return column;
      this.at++;
      this.lineAt++;
    }
  }

  #comment(): void {
    const text = this.text.slice(this.at, this.newlines.after(this.at));
    this.comments.push({ line: this.lineAt, text });
    this.at += text.length;
  }

  #token(): void {
    this.#skipSpace();
    const { text } = this;
    this.line = this.lineAt;
    const code = text.charCodeAt(this.at);
    if (Number.isNaN(code)) {
      if (this.open > 0) throw new NotRead();
      // The last line ends as any other.
      if (this.kind !== "newline" && this.kind !== "dedent" && this.kind !== "end") this.kind = "newline";
      else this.kind = "end";
      return;
    }
    if (code === 10 && this.open === 0) {
      this.at++;
      this.lineAt++;
      this.kind = "newline";
      return;
    }
    if (isQuote(code)) this.#string();
    else if (isNameStart(code)) this.#nameOrString(code);
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(this.at + 1)))) this.#number();
    else this.#operator();
  }

  #skipSpace(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 12 || code === 13) this.at++;
      else if (code === 35) this.#comment();
      else if (code === 92) this.#continue();
      else if (code === 10 && this.open > 0) {
        this.at++;
        this.lineAt++;
      } else return;
    }
  }

  /** A backslash that ends its line. */
  #continue(): void {
    this.at += this.text.charCodeAt(this.at + 1) === 13 ? 2 : 1;
    if (this.text.charCodeAt(this.at) !== 10) throw new NotRead();
    this.at++;
    this.lineAt++;
  }

  /** `r"`, `rb'` open a string: there is a quote behind at most two letters. */
  #nameOrString(code: number): void {
    const mayBeString = isQuote(this.text.charCodeAt(this.at + 1)) || isQuote(this.text.charCodeAt(this.at + 2));
    if (mayBeString && code < 128 && this.#match(STRING_START) !== undefined) this.#string();
    else this.#name();
  }

  #name(): void {
    const { text, at } = this;
    let isPlain = true;
    let end = at;
    for (let code = text.charCodeAt(end); code >= 128 || NAME_PART[code] === 1; code = text.charCodeAt(++end))
      if (code >= 128) isPlain = false;
    const name = text.slice(at, end);
    if (!isPlain && !UNICODE_NAME.test(name)) throw new NotRead();
    this.at = end;
    this.value = this.#once(name);
    this.kind = name.length <= LONGEST_KEYWORD && KEYWORDS.has(name) ? name : "name";
  }

  /** The same text for the same name: everybody after this compares names, and looks them up. */
  #once(name: string): string {
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return known ?? name;
  }

  #number(): void {
    const number = this.#match(NUMBER);
    if (number === undefined) throw new NotRead();
    this.at += number.length;
    this.value = number;
    this.kind = "number";
  }

  #string(): void {
    const opening = this.#match(STRING_START);
    if (opening === undefined) throw new NotRead();
    this.at += opening.length;
    this.value = opening;
    this.kind = "string";
  }

  #operator(): void {
    const mayBeLong = GOES_ON.has(this.text.charCodeAt(this.at + 1));
    const operator = (mayBeLong ? this.#match(LONG_OPERATOR) : undefined) ?? this.text.charAt(this.at);
    if (operator.length === 1 && !OPERATORS.has(operator)) throw new NotRead();
    this.at += operator.length;
    if (operator === "(" || operator === "[" || operator === "{") this.open++;
    if (operator === ")" || operator === "]" || operator === "}") this.open--;
    this.kind = operator;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}
