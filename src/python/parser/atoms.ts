import type { Expression } from "../../facts/source/syntax.ts";
import { NotRead } from "./lexer.ts";
import { StringParser } from "./strings.ts";

/** Reads names, literals, and what stands in brackets. */
export abstract class AtomParser extends StringParser {
  protected abstract expression(): Expression;
  /** An expression without a condition around it. */
  protected abstract disjunction(): Expression;
  protected abstract yielded(): Expression;
  protected abstract targets(): Expression;

  /** What follows the first of a list without brackets. */
  protected rest(first: Expression, read = () => this.element()): readonly Expression[] {
    const elts = [first];
    while (this.takeIf(",")) {
      if (!this.startsExpression()) break;
      elts.push(read());
    }
    return elts;
  }

  protected startsExpression(): boolean {
    switch (this.kind) {
      case "newline":
      case "=":
      case ":":
      case ";":
      case ")":
      case "]":
      case "}":
      case "in":
      case "end":
        return false;
      default:
        return !/^[^=]+=$/.test(this.kind);
    }
  }

  /** What is not made of operators. */
  protected atom(): Expression {
    const { line, kind, value } = this;
    switch (kind) {
      case "name":
        this.next();
        return { kind: "Name", line, id: value };
      case "number":
        this.next();
        return { kind: "Constant", type: "number", line, value };
      case "string":
        return this.strings();
      case "None":
        this.next();
        return { kind: "Constant", type: "None", line, value };
      case "True":
      case "False":
        this.next();
        return { kind: "Constant", type: "bool", line, value };
      case "...":
        this.next();
        return { kind: "Constant", type: "Ellipsis", line, value: "..." };
      case "(":
        return this.#parentheses();
      case "[":
        return this.#list();
      case "{":
        return this.#braces();
      default:
        throw new NotRead();
    }
  }

  #parentheses(): Expression {
    const { line } = this;
    this.take("(");
    if (this.takeIf(")")) return { kind: "Tuple", line, elts: [] };
    if (this.is("yield")) {
      const value = this.yielded();
      this.take(")");
      this.parenthesized.add(value);
      return value;
    }
    const first = this.element();
    if (this.is("for") || this.is("async")) {
      const generator = this.comprehension("generator", line, first, null);
      this.take(")");
      return generator;
    }
    if (this.is(",")) {
      const elts = this.rest(first);
      this.take(")");
      return { kind: "Tuple", line, elts };
    }
    if (first.kind === "Starred") throw new NotRead();
    this.take(")");
    this.parenthesized.add(first);
    return first;
  }

  /** One of those that brackets hold. */
  protected element(): Expression {
    const { line } = this;
    const isInside = this.open > 0;
    if (!this.takeIf("*")) return this.expression();
    const value = this.expression();
    if (!isInside && value.kind !== "Name") throw new NotRead();
    return { kind: "Starred", line, value, target: null };
  }

  /** A star that stands alone binds to the name behind it in the grammar, and to all else among others. */
  #elements(first: Expression): readonly Expression[] {
    const elts = this.rest(first);
    if (elts.length === 1 && first.kind === "Starred" && first.value?.kind !== "Name") throw new NotRead();
    return elts;
  }

  #list(): Expression {
    const { line } = this;
    this.take("[");
    if (this.takeIf("]")) return { kind: "List", line, elts: [] };
    const first = this.element();
    if (this.is("for") || this.is("async")) {
      const list = this.comprehension("list", line, first, null);
      this.take("]");
      return list;
    }
    const elts = this.#elements(first);
    this.take("]");
    return { kind: "List", line, elts };
  }

  #braces(): Expression {
    const { line } = this;
    this.take("{");
    if (this.takeIf("}")) return { kind: "Dict", line, items: [] };
    if (this.is("**")) return this.#dictionary(line, []);
    const first = this.element();
    if (this.is(":")) {
      this.next();
      const value = this.expression();
      if (this.is("for") || this.is("async")) {
        const comprehension = this.comprehension("dict", line, first, value);
        this.take("}");
        return comprehension;
      }
      if (!this.takeIf(",")) {
        this.take("}");
        return { kind: "Dict", line, items: [{ key: first, value }] };
      }
      return this.#dictionary(line, [{ key: first, value }]);
    }
    if (this.is("for") || this.is("async")) {
      const comprehension = this.comprehension("set", line, first, null);
      this.take("}");
      return comprehension;
    }
    const elts = this.#elements(first);
    this.take("}");
    return { kind: "Set", line, elts };
  }

  #dictionary(line: number, items: { key: Expression | null; value: Expression }[]): Expression {
    while (!this.is("}")) {
      if (this.takeIf("**")) items.push({ key: null, value: this.expression() });
      else {
        const key = this.expression();
        this.take(":");
        items.push({ key, value: this.expression() });
      }
      if (!this.takeIf(",")) break;
    }
    this.take("}");
    return { kind: "Dict", line, items };
  }

  protected comprehension(
    of: "list" | "set" | "dict" | "generator",
    line: number,
    elt: Expression,
    value: Expression | null,
  ): Expression {
    if (elt.kind === "Starred") throw new NotRead();
    const clauses: Expression[] = [];
    while (this.is("for") || this.is("async")) {
      this.takeIf("async");
      this.take("for");
      this.targets();
      this.take("in");
      clauses.push(this.disjunction());
      while (this.takeIf("if")) clauses.push(this.#condition());
    }
    return { kind: "Comprehension", of, line, elt, value, clauses };
  }

  #condition(): Expression {
    const { line } = this;
    const isName = this.is("name");
    const test = this.disjunction();
    if (!this.is(":=") || !isName || test.kind !== "Name") return test;
    this.next();
    return { kind: "NamedExpr", line, target: test, value: this.disjunction() };
  }
}
