import type { Comment, Diagnostic, Module } from "../facts/source/syntax.ts";
import { loadGrammar, type Syntax } from "./grammar.ts";
import { plainSyntaxOf } from "./parser.ts";
import { linesOf } from "./text.ts";

/** Reads the text of one file into its syntax. */
export type ModuleReader = (path: string, text: string) => Module;

/**
 * Plain Python is read by our own parser, which takes a sixth of the time, and all else by the grammar.
 * `lint` is asked once a module, when somebody first wants its answer.
 */
export async function createModuleReader(lint: (text: string) => readonly Diagnostic[]): Promise<ModuleReader> {
  const grammar = await loadGrammar();
  const read = (text: string): Syntax => plainSyntaxOf(text) ?? grammar(text);
  return (path, text) => new LazyModule(path, text, read, lint);
}

/** Parsed and linted when somebody first asks: many extractors see by the text alone that there is nothing for them. */
class LazyModule implements Module {
  readonly path: string;
  readonly text: string;
  readonly #read: (text: string) => Syntax;
  readonly #lint: (text: string) => readonly Diagnostic[];
  #syntax: Syntax | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;

  constructor(
    path: string,
    text: string,
    read: (text: string) => Syntax,
    lint: (text: string) => readonly Diagnostic[],
  ) {
    this.path = path;
    this.text = text;
    this.#read = read;
    this.#lint = lint;
  }

  get lines(): number {
    return linesOf(this.text);
  }

  get body(): Module["body"] {
    return this.#readOnce().body;
  }

  get comments(): readonly Comment[] {
    return this.#readOnce().comments;
  }

  get hasErrors(): boolean {
    return this.#readOnce().hasErrors;
  }

  diagnostics(): readonly Diagnostic[] {
    this.#diagnostics ??= this.#lint(this.text);
    return this.#diagnostics;
  }

  #readOnce(): Syntax {
    this.#syntax ??= this.#read(this.text);
    return this.#syntax;
  }
}
