import {
  EVENT_ALIAS,
  EVENT_DOCUMENT,
  type EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_FOLDED_BLOCK,
  SCALAR_STYLE_LITERAL_BLOCK,
  SCALAR_STYLE_PLAIN,
  SCALAR_STYLE_SINGLE_QUOTED,
  type ScalarEvent,
  YAMLException,
} from "js-yaml";
import { DataNode, type Entry, FormatError, lineIndex } from "./node.ts";

/** Nodes that a document may have after its aliases are expanded, and characters of a text that count as one. */
const MAX_EXPANDED_NODES = 500_000;
const CHARACTERS_PER_NODE = 50;
const MAX_DEPTH = 100;
/** Characters of a key that are shown. */
const MAX_SHOWN = 80;
/** Characters that are read again, in all, to forgive brackets that close too far left. */
const MAX_REPARSED = 5_000_000;

/** How strictly YAML is read. */
interface YamlOptions {
  /** True where no map may have a key twice; else the last one holds, as with what runs such files. */
  readonly uniqueKeys?: boolean;
}

/**
 * The documents of a YAML file. Aliases share their node, `<<` merges, unknown tags are passed over.
 * @throws FormatError for broken YAML, nesting over 100, or aliases that expand to more than half a million values.
 */
export function parseYaml(text: string, { uniqueKeys = false }: YamlOptions = {}): readonly DataNode[] {
  let source = text;
  for (let parsed = 0; ; ) {
    try {
      return new DocumentBuilder(source, parseEvents(source, { maxDepth: MAX_DEPTH }), uniqueKeys).documents();
    } catch (error) {
      if (error instanceof FormatError) throw error;
      parsed += source.length;
      const at = error instanceof YAMLException && error.reason === "deficient indentation" && error.mark?.position;
      if (typeof at !== "number" || parsed > MAX_REPARSED) {
        throw new FormatError(`not valid YAML: ${firstLine(error)}`);
      }
      source = indentLine(source, at);
    }
  }
}

/**
 * Pushes the line of this offset to the right. A bracket that closes at its key's own column breaks
 * the letter of YAML 1.2, yet all that runs such files accepts it; no value and no line changes.
 */
function indentLine(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return text.slice(0, start) + " ".repeat(MAX_DEPTH) + text.slice(start);
}

/** The first document of a YAML file, or undefined for an empty file. */
export function parseYamlDocument(text: string): DataNode | undefined {
  return parseYaml(text)[0];
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}

interface Built {
  readonly node: DataNode;
  /** Nodes of the expanded tree below and with this one. */
  readonly size: number;
}

class DocumentBuilder {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #lineOf: (offset: number) => number;
  readonly #uniqueKeys: boolean;
  #position = 0;
  #anchors = new Map<string, Built>();

  constructor(text: string, events: readonly Event[], uniqueKeys: boolean) {
    this.#text = text;
    this.#events = events;
    this.#lineOf = lineIndex(text);
    this.#uniqueKeys = uniqueKeys;
  }

  documents(): readonly DataNode[] {
    const documents: DataNode[] = [];
    while (this.#position < this.#events.length) {
      if (this.#next().type !== EVENT_DOCUMENT) continue;
      this.#anchors = new Map();
      if (this.#events[this.#position]?.type !== EVENT_POP) documents.push(this.#value(0).node);
    }
    return documents;
  }

  #next(): Event {
    return this.#events[this.#position++] as Event;
  }

  #value(nearbyLine: number): Built {
    const event = this.#next();
    if (event.type === EVENT_ALIAS) return this.#alias(event.anchorStart, event.anchorEnd);
    const built =
      event.type === EVENT_SCALAR
        ? sizedScalar(this.#scalar(event, nearbyLine))
        : event.type === EVENT_SEQUENCE
          ? this.#list(this.#lineOf(event.start))
          : this.#map(this.#lineOf((event as Event & { type: typeof EVENT_MAPPING; start: number }).start));
    if (built.size > MAX_EXPANDED_NODES) throw new FormatError("its aliases expand to too many values");
    const { anchorStart, anchorEnd } = event as ScalarEvent;
    if (anchorStart >= 0) this.#anchors.set(this.#text.slice(anchorStart, anchorEnd), built);
    return built;
  }

  #alias(start: number, end: number): Built {
    const built = this.#anchors.get(this.#text.slice(start, end));
    if (!built) throw new FormatError(`line ${this.#lineOf(start)} uses an anchor that is not defined`);
    return built;
  }

  #scalar(event: ScalarEvent, nearbyLine: number): DataNode {
    const block = event.style === SCALAR_STYLE_LITERAL_BLOCK || event.style === SCALAR_STYLE_FOLDED_BLOCK;
    const value = getScalarValue(this.#text, event);
    const line = event.valueStart < 0 ? nearbyLine : this.#lineOf(event.valueStart);
    const source = event.style === SCALAR_STYLE_LITERAL_BLOCK ? value : this.#unescaped(event);
    return DataNode.scalar(
      value,
      line,
      block || event.style !== SCALAR_STYLE_PLAIN,
      source === value ? undefined : source,
    );
  }

  /** A scalar's source with the same characters as its value, white space apart. */
  #unescaped({ valueStart, valueEnd, style }: ScalarEvent): string {
    const raw = valueStart < 0 ? "" : this.#text.slice(valueStart, valueEnd);
    if (style === SCALAR_STYLE_DOUBLE_QUOTED) return raw.replace(/\\[nrt]?/g, " ");
    return style === SCALAR_STYLE_SINGLE_QUOTED ? raw.replaceAll("''", "'") : raw;
  }

  #list(line: number): Built {
    const items: DataNode[] = [];
    let size = 1;
    while (this.#events[this.#position]?.type !== EVENT_POP) {
      const item = this.#value(line);
      items.push(item.node);
      size += item.size;
    }
    this.#position++;
    return { node: DataNode.list(items, line), size };
  }

  #map(line: number): Built {
    const own = new Map<string, Entry>();
    const merged = new Map<string, Entry>();
    let size = 1;
    while (this.#events[this.#position]?.type !== EVENT_POP) {
      const key = this.#value(line);
      const value = this.#value(key.node.line);
      size += value.size;
      const name = key.node.kind === "scalar" ? (key.node.text ?? "") : `(a ${key.node.kind})`;
      const earlier = this.#uniqueKeys ? own.get(name) : undefined;
      if (earlier) throw new FormatError(repeated(name, key.node.line, earlier.line));
      if (name === "<<") for (const source of value.node.listed) mergeInto(merged, source);
      else own.set(name, { value: value.node, line: key.node.line });
    }
    this.#position++;
    for (const [name, entry] of merged) if (!own.has(name)) own.set(name, entry);
    return { node: DataNode.map(own, line), size };
  }
}

function repeated(key: string, line: number, earlier: number): string {
  return `line ${line} has the key ${key.slice(0, MAX_SHOWN)}, which line ${earlier} has already`;
}

function sizedScalar(node: DataNode): Built {
  return { node, size: 1 + Math.floor((node.text?.length ?? 0) / CHARACTERS_PER_NODE) };
}

function mergeInto(merged: Map<string, Entry>, source: DataNode): void {
  for (const { key, value, line } of source.entries) if (!merged.has(key)) merged.set(key, { value, line });
}
