import type { Expression } from "../../facts/source/syntax.ts";
import { concatenated, decoded, literalOf } from "../strings.ts";
import { Lexer, NotRead } from "./lexer.ts";

const ESCAPE = String.raw`x[a-fA-F\d]{2}|\d{1,3}|\r?\n|['"abfrntv\\]`;
const IN_TEXT = new RegExp(String.raw`\\(?:u[a-fA-F\d]{4}|U[a-fA-F\d]{8}|N\{[^}]+\}|${ESCAPE})`, "g");
const IN_BYTES = new RegExp(String.raw`\\(?:${ESCAPE})`, "g");

const NEWLINE = 10;
const BACKSLASH = 92;
const OPENING = 123;
const CLOSING = 125;

/** Reads string literals; what stands in the braces of an f-string is read by `inBraces`. */
export abstract class StringParser extends Lexer {
  protected abstract inBraces(): Expression;
  /** The expressions that stand in parentheses and are no tuples: as targets they mean something else. */
  protected readonly parenthesized = new WeakSet<Expression>();

  /** Literals that stand side by side, from the opening of the first. */
  protected strings(): Expression {
    const { line } = this;
    const first = this.#string();
    if (!this.is("string")) return first;
    const parts = [first];
    while (this.is("string")) parts.push(this.#string());
    return concatenated(parts, line);
  }

  #string(): Expression {
    const { line } = this;
    const quote = this.value.replace(/^[a-zA-Z]+/, "");
    const prefix = this.value.slice(0, -quote.length).toLowerCase();
    const isJoined = prefix.includes("f") || prefix.includes("t");
    if (isJoined) {
      const values = this.#pieces(quote, prefix.includes("r"));
      this.next();
      return { kind: "JoinedStr", line, values };
    }
    const start = this.at;
    this.#skipTo(quote);
    const content = this.text.slice(start, this.at);
    // Of a raw string that holds nothing else the grammar loses them.
    if (prefix.includes("r") && /^(\\[\\'"])+$/.test(content)) throw new NotRead();
    this.at += quote.length;
    this.next();
    return literalOf(decodedText(content, prefix), line, prefix.includes("b") ? "bytes" : "str");
  }

  /**
   * Goes to the quote that ends the string, and counts the lines.
   * @throws NotRead where it has no end
   */
  #skipTo(quote: string): void {
    let end = -1;
    do {
      if (end < this.at) end = this.text.indexOf(quote, this.at);
      if (end < 0) throw new NotRead();
      const backslash = this.backslashes.after(this.at);
      if (quote.length === 1 && this.newlines.after(this.at) < Math.min(end, backslash)) throw new NotRead();
      const next = backslash < end ? backslash + 2 : end;
      for (let line = this.newlines.after(this.at); line < next; line = this.newlines.after(line + 1)) this.lineAt++;
      this.at = next;
    } while (this.at !== end);
  }

  /** @throws NotRead where the string has no end */
  #characterIn(quote: string): number {
    const code = this.text.charCodeAt(this.at);
    if (Number.isNaN(code) || (code === NEWLINE && quote.length === 1)) throw new NotRead();
    return code;
  }

  /** Goes on, and counts the lines. */
  #skip(characters: number): void {
    for (const end = this.at + characters; this.at < end; this.at++)
      if (this.text.charCodeAt(this.at) === NEWLINE) this.lineAt++;
  }

  /** The literal and the computed parts of an f-string. */
  #pieces(quote: string, isRaw: boolean): readonly Expression[] {
    const values: Expression[] = [];
    let piece: string | undefined;
    let line = this.lineAt;
    let from = this.at;
    const add = (text: string): void => {
      if (text !== "") piece = (piece ?? "") + (isRaw ? text : decodedText(text, ""));
    };
    const close = (): void => {
      add(this.text.slice(from, this.at));
      if (piece !== undefined) values.push(literalOf(piece, line, "str"));
      piece = undefined;
    };
    for (;;) {
      const code = this.#characterIn(quote);
      if (code === BACKSLASH) {
        // `\N{DASH}`, `\{`.
        if (/[N{}]/.test(this.text.charAt(this.at + 1))) throw new NotRead();
        this.#skip(2);
      } else if (code === quote.charCodeAt(0) && this.text.startsWith(quote, this.at)) {
        close();
        this.at += quote.length;
        return values;
      } else if ((code === OPENING || code === CLOSING) && this.text.charCodeAt(this.at + 1) === code) {
        add(this.text.slice(from, this.at + 1));
        this.at += 2;
        from = this.at;
      } else if (code === OPENING) {
        close();
        values.push(this.#interpolation(quote));
        line = this.lineAt;
        from = this.at;
      } else if (code === CLOSING) throw new NotRead();
      else this.#skip(1);
    }
  }

  /** `{value=!r:spec}`, from the brace on to right behind the other. */
  #interpolation(quote: string): Expression {
    const { open } = this;
    this.at++;
    this.open = open + 1;
    this.kind = "{";
    this.next();
    const value = this.inBraces();
    // `{a:=5}` has a specification.
    if (value.kind === "NamedExpr" && !this.parenthesized.has(value)) throw new NotRead();
    this.takeIf("=");
    if (this.is("!")) {
      this.next();
      if (!this.is("name") || !/^[rsa]$/.test(this.value)) throw new NotRead();
      this.next();
    }
    if (this.is(":")) this.#specification(quote);
    else if (!this.is("}")) throw new NotRead();
    this.open = open;
    return value;
  }

  /** What follows the colon, on to right behind the brace. */
  #specification(quote: string): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code === NEWLINE || code === BACKSLASH || code === quote.charCodeAt(0))
        throw new NotRead();
      if (code === CLOSING) {
        this.at++;
        return;
      }
      if (code === OPENING) this.#interpolation(quote);
      else this.at++;
    }
  }
}

function decodedText(text: string, prefix: string): string {
  if (prefix.includes("r") || !text.includes("\\")) return text;
  return text.replace(prefix.includes("b") ? IN_BYTES : IN_TEXT, decoded);
}
