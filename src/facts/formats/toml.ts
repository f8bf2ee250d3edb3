import { parse as parseFast } from "smol-toml";
import { parse as parseStrictly } from "toml";
import { DataNode, type Entry, FormatError } from "./node.ts";
import { locateToml, type Place } from "./toml-lines.ts";

/** Characters of a file that people write: the parser takes its time, and several facts read the same file. */
const LONGEST_BY_HAND = 250_000;
/** How deep lists and tables of a lock may stand in each other. */
const MAX_DEPTH = 500;

/**
 * A TOML file that people write. The values come from the parser, the lines from a scan of keys and array elements.
 * @throws FormatError for broken TOML, with the line, and for what is too long.
 */
export function parseToml(text: string): DataNode {
  if (text.length > LONGEST_BY_HAND) throw new FormatError(`it is longer than ${LONGEST_BY_HAND} characters`);
  return readWith(parseStrictly, text);
}

/**
 * A lock file in TOML, however long: what a tool wrote takes no strict parser, and a fast one.
 * @throws FormatError for broken TOML, with the line.
 */
export function parseTomlLock(text: string): DataNode {
  return readWith((lock) => parseFast(lock, { maxDepth: MAX_DEPTH }), text);
}

function readWith(parse: (text: string) => unknown, text: string): DataNode {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    const { line, location, message } = error as {
      line?: number;
      location?: { start?: { line?: number } };
      message: string;
    };
    const at = line ?? location?.start?.line;
    throw new FormatError(`not valid TOML${at ? ` at line ${at}` : ""}: ${message.split("\n", 1)[0]}`);
  }
  return convert(data, locateToml(text), 1);
}

function convert(value: unknown, place: Place | undefined, parentLine: number): DataNode {
  const line = place?.line ?? parentLine;
  if (Array.isArray(value)) {
    return DataNode.list(
      value.map((item, index) => convert(item, place?.at(index), line)),
      line,
    );
  }
  if (value instanceof Date) return DataNode.scalar(value.toISOString(), line, true);
  if (typeof value === "object" && value !== null) {
    const entries = new Map<string, Entry>();
    for (const [key, item] of Object.entries(value)) {
      const node = convert(item, place?.at(key), line);
      entries.set(key, { value: node, line: node.line });
    }
    return DataNode.map(entries, line);
  }
  return DataNode.scalar(String(value), line, typeof value === "string");
}
