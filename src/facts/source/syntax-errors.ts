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
  return broken ? [broken] : problems;
}
