import { block, isShownWhole, type Markdown } from "./markdown.ts";
import type { PatchedFile } from "./patch.ts";
import { replacementsOf } from "./replacements.ts";

/** A change to lines of a pull request that its author takes with one click. */
export interface Suggestion {
  readonly path: string;
  /** One-based lines of the head. */
  readonly from: number;
  readonly to: number;
  readonly body: Markdown;
}

/** The lines of each file that a pull request shows as they are at its head. */
export type ShownLines = ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>;

/** More are no help to anybody. */
const MAX = 20;

/** Suggestions for the files whose every change is on lines that are shown; the other files are left. */
export function suggestionsFor(
  files: readonly PatchedFile[],
  shown: ShownLines,
): { readonly suggestions: readonly Suggestion[]; readonly left: readonly PatchedFile[] } {
  const suggestions: Suggestion[] = [];
  const left: PatchedFile[] = [];
  for (const file of files) {
    const own = suggestionsOf(file, shown.get(file.path) ?? []);
    if (own && suggestions.length + own.length <= MAX) suggestions.push(...own);
    else left.push(file);
  }
  return { suggestions, left };
}

function suggestionsOf(
  { path, before, after }: PatchedFile,
  shown: readonly (readonly [number, number])[],
): readonly Suggestion[] | undefined {
  if (before === null || ![before, after].every(isShownWhole)) return undefined;
  const replacements = replacementsOf(before, after);
  const areShown = replacements?.every(({ from, to }) => shown.some(([first, last]) => first <= from && to <= last));
  if (!areShown) return undefined;
  return replacements?.map(({ from, to, lines }) => ({ path, from, to, body: suggestion(lines) }));
}

function suggestion(lines: readonly string[]): Markdown {
  return lines.length === 0 ? "```suggestion\n```" : block(`${lines.join("\n")}\n`, "suggestion");
}
