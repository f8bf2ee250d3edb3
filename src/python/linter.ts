import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import type { Diagnostic } from "../facts/source/syntax.ts";

/** The oldest that Ruff knows: every newer piece of syntax is then named with its version. */
const OLDEST_PYTHON = "py37";

interface RuffDiagnostic {
  readonly message: string;
  readonly start_location: { readonly row: number };
}

/** Finds what is no syntax of every Python in one file's text. None of Ruff's rules runs. */
export function createLinter(): (text: string) => readonly Diagnostic[] {
  const workspace = new Workspace({ "target-version": OLDEST_PYTHON, lint: { select: [] } }, PositionEncoding.Utf16);
  return (text) =>
    (workspace.check(text) as readonly RuffDiagnostic[]).map(({ message, start_location: { row } }) => ({
      message,
      line: row,
    }));
}
