import type { Edit } from "../../edit.ts";
import { applySplices, EditRefused, Lines, type Splice } from "./splice.ts";
import { spliceLines } from "./text-edits.ts";
import { spliceToml } from "./toml/splices.ts";
import { type DataEdit, parseDocuments } from "./yaml/documents.ts";
import { spliceYaml } from "./yaml/splices.ts";

/** Characters of a file that is edited: no file that people write by hand is longer. */
const LONGEST = 500_000;

const YAML = /\.ya?ml$/i;

/** The commits that tags and branches name, by `owner/repository@ref`. */
export type Commits = ReadonlyMap<string, string>;

/** What a pin asks GitHub for. */
export function questionOf({ owner, repository, ref }: Extract<Edit, { kind: "pin" }>): string {
  return `${owner}/${repository}@${ref}`;
}

/**
 * A file after all of these edits of it; all are placed in the text as it was.
 * @param text undefined where there is no such file
 * @throws EditRefused for edits that do not fit the text, or each other
 */
export function applyEdits(text: string | undefined, edits: readonly Edit[], commits: Commits = new Map()): string {
  const distinct = [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()];
  const [first] = distinct;
  if (first?.kind === "create") {
    if (text !== undefined) throw new EditRefused("the file is there already");
    if (distinct.length > 1) throw new EditRefused("two repairs write the same file");
    return first.text;
  }
  if (text === undefined && distinct.some(({ kind }) => kind !== "append" && kind !== "set" && kind !== "add"))
    throw new EditRefused("there is no such file");
  if ((text?.length ?? 0) > LONGEST) throw new EditRefused("the file is too long to be edited");
  const lines = new Lines(text ?? "");
  const data = distinct.filter((edit): edit is DataEdit => /^(set|add|unset)$/.test(edit.kind));
  const other = distinct.filter((edit) => !data.includes(edit as DataEdit));
  const splices = other.map((edit): Splice => {
    if (edit.kind === "create") throw new EditRefused("two repairs write the same file");
    return spliceLines(
      lines,
      edit as Parameters<typeof spliceLines>[1],
      edit.kind === "pin" ? commits.get(questionOf(edit)) : undefined,
    );
  });
  const result = applySplices(lines.text, [...splices, ...(data.length > 0 ? spliceData(lines, data) : [])]);
  // A piece of a line may have been a piece of a quoted text.
  const [path = ""] = distinct.map((edit) => edit.path);
  if (YAML.test(path) && splices.length > 0 && isWellFormed(lines.text) && !isWellFormed(result))
    throw new EditRefused("it is laid out in a way that is not understood");
  return result;
}

function isWellFormed(text: string): boolean {
  try {
    return parseDocuments(text).length >= 0;
  } catch {
    return false;
  }
}

function spliceData(lines: Lines, edits: readonly DataEdit[]): readonly Splice[] {
  const path = edits[0]?.path ?? "";
  try {
    if (YAML.test(path)) return spliceYaml(lines, edits);
    if (/(\.toml|(^|\/)Pipfile)$/.test(path)) return spliceToml(lines, edits);
  } catch (error) {
    if (error instanceof RangeError) throw new EditRefused("it is nested too deeply to be edited");
    throw error;
  }
  throw new EditRefused("only YAML and TOML are edited by their keys");
}
