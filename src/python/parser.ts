import type { Syntax } from "./grammar.ts";
import { NotRead } from "./parser/lexer.ts";
import { StatementParser } from "./parser/statements.ts";

/** A lone carriage return ends a line for some, and for others does not. */
const UNUSUAL = /\r(?!\n)|[\u2028\u2029\ufeff]/;

/**
 * The syntax of a module that is plain Python 3, as the grammar would have it; undefined where anything of
 * it is rare, broken or deeply nested, or means something else to the grammar.
 */
export function plainSyntaxOf(text: string): Syntax | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const parser = new StatementParser(text);
  try {
    return { body: parser.module(), comments: parser.comments, hasErrors: false };
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}
