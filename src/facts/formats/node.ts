/**
 * Data read from a YAML, TOML, JSON or INI file, where every value knows its line.
 * Scalars keep their source text, so that a YAML `3.10` stays `"3.10"`.
 */
export class DataNode {
  readonly kind: "map" | "list" | "scalar";
  /** One-based line where the value starts; for a block scalar the line of its first line of text. */
  readonly line: number;
  readonly #text: string | undefined;
  readonly #quoted: boolean;
  /** The scalar as it stands in the file, where reading it changed its lines (folding). */
  readonly #source: string | undefined;
  readonly #entries: ReadonlyMap<string, Entry> | undefined;
  readonly #items: readonly DataNode[] | undefined;
  /** Lines below the first by index, once they were asked for. */
  #lines: ((index: number) => number) | undefined;

  private constructor(
    kind: DataNode["kind"],
    line: number,
    content: {
      text?: string;
      quoted?: boolean;
      source?: string | undefined;
      entries?: ReadonlyMap<string, Entry>;
      items?: readonly DataNode[];
    },
  ) {
    this.kind = kind;
    this.line = line;
    this.#text = content.text;
    this.#quoted = content.quoted ?? false;
    this.#source = content.source;
    this.#entries = content.entries;
    this.#items = content.items;
  }

  static scalar(text: string, line: number, quoted = false, source?: string): DataNode {
    return new DataNode("scalar", line, { text, quoted, source });
  }

  static list(items: readonly DataNode[], line: number): DataNode {
    return new DataNode("list", line, { items });
  }

  static map(entries: ReadonlyMap<string, Entry>, line: number): DataNode {
    return new DataNode("map", line, { entries });
  }

  /** The scalar's text; undefined for maps and lists, and for null. */
  get text(): string | undefined {
    return this.isNull ? undefined : this.#text;
  }

  /** True for a scalar that means nothing: empty, `~` or `null` without quotes. */
  get isNull(): boolean {
    return this.kind === "scalar" && !this.#quoted && /^(~|null|Null|NULL|)$/.test(this.#text ?? "");
  }

  /** True for a scalar in quotes, which is text whatever it looks like. */
  get isQuoted(): boolean {
    return this.#quoted;
  }

  /** The scalar as a boolean; undefined where it is none. YAML 1.1 words count, because CI systems read them. */
  get boolean(): boolean | undefined {
    if (this.kind !== "scalar" || this.#quoted) return undefined;
    if (/^(true|yes|on)$/i.test(this.#text ?? "")) return true;
    if (/^(false|no|off)$/i.test(this.#text ?? "")) return false;
    return undefined;
  }

  /** The scalar as a finite number; undefined where it is none. */
  get number(): number | undefined {
    if (this.kind !== "scalar" || !this.#text?.trim()) return undefined;
    const value = Number(this.#text);
    return Number.isFinite(value) ? value : undefined;
  }

  /** The value at a path of keys and indexes; undefined where the path leaves the data. */
  get(...path: readonly (string | number)[]): DataNode | undefined {
    let node: DataNode | undefined = this;
    for (const step of path) {
      node = typeof step === "number" ? node.#items?.[step] : node.#entries?.get(step)?.value;
      if (!node) return undefined;
    }
    return node;
  }

  /** The line of a key of this map; undefined where it has no such key. */
  lineOfKey(key: string): number | undefined {
    return this.#entries?.get(key)?.line;
  }

  has(key: string): boolean {
    return this.#entries?.has(key) ?? false;
  }

  /** Key, value and the key's line, in the file's order; empty unless this is a map. */
  get entries(): readonly { readonly key: string; readonly value: DataNode; readonly line: number }[] {
    return [...(this.#entries ?? [])].map(([key, { value, line }]) => ({ key, value, line }));
  }

  /** The elements of a list; a scalar or map counts as a list of itself only in `listed`. */
  get items(): readonly DataNode[] {
    return this.#items ?? [];
  }

  /** The elements where both `key: a` and `key: [a, b]` are allowed; null gives none. */
  get listed(): readonly DataNode[] {
    if (this.kind === "list") return this.items;
    return this.isNull ? [] : [this];
  }

  /** The texts of `listed`. */
  get texts(): readonly string[] {
    return this.listed.flatMap(({ text }) => (text === undefined ? [] : [text]));
  }

  /** The line that holds the character at this index of `text`. */
  lineAt(index: number): number {
    const text = this.#text ?? "";
    this.#lines ??= this.#source === undefined ? lineIndex(text) : foldedLineIndex(text, this.#source);
    return this.line + this.#lines(index) - 1;
  }

  /** This node and all below it, depth first; shared nodes come once for each place. */
  *walk(): Generator<DataNode> {
    yield this;
    for (const item of this.#items ?? []) yield* item.walk();
    for (const { value } of this.#entries?.values() ?? []) yield* value.walk();
  }
}

export interface Entry {
  readonly value: DataNode;
  readonly line: number;
}

/** A file whose text does not follow its format, or is larger than it may be. The message names the line where known. */
export class FormatError extends Error {}

/** One-based line numbers of offsets into a text. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => Math.max(1, countBelow(starts, offset + 1));
}

/** How many of these numbers, which ascend, are below the bound. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The line of an index for a text that was folded from this source. Folding changes white space
 * only: as many other characters stand before a place in the text as in the source.
 */
function foldedLineIndex(text: string, source: string): (index: number) => number {
  const lineOf = lineIndex(source);
  const inText = placesOfCharacters(text);
  const inSource = placesOfCharacters(source);
  return (index) => lineOf(inSource[countBelow(inText, index)] ?? source.length);
}

/** Where everything but white space stands. */
function placesOfCharacters(text: string): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < text.length; at++) if (/\S/.test(text[at] as string)) places.push(at);
  return places;
}
