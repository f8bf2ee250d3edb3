import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import type { Diagnostic } from "../facts/source/syntax.ts";

/**
 * What Ruff is asked for: hazards of security (S), blocking calls in async code (ASYNC), blind and
 * bare excepts (BLE, E722), debuggers and prints (T1, T2). The rules decide what becomes of them.
 */
const SELECTED = ["S", "ASYNC", "BLE", "E722", "T100", "T201"];
/** Asserts, and try-blocks that hide nothing: none of our rules asks for them. */
const IGNORED = ["S101"];
/** The oldest that Ruff knows: every newer piece of syntax is then named with its version. */
const OLDEST_PYTHON = "py37";

interface RuffDiagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly start_location: { readonly row: number };
}

/** Lints one file's text; a `# noqa` in it silences what it names. */
export function createLinter(): (text: string) => readonly Diagnostic[] {
  const workspace = new Workspace(
    { "target-version": OLDEST_PYTHON, lint: { select: SELECTED, ignore: IGNORED } },
    PositionEncoding.Utf16,
  );
  return (text) =>
    (workspace.check(text) as readonly RuffDiagnostic[]).map(({ code, message, start_location: { row } }) => ({
      code: code ?? "invalid-syntax",
      message,
      line: row,
    }));
}
