import type { Expression, Keyword, Parameter } from "../../facts/source/syntax.ts";
import { AtomParser } from "./atoms.ts";
import { NotRead } from "./lexer.ts";

/** How closely operators of two sides bind, as the grammar has it: `&` less than `^`. */
const BINDING: Readonly<Record<string, number>> = {
  "|": 14,
  "&": 15,
  "^": 16,
  "<<": 17,
  ">>": 17,
  "+": 18,
  "-": 18,
  "*": 19,
  "/": 19,
  "//": 19,
  "%": 19,
  "@": 19,
};
const COMPARISONS: ReadonlySet<string> = new Set(["<", "<=", "==", "!=", ">=", ">", "in", "is", "not"]);
/** Deeper nesting is left to the grammar, which has its own limits. */
const MAX_DEPTH = 100;

/** Reads expressions by recursive descent. */
export abstract class ExpressionParser extends AtomParser {
  #depth = 0;

  /** Parameters up to a token that ends them. */
  protected abstract parameters(end: string, areTyped: boolean): readonly Parameter[];

  protected inBraces(): Expression {
    return this.is("yield") ? this.yielded() : this.expressions();
  }

  /** `a, b` without brackets is a tuple. */
  protected expressions(): Expression {
    const { line } = this;
    const first = this.element();
    if (this.is(",")) return { kind: "Tuple", line, elts: this.rest(first) };
    if (first.kind === "Starred") throw new NotRead();
    return first;
  }

  protected yielded(): Expression {
    const { line } = this;
    this.take("yield");
    if (this.takeIf("from")) return { kind: "Yield", line, value: this.expression(), target: null };
    const value = this.startsExpression() ? this.expressions() : null;
    return { kind: "Yield", line, value, target: null };
  }

  protected expression(): Expression {
    if (++this.#depth > MAX_DEPTH) throw new NotRead();
    const { line } = this;
    const isName = this.is("name");
    let expression = this.is("lambda") ? this.#lambda() : this.disjunction();
    if (this.is("if")) {
      this.next();
      const test = this.disjunction();
      this.take("else");
      expression = { kind: "IfExp", line, body: expression, test, orelse: this.expression() };
    } else if (this.is(":=") && isName && expression.kind === "Name") {
      this.next();
      expression = { kind: "NamedExpr", line, target: expression, value: this.expression() };
    }
    this.#depth--;
    return expression;
  }

  #lambda(): Expression {
    const { line } = this;
    this.take("lambda");
    const args = this.parameters(":", false);
    this.take(":");
    return { kind: "Lambda", line, args, body: this.expression() };
  }

  protected disjunction(): Expression {
    const { line } = this;
    let left = this.#conjunction();
    for (let length = 0; this.takeIf("or"); length++)
      left = this.chained(length, { kind: "BoolOp", line, op: "or", left, right: this.#conjunction() });
    return left;
  }

  #conjunction(): Expression {
    const { line } = this;
    let left = this.#negation();
    for (let length = 0; this.takeIf("and"); length++)
      left = this.chained(length, { kind: "BoolOp", line, op: "and", left, right: this.#negation() });
    return left;
  }

  /** One more link of a chain, which is as deep as it is long. */
  protected chained(length: number, link: Expression): Expression {
    if (length > MAX_DEPTH) throw new NotRead();
    return link;
  }

  #negation(): Expression {
    if (!this.is("not")) return this.#comparison();
    const { line } = this;
    if (++this.#depth > MAX_DEPTH) throw new NotRead();
    this.next();
    const operand = this.#negation();
    this.#depth--;
    return { kind: "UnaryOp", line, op: "not", operand };
  }

  #comparison(): Expression {
    const { line } = this;
    const left = this.#binary(14);
    if (!COMPARISONS.has(this.kind)) return left;
    const ops: string[] = [];
    const comparators: Expression[] = [];
    while (COMPARISONS.has(this.kind)) {
      let op = this.kind;
      this.next();
      if (op === "not") {
        this.take("in");
        op = "not in";
      } else if (op === "is" && this.takeIf("not")) op = "is not";
      ops.push(op);
      comparators.push(this.#binary(14));
    }
    return { kind: "Compare", line, left, ops, comparators };
  }

  /** Operators that bind at least so closely. */
  #binary(least: number): Expression {
    const { line } = this;
    let left = this.#unary();
    for (let length = 0; ; length++) {
      const op = this.kind;
      const binding = BINDING[op];
      if (binding === undefined || binding < least) return left;
      this.next();
      left = this.chained(length, { kind: "BinOp", line, op, left, right: this.#binary(binding + 1) });
    }
  }

  #unary(): Expression {
    const { line, kind: op } = this;
    if (op !== "-" && op !== "+" && op !== "~") return this.#power();
    if (++this.#depth > MAX_DEPTH) throw new NotRead();
    this.next();
    const operand = this.#unary();
    this.#depth--;
    return { kind: "UnaryOp", line, op, operand };
  }

  #power(): Expression {
    const { line } = this;
    if (this.takeIf("await")) return { kind: "Await", line, value: this.#power(), target: null };
    const left = this.#primary();
    if (!this.takeIf("**")) return left;
    return { kind: "BinOp", line, op: "**", left, right: this.#unary() };
  }

  #primary(): Expression {
    const { line } = this;
    let value = this.atom();
    for (let length = 0; ; length++) {
      if (length > MAX_DEPTH) throw new NotRead();
      if (this.is(".")) {
        this.next();
        const at = this.line;
        const attr = this.value;
        this.take("name");
        value = { kind: "Attribute", line: at, value, attr };
      } else if (this.is("(")) value = { kind: "Call", line, func: value, ...this.given() };
      else if (this.is("[")) {
        this.next();
        value = { kind: "Subscript", line, value, slice: this.#slices(line) };
      } else return value;
    }
  }

  /** The arguments of a call or a class. */
  protected given(): { readonly args: readonly Expression[]; readonly keywords: readonly Keyword[] } {
    const { line: opening } = this;
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    this.take("(");
    while (!this.is(")")) {
      const { line, kind } = this;
      if (this.takeIf("**")) keywords.push({ line, arg: null, value: this.expression() });
      else {
        const value = this.element();
        if (this.is("=") && kind === "name" && value.kind === "Name") {
          this.next();
          keywords.push({ line, arg: value.id, value: this.expression() });
        } else if (this.is("for") || this.is("async")) {
          if (args.length + keywords.length > 0) throw new NotRead();
          args.push(this.comprehension("generator", opening, value, null));
          break;
        } else args.push(value);
      }
      if (!this.takeIf(",")) break;
    }
    this.take(")");
    return { args, keywords };
  }

  #slices(line: number): Expression {
    const slices = [this.#slice()];
    while (this.takeIf(",")) if (!this.is("]")) slices.push(this.#slice());
    this.take("]");
    const [only] = slices;
    return only && slices.length === 1 ? only : { kind: "Tuple", line, elts: slices };
  }

  #slice(): Expression {
    const { line } = this;
    const first = this.is(":") ? undefined : this.expression();
    if (first && !this.is(":")) return first;
    const parts = first ? [first] : [];
    while (this.takeIf(":")) if (!this.is(":") && !this.is("]") && !this.is(",")) parts.push(this.expression());
    return { kind: "Other", line, parts };
  }

  /** What a loop binds. */
  protected targets(): Expression {
    const { line } = this;
    const read = (): Expression => {
      const { line: at } = this;
      if (this.takeIf("*")) return { kind: "Starred", line: at, value: this.#target(), target: null };
      return this.#target();
    };
    const first = read();
    return this.is(",") ? { kind: "Tuple", line, elts: this.rest(first, read) } : first;
  }

  #target(): Expression {
    const target = this.#primary();
    this.assigned(target);
    return target;
  }

  /** @throws NotRead for what the grammar reads as another target, or as none */
  protected assigned(target: Expression): void {
    const { kind } = target;
    if (kind === "Tuple" || kind === "List") for (const one of target.elts) this.assigned(one);
    else if (kind === "Starred" && target.value) this.assigned(target.value);
    else if (kind !== "Name" && kind !== "Attribute" && kind !== "Subscript") throw new NotRead();
    if (this.parenthesized.has(target)) throw new NotRead();
  }
}
