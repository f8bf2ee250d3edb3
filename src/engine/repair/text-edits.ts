import type { Edit } from "../../edit.ts";
import { readInstructions } from "../../facts/dockerfiles/instructions.ts";
import { EditRefused, type Lines, type Splice } from "./splice.ts";

type TextEdit = Extract<Edit, { kind: "replace" | "insert" | "append" | "delete" | "instruction" | "pin" }>;

/** What an edit of lines does to a text; a pin needs its commit. */
export function spliceLines(lines: Lines, edit: TextEdit, commit?: string): Splice {
  switch (edit.kind) {
    case "replace":
      return replaced(lines, edit.line, edit.piece, edit.by);
    case "insert":
      return edit.after === 0 ? lines.putBefore(0, edit.lines) : lines.putBehind(lines.stop(edit.after), edit.lines);
    case "append":
      return appended(lines, edit.lines);
    case "delete":
      return withoutLines(lines, edit.line, edit.line + (edit.count ?? 1) - 1);
    case "instruction":
      return instruction(lines, edit);
    case "pin":
      return pinned(lines, edit, commit);
  }
}

function replaced(lines: Lines, line: number, piece: string, by: string): Splice {
  const [start, stop] = [lines.start(line), lines.stop(line)];
  const written = lines.text.slice(start, stop);
  const at = written.indexOf(piece);
  if (piece === "" || at < 0) throw new EditRefused(`line ${line} does not hold what is to be replaced`);
  if (written.indexOf(piece, at + 1) >= 0) throw new EditRefused(`line ${line} holds twice what is to be replaced`);
  return { start: start + at, end: start + at + piece.length, text: lines.withEnds(by) };
}

/** The last line keeps its line end, or keeps having none. */
function appended(lines: Lines, added: string): Splice {
  if (lines.count === 0)
    return { start: 0, end: lines.text.length, text: lines.withEnds(`${added.replace(/\n$/, "")}\n`) };
  return lines.putBehind(lines.stop(lines.count), added);
}

function withoutLines(lines: Lines, first: number, last: number): Splice {
  const start = lines.start(first);
  const end = lines.next(last);
  // The last line goes with the line end before it, where it has none of its own.
  const isUnended = end === lines.text.length && !lines.text.endsWith("\n") && first > 1;
  return { start: isUnended ? lines.stop(first - 1) : start, end, text: "" };
}

function instruction(lines: Lines, { line, put, text }: Extract<Edit, { kind: "instruction" }>): Splice {
  const found = readInstructions(lines.text).find((one) => one.line <= line && line <= one.endLine);
  if (!found) throw new EditRefused(`no instruction stands on line ${line}`);
  if (put === "before") return lines.putBefore(lines.start(found.line), text);
  if (put === "after") return lines.putBehind(lines.stop(found.endLine), text);
  if (text === "") return withoutLines(lines, found.line, found.endLine);
  const [start, end] = [lines.start(found.line), lines.stop(found.endLine)];
  return { start, end, text: lines.withEnds(text.replace(/\n$/, "")) };
}

function pinned(
  lines: Lines,
  { line, owner, repository, ref }: Extract<Edit, { kind: "pin" }>,
  commit?: string,
): Splice {
  if (!commit) throw new EditRefused("only GitHub knows the commits of the tags, and it was not asked");
  const [start, stop] = [lines.start(line), lines.stop(line)];
  const written = lines.text.slice(start, stop);
  const at = written.indexOf(`@${ref}`);
  if (at < 0 || !written.toLowerCase().includes(`${owner}/${repository}`.toLowerCase()))
    throw new EditRefused(`line ${line} does not name ${owner}/${repository}@${ref}`);
  const behind = written.slice(at + ref.length + 1);
  const [, quote, rest] = /^(["']?)[ \t]*(#.*)?$/.exec(behind) ?? [];
  // Inside brackets, or before another comment, there is no room for a comment.
  const tail = quote === undefined ? behind : `${quote} # ${ref}${rest === undefined ? "" : ` ${rest}`}`;
  return { start: start + at, end: stop, text: `@${commit}${tail}` };
}
