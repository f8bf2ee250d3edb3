import type { Module } from "./syntax.ts";

export interface SyntaxProblem {
  readonly line: number;
  readonly says: string;
  /** The first Python that has the syntax; absent where no Python has it. */
  readonly since: string | undefined;
}

/** What no Python accepts, and what only newer ones do; after an error that none accepts the rest says nothing. */
export function readSyntaxErrors(module: Module): readonly SyntaxProblem[] {
  const problems = module
    .diagnostics()
    .filter(({ code }) => code === "invalid-syntax")
    .map(({ line, message }) => ({
      line,
      says: message,
      since: /syntax was added in Python (3\.\d+)/.exec(message)?.[1],
    }));
  const broken = problems.find(({ since }) => since === undefined);
  if (!broken) return problems;
  return isTemplate(module, broken.line) ? [] : [broken];
}

const MARKER = /\{\{|\{%|<%|\$\{\w/;

/** True for what becomes Python only when it is filled in: its markers stand where Python ends, or its folder says so. */
function isTemplate({ path, text }: Module, line: number): boolean {
  if (/(^|\/)[^/]*(template|skeleton|scaffold|cookiecutter)[^/]*\//i.test(path) && MARKER.test(text)) return true;
  return MARKER.test(
    text
      .split("\n")
      .slice(Math.max(0, line - 2), line)
      .join("\n"),
  );
}
