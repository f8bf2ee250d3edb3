import { type Token, tokensOf } from "./hcl-tokens.ts";
import { DataNode, type Entry, FormatError } from "./node.ts";

/** A block of HCL: `resource "aws_db_instance" "main" { … }`. */
export interface HclBlock extends HclBody {
  readonly type: string;
  readonly labels: readonly string[];
  /** Line of its type. */
  readonly line: number;
}

/** Attributes and nested blocks; an expression that has to be computed is a scalar with its source. */
export interface HclBody {
  readonly attributes: DataNode;
  readonly blocks: readonly HclBlock[];
}

const MAX_DEPTH = 100;
const CLOSES: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/**
 * Reads the structure of a Terraform file. Literals, lists, objects and what `jsonencode` gets are
 * data; every other expression stays text.
 * @throws FormatError for blocks that do not close, or nesting over 100.
 */
export function parseHcl(text: string): HclBody {
  return new Parser(text).file();
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  file(): HclBody {
    return this.#body(1, 0);
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#position];
  }

  #is(...texts: readonly string[]): boolean {
    const token = this.#token;
    return token?.kind === "mark" && texts.includes(token.text);
  }

  #skipLines(): void {
    while (this.#token?.kind === "newline") this.#position++;
  }

  #body(line: number, depth: number): HclBody {
    if (depth > MAX_DEPTH) throw new FormatError(`line ${line} is nested deeper than ${MAX_DEPTH}`);
    const attributes = new Map<string, Entry>();
    const blocks: HclBlock[] = [];
    for (this.#skipLines(); ; this.#skipLines()) {
      const name = this.#token;
      if (!name || (depth > 0 && this.#is("}"))) {
        if (depth > 0) this.#close("}", line);
        return { attributes: DataNode.map(attributes, line), blocks };
      }
      if (name.kind !== "word") throw new FormatError(`line ${name.line} is neither an attribute nor a block`);
      this.#position++;
      if (this.#is("=")) {
        this.#position++;
        attributes.set(name.text, { value: this.#expression(depth, false), line: name.line });
      } else blocks.push(this.#block(name, depth));
    }
  }

  #block({ text: type, line }: Token, depth: number): HclBlock {
    const labels: string[] = [];
    for (let label = this.#token; label?.kind === "word" || label?.kind === "string"; label = this.#token) {
      labels.push(label.text);
      this.#position++;
    }
    if (!this.#is("{")) throw new FormatError(`line ${line} is neither an attribute nor a block`);
    this.#position++;
    return { type, labels, line, ...this.#body(line, depth + 1) };
  }

  /** Between brackets lines do not end an expression. */
  #expression(depth: number, bracketed: boolean): DataNode {
    if (depth > MAX_DEPTH) throw new FormatError(`nested deeper than ${MAX_DEPTH}`);
    const first = this.#token;
    if (!first) throw new FormatError("the file ends in an attribute");
    const start = this.#position;
    const literal = this.#literal(first, depth);
    if (bracketed) this.#skipLines();
    if (literal && this.#ends(bracketed)) return literal;
    this.#pass(bracketed);
    const last = this.#tokens[this.#position - 1];
    const source = this.#position > start ? this.#text.slice(first.start, last?.end) : "";
    return DataNode.scalar(source, first.line);
  }

  #ends(bracketed: boolean): boolean {
    return !this.#token || (!bracketed && this.#token.kind === "newline") || this.#is(",", "}", "]", ")");
  }

  /** Passes over the rest of an expression, brackets and all. */
  #pass(bracketed: boolean): void {
    for (const open: string[] = []; this.#token; this.#position++) {
      if (open.length === 0 && this.#ends(bracketed)) return;
      const { kind, text } = this.#token;
      if (kind !== "mark") continue;
      if (CLOSES[text]) open.push(CLOSES[text]);
      else if (text === open.at(-1)) open.pop();
    }
  }

  #literal(first: Token, depth: number): DataNode | undefined {
    const [second, third] = [this.#tokens[this.#position + 1], this.#tokens[this.#position + 2]];
    if (first.kind === "string" || first.kind === "number" || (first.kind === "word" && second?.text !== "(")) {
      this.#position++;
      return DataNode.scalar(first.text, first.line, first.kind === "string");
    }
    if (first.text === "jsonencode" && third && third.text !== ")") {
      this.#position += 2;
      this.#skipLines();
      const encoded = this.#expression(depth + 1, true);
      if (!this.#is(")")) return undefined;
      this.#position++;
      return encoded;
    }
    const isComputed = second?.text === "for" || (second?.kind === "newline" && third?.text === "for");
    if (first.kind !== "mark" || isComputed) return undefined;
    if (first.text === "[") return this.#list(first.line, depth);
    return first.text === "{" ? this.#object(first.line, depth) : undefined;
  }

  #list(line: number, depth: number): DataNode {
    const items: DataNode[] = [];
    this.#position++;
    for (this.#skipLines(); this.#token && !this.#is("]"); this.#skipLines()) {
      items.push(this.#expression(depth + 1, true));
      if (this.#is(",")) this.#position++;
      else if (!this.#is("]")) break;
    }
    this.#close("]", line);
    return DataNode.list(items, line);
  }

  #object(line: number, depth: number): DataNode {
    const entries = new Map<string, Entry>();
    this.#position++;
    for (this.#skipLines(); this.#token && !this.#is("}"); this.#skipLines()) {
      const key = this.#token;
      while (this.#token && !this.#is("=", ":", "}") && this.#token.kind !== "newline") this.#position++;
      if (!this.#is("=", ":")) throw new FormatError(`the object of line ${line} has a key without a value`);
      this.#position++;
      this.#skipLines();
      entries.set(key.text, { value: this.#expression(depth + 1, false), line: key.line });
      if (this.#is(",")) this.#position++;
    }
    this.#close("}", line);
    return DataNode.map(entries, line);
  }

  #close(mark: string, line: number): void {
    if (!this.#is(mark)) throw new FormatError(`what line ${line} opens does not close`);
    this.#position++;
  }
}
