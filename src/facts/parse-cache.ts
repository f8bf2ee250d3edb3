import { LRUCache } from "lru-cache";
import type { AnyFact, SourceFile } from "./fact.ts";
import { FormatError } from "./formats/node.ts";

/** What became of parsing one file. */
export type ParseResult = { readonly parsed: unknown } | { readonly problem: string };

/** Parsed files by fact, path and blob id; `size` is what a result weighs, as characters of source. One cache serves one tenant: never share it between installations. */
export interface ParseCache {
  /** What everything in it weighs. */
  readonly weight: number;
  parse(name: string, fact: AnyFact, file: SourceFile, sha: string, size?: number): ParseResult;
  /** What is known of a file that is read elsewhere. */
  get(name: string, path: string, sha: string): ParseResult | undefined;
  keep(name: string, path: string, sha: string, result: ParseResult, size: number): void;
}

/** What any entry weighs. */
const OVERHEAD = 300;

/** Keeps the newest results, up to about this many characters of source. */
export function createParseCache(maxCharacters = 24_000_000): ParseCache {
  const results = new LRUCache<string, ParseResult>({ maxSize: maxCharacters });
  const cache: ParseCache = {
    get weight() {
      return results.calculatedSize;
    },
    parse(name, fact, file, sha, size = file.text.length) {
      const known = cache.get(name, file.path, sha);
      if (known) return known;
      const result = parseFile(fact, file);
      cache.keep(name, file.path, sha, result, size);
      return result;
    },
    get: (name, path, sha) => results.get(keyOf(name, path, sha)),
    keep: (name, path, sha, result, size) =>
      void results.set(keyOf(name, path, sha), result, { size: Math.ceil(size) + OVERHEAD }),
  };
  return cache;
}

function keyOf(...parts: readonly string[]): string {
  return parts.join("\0");
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
