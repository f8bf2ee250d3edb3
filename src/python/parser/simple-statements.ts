import type { Expression, ImportedName, Statement } from "../../facts/source/syntax.ts";
import { NotRead } from "./lexer.ts";
import { ParameterParser } from "./parameters.ts";

const AUGMENTED: ReadonlySet<string> = new Set("+= -= *= /= //= %= @= &= |= ^= >>= <<= **=".split(" "));
/** Statements of Python 2: what stands behind the word may be no argument. */
const PYTHON_2: ReadonlySet<string> = new Set(["print", "exec"]);

/** Reads the statements that several of may share a line. */
export abstract class SimpleStatementParser extends ParameterParser {
  /** A statement that is part of a line. */
  protected simple(): Statement {
    const { line } = this;
    switch (this.kind) {
      case "pass":
        this.next();
        return { kind: "Pass", line, values: [] };
      case "break":
        this.next();
        return { kind: "Break", line, values: [] };
      case "continue":
        this.next();
        return { kind: "Continue", line, values: [] };
      case "return":
        this.next();
        return { kind: "Return", line, values: this.#isEnd() ? [] : [this.expressions()] };
      case "del":
        this.next();
        return { kind: "Delete", line, values: [this.expressions()] };
      case "raise":
        this.next();
        return { kind: "Raise", line, values: this.#raised() };
      case "assert":
        this.next();
        return { kind: "Assert", line, values: this.#several() };
      case "global":
      case "nonlocal":
        this.next();
        return { kind: "Global", line, values: this.#several() };
      case "import":
        this.next();
        return { kind: "Import", line, names: this.#names(() => this.#dotted()) };
      case "from":
        return this.#importFrom(line);
      default:
        return this.#expressionStatement(line);
    }
  }

  #isEnd(): boolean {
    return this.is("newline") || this.is(";");
  }

  #raised(): readonly Expression[] {
    if (this.#isEnd()) return [];
    const raised = this.expression();
    return this.takeIf("from") ? [raised, this.expression()] : [raised];
  }

  #several(): readonly Expression[] {
    const values = [this.expression()];
    while (this.takeIf(",")) values.push(this.expression());
    return values;
  }

  #expressionStatement(line: number): Statement {
    const isPython2 = this.is("name") && PYTHON_2.has(this.value);
    const next = this.text.charAt(this.at);
    if (isPython2 && !/[(.=]/.test(next)) throw new NotRead();
    const mayBeAlias = this.is("name") && this.value === "type";
    if (this.is("yield")) return { kind: "Expr", line, values: [this.yielded()] };
    const first = this.element();
    const isTuple = this.is(",");
    const elts = isTuple ? this.rest(first) : [first];
    const whole: Expression = isTuple ? { kind: "Tuple", line, elts } : first;
    // `type(a).b = c` is an alias to the grammar.
    if (mayBeAlias && first.kind !== "Name" && first.kind !== "Call") throw new NotRead();
    if (this.is("=")) return this.#assignment(whole, line);
    if (isPython2 && (isTuple || first.kind !== "Call")) throw new NotRead();
    if (elts.some(({ kind }) => kind === "Starred")) throw new NotRead();
    if (this.is(":") && !isTuple) return this.#annotated(whole, line);
    if (!AUGMENTED.has(this.kind)) return { kind: "Expr", line, values: elts };
    const op = this.kind;
    this.assigned(whole);
    this.next();
    return { kind: "Assign", line, targets: [whole], annotation: null, op, value: this.inBraces() };
  }

  #assignment(first: Expression, line: number): Statement {
    const targets: Expression[] = [];
    let value = first;
    while (this.takeIf("=")) {
      this.assigned(value);
      targets.push(value);
      value = this.inBraces();
    }
    return { kind: "Assign", line, targets, annotation: null, op: "=", value };
  }

  #annotated(target: Expression, line: number): Statement {
    this.assigned(target);
    this.take(":");
    const annotation = this.type();
    const value = this.takeIf("=") ? this.inBraces() : null;
    if (this.is("=")) throw new NotRead();
    return { kind: "Assign", line, targets: [target], annotation, op: "=", value };
  }

  #importFrom(line: number): Statement {
    this.take("from");
    let level = 0;
    for (; this.is(".") || this.is("..."); this.next()) level += this.kind.length;
    const module = this.is("import") ? "" : this.#dotted();
    if (module === "" && level === 0) throw new NotRead();
    this.take("import");
    if (this.takeIf("*")) return { kind: "ImportFrom", line, module, level, names: [{ name: "*", asName: null }] };
    const isOpen = this.takeIf("(");
    const names = this.#names(() => this.word());
    if (isOpen) this.take(")");
    return { kind: "ImportFrom", line, module, level, names };
  }

  #names(read: () => string): readonly ImportedName[] {
    const names: ImportedName[] = [];
    do {
      if (this.is(")")) break;
      const name = read();
      names.push({ name, asName: this.takeIf("as") ? this.word() : null });
    } while (this.takeIf(","));
    return names;
  }

  protected word(): string {
    const { value } = this;
    this.take("name");
    return value;
  }

  #dotted(): string {
    let name = this.word();
    while (this.takeIf(".")) name += `.${this.word()}`;
    return name;
  }
}
