import { LRUCache } from "lru-cache";
import type { AnyFact, SourceFile } from "./fact.ts";
import { FormatError } from "./formats/node.ts";

/** What became of parsing one file. */
export type ParseResult = { readonly parsed: unknown } | { readonly problem: string };

/** Parsed files by fact, path and blob id. One cache serves one tenant: never share it between installations. */
export interface ParseCache {
  parse(name: string, fact: AnyFact, file: SourceFile, sha: string): ParseResult;
}

/** Keeps the newest results, up to about this many characters of source. */
export function createParseCache(maxCharacters = 24_000_000): ParseCache {
  const results = new LRUCache<string, ParseResult>({ maxSize: maxCharacters });
  return {
    parse(name, fact, file, sha) {
      const key = [name, file.path, sha].join("\0");
      const known = results.get(key);
      if (known) return known;
      const result = parseFile(fact, file);
      results.set(key, result, { size: file.text.length + 500 });
      return result;
    },
  };
}

function parseFile(fact: AnyFact, file: SourceFile): ParseResult {
  try {
    return { parsed: fact.parse(file) };
  } catch (error) {
    if (error instanceof FormatError) return { problem: error.message };
    if (error instanceof RangeError) return { problem: "it is nested too deeply to read" };
    return { problem: "it could not be read: this is a defect of pyready" };
  }
}
