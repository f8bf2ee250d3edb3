import type { SourceFile } from "../facts/fact.ts";
import type { ParseCache, ParseResult } from "../facts/parse-cache.ts";
import { type Extractor, extractors } from "../facts/source/extractors.ts";
import type { Harvest } from "./gather.ts";

/** The port to what reads Python: syntax trees and Ruff, in threads of their own. */
export interface PythonReader {
  /** What each named extractor takes from each file; one answer a file, in the order given. */
  extract(
    files: readonly { readonly path: string; readonly text: string; readonly extractors: readonly string[] }[],
  ): Promise<readonly ({ readonly values: Readonly<Record<string, unknown>> } | { readonly problem: string })[]>;
}

/** One fact's wish to take something from one file. */
export interface Extraction {
  readonly harvest: Harvest;
  readonly extract: Extractor;
  readonly file: SourceFile & { readonly id: string };
}

const names = new Map(Object.entries(extractors).map(([name, extract]) => [extract, name]));

/** Under this name the cache keeps all that was taken from a file, by extractor. */
const SOURCE = "source";

/** What is taken from a file is so much smaller than its text. */
const CONDENSED = 5;

type Taken = ReadonlyMap<string, unknown>;

/** Takes from files of Python what facts ask for: each file is read once for all of them, and only if it is not known. */
export async function extractAll(
  wanted: readonly Extraction[],
  cache: ParseCache,
  python: PythonReader,
): Promise<void> {
  const missing: {
    readonly wishes: readonly Extraction[];
    readonly known: Taken;
    readonly names: readonly string[];
  }[] = [];
  for (const wishes of Map.groupBy(wanted, ({ file }) => file.path).values()) {
    const { path, id } = (wishes[0] as Extraction).file;
    const kept = cache.get(SOURCE, path, id);
    const known = kept && "parsed" in kept ? (kept.parsed as Taken) : new Map<string, unknown>();
    const names = new Set<string>();
    for (const { extract } of wishes) if (!known.has(nameOf(extract))) names.add(nameOf(extract));
    if (names.size > 0) missing.push({ wishes, known, names: [...names] });
    else for (const { harvest, extract } of wishes) harvest.files.set(path, known.get(nameOf(extract)));
  }
  const answers = await python.extract(
    missing.map(({ wishes, names }) => ({ ...(wishes[0] as Extraction).file, extractors: names })),
  );
  for (const [index, { wishes, known }] of missing.entries()) {
    const answer = answers[index] ?? { problem: "it was not answered" };
    if ("problem" in answer) {
      // A file that was too much today may be read tomorrow: only answers are kept.
      for (const wish of wishes) put(wish, answer);
      continue;
    }
    const taken = new Map([...known, ...Object.entries(answer.values)]);
    const { path, id, text } = (wishes[0] as Extraction).file;
    cache.keep(SOURCE, path, id, { parsed: taken }, text.length / CONDENSED);
    for (const wish of wishes) put(wish, { parsed: taken.get(nameOf(wish.extract)) });
  }
}

function nameOf(extract: Extractor): string {
  const name = names.get(extract);
  if (!name) throw new Error("an extractor is missing in src/facts/source/extractors.ts");
  return name;
}

function put({ harvest, file }: Extraction, result: ParseResult): void {
  if ("problem" in result) harvest.unread.set(file.path, result.problem);
  else harvest.files.set(file.path, result.parsed);
}
