import { FormatError } from "./node.ts";

type Path = readonly (string | number)[];

/** Where the keys and array elements of a TOML file stand. */
export interface Locations {
  /** One-based line of the key or element at this path; undefined where the text does not name it. */
  lineOf(path: Path): number | undefined;
}

/** A token that decides structure: strings and comments are passed over whole. */
const TOKEN =
  /"""[\s\S]*?"""+|'''[\s\S]*?'''+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|\r?\n|[[\]{}=,.]|[^\s"'#[\]{}=,.]+|[^\S\n]+/g;

/** Dots that a key may have: every part of it is recorded with all the parts before it. */
const MAX_DEPTH = 100;

/**
 * Scans well-formed TOML for the lines of its keys and of the elements of its arrays.
 * @throws FormatError for a key of more than a hundred parts.
 */
export function locateToml(text: string): Locations {
  const lines = new Map<string, number>();
  const implied = new Map<string, number>();
  new Scanner(text, lines, implied).scan();
  return { lineOf: (path) => lines.get(keyOf(path)) ?? implied.get(keyOf(path)) };
}

function keyOf(path: Path): string {
  return path.map((step) => (typeof step === "number" ? `#${step}` : `.${step}`)).join("\u0000");
}

interface Token {
  readonly text: string;
  readonly line: number;
}

class Scanner {
  readonly #tokens: Token[] = [];
  readonly #lines: Map<string, number>;
  /** Tables that only the headers of their parts name. */
  readonly #implied: Map<string, number>;
  readonly #tables = new Map<string, number>();
  #at = 0;

  constructor(text: string, lines: Map<string, number>, implied: Map<string, number>) {
    this.#lines = lines;
    this.#implied = implied;
    let line = 1;
    for (const [token] of text.matchAll(TOKEN)) {
      if (!/^[^\S\n]+$|^#/.test(token)) this.#tokens.push({ text: token, line });
      line += token.match(/\n/g)?.length ?? 0;
    }
  }

  scan(): void {
    let table: Path = [];
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at] as Token;
      if (isNewline(token)) this.#at++;
      else if (token.text === "[") table = this.#header();
      else this.#pair(table);
    }
  }

  #header(): Path {
    const line = this.#line();
    const isArray = this.#tokens[this.#at + 1]?.text === "[";
    this.#at += isArray ? 2 : 1;
    const keys = this.#keys("]");
    this.#at += isArray ? 1 : 0;
    const path = this.#resolve(keys.slice(0, -1));
    const last = keys.at(-1) ?? "";
    const whole = isArray ? this.#nextElement([...path, last]) : [...path, last];
    for (let depth = path.length + 1; depth <= whole.length; depth++) this.#record(whole.slice(0, depth), line);
    // `[tool.pylint.main]` alone is also where `tool.pylint` begins.
    for (let depth = 1; depth < whole.length; depth++) {
      const parent = keyOf(whole.slice(0, depth));
      if (!this.#implied.has(parent)) this.#implied.set(parent, line);
    }
    return whole;
  }

  /** The path of a header's parents, where an array of tables means its newest element. */
  #resolve(keys: readonly string[]): Path {
    let path: Path = [];
    for (const key of keys) {
      path = [...path, key];
      const count = this.#tables.get(keyOf(path));
      if (count !== undefined) path = [...path, count - 1];
    }
    return path;
  }

  #nextElement(path: Path): Path {
    const count = this.#tables.get(keyOf(path)) ?? 0;
    this.#tables.set(keyOf(path), count + 1);
    return [...path, count];
  }

  #pair(table: Path): void {
    const line = this.#line();
    const keys = this.#keys("=");
    for (let depth = 1; depth <= keys.length; depth++) this.#record([...table, ...keys.slice(0, depth)], line);
    this.#value([...table, ...keys]);
    while (this.#at < this.#tokens.length && !isNewline(this.#tokens[this.#at])) this.#at++;
  }

  /** Reads dotted keys up to and with the closing token. */
  #keys(end: string): string[] {
    const keys: string[] = [];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const { text } = this.#tokens[this.#at] as Token;
      if (text === end) break;
      if (text !== "." && text !== "\n" && text !== "\r\n") keys.push(unquoted(text));
      if (keys.length > MAX_DEPTH) throw new FormatError(`nested deeper than ${MAX_DEPTH}`);
    }
    this.#at++;
    return keys;
  }

  #value(path: Path): void {
    const open = this.#tokens[this.#at]?.text;
    if (open === "[") this.#array(path);
    else if (open === "{") this.#inlineTable(path);
    else this.#skipScalar();
  }

  #array(path: Path): void {
    this.#at++;
    for (let index = 0; !this.#closes("]"); index++) {
      this.#record([...path, index], this.#line());
      this.#value([...path, index]);
      this.#skip(",");
    }
  }

  #inlineTable(path: Path): void {
    this.#at++;
    while (!this.#closes("}")) {
      const line = this.#line();
      const keys = this.#keys("=");
      this.#record([...path, ...keys], line);
      this.#value([...path, ...keys]);
      this.#skip(",");
    }
  }

  /** Steps over the closing token, with the newlines before it; true at the end of the text too. */
  #closes(end: string): boolean {
    while (isNewline(this.#tokens[this.#at])) this.#at++;
    const token = this.#tokens[this.#at];
    if (token && token.text !== end) return false;
    this.#at++;
    return true;
  }

  #skip(separator: string): void {
    while (isNewline(this.#tokens[this.#at])) this.#at++;
    if (this.#tokens[this.#at]?.text === separator) this.#at++;
  }

  /** A bare scalar such as `1.5` or a date spreads over several tokens. */
  #skipScalar(): void {
    while (this.#at < this.#tokens.length && !/^(\r?\n|[,\]}])$/.test((this.#tokens[this.#at] as Token).text))
      this.#at++;
  }

  #line(): number {
    return this.#tokens[this.#at]?.line ?? 1;
  }

  #record(path: Path, line: number): void {
    const key = keyOf(path);
    if (!this.#lines.has(key)) this.#lines.set(key, line);
  }
}

function isNewline(token: Token | undefined): boolean {
  return token !== undefined && /^\r?\n$/.test(token.text);
}

function unquoted(key: string): string {
  return /^(".*"|'.*')$/.test(key) ? key.slice(1, -1) : key;
}
