import type { ExceptHandler, Expression, FunctionDef, Statement } from "../../facts/source/syntax.ts";
import { NotRead } from "./lexer.ts";
import { SimpleStatementParser } from "./simple-statements.ts";

/** Kinds of what `as` names whole; of `a if b else c as d` the grammar has only the end named. */
const NAMED: ReadonlySet<string> = new Set(["Name", "Attribute", "Call", "Subscript", "Tuple"]);
/** Deeper blocks are left to the grammar. */
const MAX_DEPTH = 60;

/** Reads blocks and what holds them. */
export class StatementParser extends SimpleStatementParser {
  #depth = 0;
  /** The last line of the block that ended last. */
  #endOfBlock = 0;

  /** @throws NotRead where anything of it is rare or broken */
  module(): readonly Statement[] {
    const body: Statement[] = [];
    this.next();
    while (!this.is("end")) body.push(...this.#statement());
    return body;
  }

  #statement(): readonly Statement[] {
    const { line } = this;
    switch (this.kind) {
      case "def":
      case "class":
        return [this.#definition([])];
      case "@":
        return [this.#decorated()];
      case "async":
        return [this.#async(line)];
      case "if":
        return [this.#if(line)];
      case "for":
        return [this.#for(line, false)];
      case "while":
        return [this.#while(line)];
      case "with":
        return [this.#with(line, false)];
      case "try":
        return [this.#try(line)];
      default:
        return this.#simpleStatements();
    }
  }

  #simpleStatements(): readonly Statement[] {
    const statements = [this.simple()];
    while (this.takeIf(";")) if (!this.is("newline")) statements.push(this.simple());
    this.#endOfBlock = this.endLine;
    this.take("newline");
    return statements;
  }

  #block(): readonly Statement[] {
    this.take(":");
    if (!this.is("newline")) return this.#simpleStatements();
    if (++this.#depth > MAX_DEPTH) throw new NotRead();
    this.next();
    this.take("indent");
    const body: Statement[] = [];
    while (!this.is("dedent")) body.push(...this.#statement());
    this.#endOfBlock = this.endLine;
    this.next();
    this.#depth--;
    return body;
  }

  #decorated(): Statement {
    const decorators: Expression[] = [];
    while (this.takeIf("@")) {
      decorators.push(this.expression());
      this.take("newline");
      if (this.stepsOut) throw new NotRead();
    }
    return this.#definition(decorators);
  }

  #definition(decorators: readonly Expression[]): Statement {
    const { line } = this;
    if (this.takeIf("class")) {
      const name = this.word();
      const { args: bases, keywords } = this.is("(") ? this.given() : { args: [], keywords: [] };
      const body = this.#block();
      return { kind: "ClassDef", line, endLine: this.#endOfBlock, name, decorators, body, bases, keywords };
    }
    const isAsync = this.takeIf("async");
    return this.#function(line, isAsync, decorators);
  }

  #function(line: number, isAsync: boolean, decorators: readonly Expression[]): FunctionDef {
    this.take("def");
    const name = this.word();
    this.take("(");
    const args = this.parameters(")", true);
    this.take(")");
    const returns = this.takeIf("->") ? this.type() : null;
    const body = this.#block();
    return { kind: "FunctionDef", line, endLine: this.#endOfBlock, name, decorators, body, isAsync, args, returns };
  }

  #async(line: number): Statement {
    this.take("async");
    if (this.is("for")) return this.#for(line, true);
    if (this.is("with")) return this.#with(line, true);
    return this.#function(line, true, []);
  }

  #if(line: number): Statement {
    this.next();
    const test = this.expression();
    const body = this.#block();
    const { line: at } = this;
    const orelse = this.is("elif") ? [this.#if(at)] : this.#else();
    return { kind: "If", line, test, body, orelse };
  }

  #else(): readonly Statement[] {
    return this.takeIf("else") ? this.#block() : [];
  }

  #for(line: number, isAsync: boolean): Statement {
    this.take("for");
    const target = this.targets();
    this.take("in");
    const iter = this.expressions();
    const body = this.#block();
    return { kind: "For", line, isAsync, target, iter, body, orelse: this.#else() };
  }

  #while(line: number): Statement {
    this.take("while");
    const test = this.expression();
    const body = this.#block();
    return { kind: "While", line, test, body, orelse: this.#else() };
  }

  #with(line: number, isAsync: boolean): Statement {
    this.take("with");
    const items: { context: Expression; target: Expression | null }[] = [];
    do {
      const isOpen = this.is("(");
      const context = this.expression();
      // Items in parentheses.
      if (isOpen && context.kind === "Tuple") throw new NotRead();
      if (this.is("as") && !NAMED.has(context.kind)) throw new NotRead();
      items.push({ context, target: this.takeIf("as") ? this.expression() : null });
    } while (this.takeIf(","));
    return { kind: "With", line, isAsync, items, body: this.#block() };
  }

  #try(line: number): Statement {
    this.take("try");
    const body = this.#block();
    const handlers: ExceptHandler[] = [];
    while (this.is("except")) handlers.push(this.#handler());
    const orelse = this.#else();
    const finalbody = this.takeIf("finally") ? this.#block() : [];
    if (handlers.length === 0 && finalbody.length === 0) throw new NotRead();
    return { kind: "Try", line, body, handlers, orelse, finalbody };
  }

  #handler(): ExceptHandler {
    const { line } = this;
    this.take("except");
    const type = this.is(":") ? null : this.expression();
    if (this.is("as") && type && !NAMED.has(type.kind)) throw new NotRead();
    const name = this.takeIf("as") ? this.word() : null;
    return { line, type, name, body: this.#block() };
  }
}
