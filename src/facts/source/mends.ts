import type { Module } from "./syntax.ts";

/** A piece of a line, and what mends it; without that the whole line goes. */
export interface Mend {
  readonly line: number;
  readonly piece: string;
  readonly by: string | undefined;
}

/** Takes an argument out of a call, where the line that it is written on lets that be told. */
export function withoutArgument(module: Module, line: number, argument: string): Mend | undefined {
  const written = lineOf(module, line);
  if (written.trim().replace(/,$/, "") === argument) return { line, piece: written.trim(), by: undefined };
  if (written.includes(`, ${argument}`)) return { line, piece: `, ${argument}`, by: "" };
  const [before, behind] = written.split(`${argument}, `);
  // What is said beside it on a line of its own may be said of it.
  if (before?.trim() && behind !== undefined) return { line, piece: `${argument}, `, by: "" };
  return written.includes(`(${argument})`) ? { line, piece: `(${argument})`, by: "()" } : undefined;
}

/** The text of a line. */
export function lineOf({ text }: Module, line: number): string {
  return text.split(/\r\n|\r|\n/, line)[line - 1] ?? "";
}
