import { parse } from "toml";
import { DataNode, type Entry, FormatError } from "./node.ts";
import { type Locations, locateToml } from "./toml-lines.ts";

/** Characters of a file that people write: the parser takes its time, and several facts read the same file. */
const LONGEST_BY_HAND = 250_000;

/**
 * A TOML file. The values come from the parser, the lines from a scan of keys and array elements.
 * @param longest characters that are read; lock files are longer than what people write.
 * @throws FormatError for broken TOML, with the line, and for what is too long.
 */
export function parseToml(text: string, longest = LONGEST_BY_HAND): DataNode {
  if (text.length > longest) throw new FormatError(`it is longer than ${longest} characters`);
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
  return convert(data, locateToml(text), [], 1);
}

function convert(value: unknown, lines: Locations, path: readonly (string | number)[], parentLine: number): DataNode {
  const line = lines.lineOf(path) ?? parentLine;
  if (Array.isArray(value)) {
    return DataNode.list(
      value.map((item, index) => convert(item, lines, [...path, index], line)),
      line,
    );
  }
  if (value instanceof Date) return DataNode.scalar(value.toISOString(), line, true);
  if (typeof value === "object" && value !== null) {
    const entries = new Map<string, Entry>();
    for (const [key, item] of Object.entries(value)) {
      const node = convert(item, lines, [...path, key], line);
      entries.set(key, { value: node, line: lines.lineOf([...path, key]) ?? node.line });
    }
    return DataNode.map(entries, line);
  }
  return DataNode.scalar(String(value), line, typeof value === "string");
}
