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

/** Takes from files of Python what facts ask for: each file is read once for all of them, and only if it is not known. */
export async function extractAll(
  wanted: readonly Extraction[],
  cache: ParseCache,
  python: PythonReader,
): Promise<void> {
  const missing: { readonly name: string; readonly wish: Extraction }[] = [];
  for (const wish of wanted) {
    const name = nameOf(wish.extract);
    const known = cache.get(name, wish.file.path, wish.file.id);
    if (known) put(wish, known);
    else missing.push({ name, wish });
  }
  const byPath = [...Map.groupBy(missing, ({ wish }) => wish.file.path).values()];
  const answers = await python.extract(
    byPath.map((wishes) => ({
      path: wishes[0]?.wish.file.path ?? "",
      text: wishes[0]?.wish.file.text ?? "",
      extractors: [...new Set(wishes.map(({ name }) => name))],
    })),
  );
  for (const [index, wishes] of byPath.entries()) {
    const answer = answers[index] ?? { problem: "it was not answered" };
    for (const { name, wish } of wishes) {
      const result = "problem" in answer ? answer : { parsed: answer.values[name] };
      // A file that was too much today may be read tomorrow: only answers are kept.
      if ("parsed" in result)
        cache.keep(name, wish.file.path, wish.file.id, result, Math.ceil(wish.file.text.length / wishes.length));
      put(wish, result);
    }
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
