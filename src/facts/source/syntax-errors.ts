import type { Module } from "./syntax.ts";

export interface SyntaxProblem {
  readonly line: number;
  readonly says: string;
  /** The first Python that has the syntax; absent where no Python has it. */
  readonly since: string | undefined;
}

/**
 * Syntax that the grammar accepts and not every Python does: what came with 3.8 and later, and what went with 2.
 * Signs and words are looked for apart, and what leads to them behind them: it is several times as fast.
 */
const SIGNS =
  /:=|\*\*?\w+\s*\]|\/\s*[,)]|@(?<=^[ \t]*@)(?:[^\w\s]|[\w.]{1,200}(?:\[|\([^()\n]{0,200}\)[.[(]))|<>(?<=\w\s?<>)\s?\w|["'](?<=\b[rR]?[tT].)|"(?<=\b[fF][rR]?")[^"\n]{0,300}\{[^}"\n]{0,200}"|'(?<=\b[fF][rR]?')[^'\n]{0,300}\{[^}'\n]{0,200}'/m;
const WORDS =
  /\bwith\s*\(|\bexcept\s*\*|\bexcept\s+[\w.]+\s*,|\b(?:match|case|type|print|exec)(?<=^[ \t]*\w+)[ \t]+[^\s=(.,:[]|\b(?:def|class)(?<=^[ \t]*(?:async[ \t]+)?\w+)[ \t]+\w+\s*\[|\b(?:return|yield)\s+(?:[^()\n]{0,80},\s*)?\*/m;

/** What no Python accepts, and what only newer ones do; after an error that none accepts the rest says nothing. */
export function readSyntaxErrors(module: Module): readonly SyntaxProblem[] {
  // Ruff looks only where there may be something: it takes as long as parsing does.
  if (!SIGNS.test(module.text) && !WORDS.test(module.text) && !module.hasErrors) return [];
  const problems = module.diagnostics().map(({ line, message }) => ({
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
