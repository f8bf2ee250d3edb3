import { FormatError } from "./node.ts";
import { type Tokens, tokensOf } from "./toml-tokens.ts";

/** A key or array element: where it stands, and what stands in it. */
export interface Place {
  /** One-based; undefined where the text does not name it. */
  readonly line: number | undefined;
  /** The key or the element in it; undefined where the text names none. */
  at(step: string | number): Place | undefined;
}

/** Dots that a key may have: every part of it is a place in the one before. */
const MAX_DEPTH = 100;

/**
 * Scans well-formed TOML for the lines of its keys and of the elements of its arrays.
 * @throws FormatError for a key of more than a hundred parts.
 */
export function locateToml(text: string): Place {
  const root = new Spot();
  new Scanner(tokensOf(text), root).scan();
  return root;
}

class Spot implements Place {
  #line: number | undefined;
  /** Where the header of something in it stands: `[tool.pylint.main]` alone is also where `tool.pylint` begins. */
  #implied: number | undefined;
  #inner: Map<string | number, Spot> | undefined;
  /** Headers that began an element of this array of tables. */
  #elements = 0;

  get line(): number | undefined {
    return this.#line ?? this.#implied;
  }

  at(step: string | number): Spot | undefined {
    return this.#inner?.get(step);
  }

  /** The same, made where it is new. */
  in(step: string | number): Spot {
    this.#inner ??= new Map();
    const known = this.#inner.get(step) ?? new Spot();
    this.#inner.set(step, known);
    return known;
  }

  /** What a later header means by this name: of an array of tables the newest element. */
  get newest(): Spot {
    return this.#elements > 0 ? this.in(this.#elements - 1) : this;
  }

  nextElement(): Spot {
    return this.in(this.#elements++);
  }

  named(line: number): Spot {
    this.#line ??= line;
    return this;
  }

  implied(line: number): void {
    this.#implied ??= line;
  }
}

class Scanner {
  readonly #tokens: readonly string[];
  readonly #lines: readonly number[];
  readonly #root: Spot;
  #at = 0;

  constructor({ texts, lines }: Tokens, root: Spot) {
    this.#tokens = texts;
    this.#lines = lines;
    this.#root = root;
  }

  scan(): void {
    let table = this.#root;
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at];
      if (token === "\n") this.#at++;
      else if (token === "[") table = this.#header();
      else this.#pair(table);
    }
  }

  #header(): Spot {
    const line = this.#line();
    const isArray = this.#tokens[this.#at + 1] === "[";
    this.#at += isArray ? 2 : 1;
    const keys = this.#keys("]");
    this.#at += isArray ? 1 : 0;
    let spot = this.#root;
    for (const key of keys.slice(0, -1)) {
      spot = spot.in(key);
      spot.implied(line);
      spot = spot.newest;
      spot.implied(line);
    }
    spot = spot.in(keys.at(-1) ?? "").named(line);
    return isArray ? spot.nextElement().named(line) : spot;
  }

  #pair(table: Spot): void {
    const line = this.#line();
    let spot = table;
    for (const key of this.#keys("=")) spot = spot.in(key).named(line);
    this.#value(spot);
    while (this.#at < this.#tokens.length && this.#tokens[this.#at] !== "\n") this.#at++;
  }

  /** Reads dotted keys up to and with the closing token. */
  #keys(end: string): string[] {
    const keys: string[] = [];
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at] as string;
      if (token === end) break;
      if (token !== "." && token !== "\n") keys.push(unquoted(token));
      if (keys.length > MAX_DEPTH) throw new FormatError(`nested deeper than ${MAX_DEPTH}`);
    }
    this.#at++;
    return keys;
  }

  #value(spot: Spot): void {
    const open = this.#tokens[this.#at];
    if (open === "[") this.#array(spot);
    else if (open === "{") this.#inlineTable(spot);
    else this.#skipScalar();
  }

  #array(spot: Spot): void {
    this.#at++;
    for (let index = 0; !this.#closes("]"); index++) {
      this.#value(spot.in(index).named(this.#line()));
      this.#skip(",");
    }
  }

  #inlineTable(table: Spot): void {
    this.#at++;
    while (!this.#closes("}")) {
      const line = this.#line();
      let spot = table;
      for (const key of this.#keys("=")) spot = spot.in(key);
      this.#value(spot.named(line));
      this.#skip(",");
    }
  }

  /** Steps over the closing token, with the newlines before it; true at the end of the text too. */
  #closes(end: string): boolean {
    while (this.#tokens[this.#at] === "\n") this.#at++;
    const token = this.#tokens[this.#at];
    if (token !== undefined && token !== end) return false;
    this.#at++;
    return true;
  }

  #skip(separator: string): void {
    while (this.#tokens[this.#at] === "\n") this.#at++;
    if (this.#tokens[this.#at] === separator) this.#at++;
  }

  /** A bare scalar such as `1.5` or a date spreads over several tokens. */
  #skipScalar(): void {
    do this.#at++;
    while (this.#at < this.#tokens.length && !ENDS_SCALAR.has(this.#tokens[this.#at] as string));
  }

  #line(): number {
    return this.#lines[this.#at] ?? 1;
  }
}

const ENDS_SCALAR: ReadonlySet<string> = new Set(["\n", ",", "]", "}"]);

function unquoted(key: string): string {
  return /^(".*"|'.*')$/.test(key) ? key.slice(1, -1) : key;
}
