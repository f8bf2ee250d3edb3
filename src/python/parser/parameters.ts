import type { Expression, Parameter } from "../../facts/source/syntax.ts";
import { ExpressionParser } from "./expressions.ts";
import { NotRead } from "./lexer.ts";

/** What may follow an annotation. */
const ENDS_TYPE: ReadonlySet<string> = new Set([",", ")", "]", "=", ":", "newline", ";"]);

/** Reads annotations and parameters. */
export abstract class ParameterParser extends ExpressionParser {
  /** An annotation: where it begins with `list[int]`, the grammar joins what follows from the right. */
  protected type(): Expression {
    const { line } = this;
    if (!this.#isGeneric()) return this.expression();
    let left = this.#generic();
    for (let length = 0; this.takeIf("|"); length++) {
      const right = this.#isGeneric() ? this.#generic() : this.expression();
      left = this.chained(length, { kind: "BinOp", line, op: "|", left, right });
    }
    if (!ENDS_TYPE.has(this.kind)) throw new NotRead();
    return left;
  }

  #isGeneric(): boolean {
    return this.is("name") && this.text.charCodeAt(this.at) === 91;
  }

  #generic(): Expression {
    const { line, value: id } = this;
    this.take("name");
    this.take("[");
    const elts = [this.type()];
    while (this.takeIf(",")) if (!this.is("]")) elts.push(this.type());
    this.take("]");
    const [only] = elts;
    const slice: Expression = only && elts.length === 1 ? only : { kind: "Tuple", line, elts };
    return { kind: "Subscript", line, value: { kind: "Name", line, id }, slice };
  }

  protected parameters(end: string, areTyped: boolean): readonly Parameter[] {
    const parameters: Parameter[] = [];
    while (this.kind !== end) {
      if (!this.takeIf("/")) {
        const { line } = this;
        const kind = this.takeIf("**") ? "double-star" : this.takeIf("*") ? "star" : "plain";
        if (kind !== "star" || this.is("name")) {
          const name = this.value;
          this.take("name");
          const annotation = areTyped && this.takeIf(":") ? this.type() : null;
          const given = this.takeIf("=") ? this.expression() : null;
          parameters.push({ line, name, kind, annotation, default: given });
        }
      }
      if (!this.takeIf(",")) break;
    }
    return parameters;
  }
}
