/** One simple command of a shell script. */
export interface ShellCommand {
  /** Its words, quotes removed; redirections are no words. */
  readonly words: readonly string[];
  /** Where it begins in the script. */
  readonly offset: number;
  /** What joins it to the next command; empty at the end of a line or group. */
  readonly joinedBy: "" | "&&" | "||" | "|" | ";" | "&";
  /** Where its output goes. */
  readonly redirects: readonly string[];
  /** The scripts within `$(…)` and backticks. */
  readonly captured: readonly Captured[];
}

export interface Captured {
  readonly text: string;
  readonly offset: number;
}

/** Words of the shell's own grammar, which stand before a command. */
const KEYWORD = /^(if|then|else|elif|fi|while|until|do|done|esac|!|\{|\}|time|exec|command|eval|nohup)$/;
/** Heads of compounds, whose other words are no command. */
const HEAD = /^(for|case|select|function)$/;
const OPERATOR = /&&|\|\||;;&?|;&|\|&|[;|&\n]/y;
const REDIRECTION = /(?:\d*|&)(?:<<-|<<<|<<|>>|<>|>\||[<>]&|[<>])(?![(])/y;
const WORD_END = /[\s;|&()<>]/;

/** Splits a script into its commands; nothing is expanded, and what it cannot read it takes as a word. */
export function shellCommands(script: string): readonly ShellCommand[] {
  return new ShellReader(script).commands();
}

class ShellReader {
  readonly #script: string;
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  #groups = 0;
  #words: string[] = [];
  #redirects: string[] = [];
  #captured: Captured[] = [];
  #offset = -1;
  /** Here-documents whose text begins on the next line. */
  #documents: string[] = [];

  constructor(script: string) {
    this.#script = script;
  }

  commands(): readonly ShellCommand[] {
    while (this.#at < this.#script.length) this.#step();
    this.#end("");
    return this.#commands;
  }

  #step(): void {
    const script = this.#script;
    const character = script[this.#at] as string;
    if (/^\\\r?\n/.test(script.slice(this.#at, this.#at + 3))) this.#at = script.indexOf("\n", this.#at) + 1;
    else if (/[^\S\n]/.test(character)) this.#at++;
    else if (character === "#") this.#at = endOfLine(script, this.#at);
    else if (character === "(" || character === ")") this.#bracket(character);
    else if (this.#redirection()) return;
    else if (this.#matches(OPERATOR)) this.#operator();
    else this.#word();
  }

  #bracket(character: string): void {
    const script = this.#script;
    if (script.startsWith("((", this.#at)) {
      const close = script.indexOf("))", this.#at);
      this.#at = close < 0 ? script.length : close + 2;
      return;
    }
    const definition = character === "(" && /^\(\s*\)/.test(script.slice(this.#at, this.#at + 10));
    // `name()` defines a function, and the word before a bracket that nothing opened is a pattern of `case`.
    if (definition || (character === ")" && this.#groups === 0)) this.#words = [];
    this.#groups = definition ? this.#groups : Math.max(0, this.#groups + (character === "(" ? 1 : -1));
    this.#at = definition ? script.indexOf(")", this.#at) + 1 : this.#at + 1;
    this.#end("");
  }

  #operator(): void {
    const [operator = ""] = this.#matches(OPERATOR) ?? [];
    this.#at += operator.length;
    const joinedBy = /^(&&|\|\||\||;|&)$/.test(operator) ? (operator as ShellCommand["joinedBy"]) : "";
    const last = this.#commands.at(-1);
    // What follows a group, `(…) || true`, follows its last command.
    if (last && this.#words.every((word) => word === "}") && /^[&|]/.test(joinedBy))
      this.#commands.splice(-1, 1, { ...last, joinedBy });
    this.#end(joinedBy);
    if (operator === "\n") for (const document of this.#documents.splice(0)) this.#skipDocument(document);
  }

  #redirection(): boolean {
    const match = this.#matches(REDIRECTION);
    if (!match || (/^\d/.test(match[0]) && !/\s|^$/.test(this.#script[this.#at - 1] ?? ""))) return false;
    this.#at += match[0].length;
    while (/[^\S\n]/.test(this.#script[this.#at] ?? "")) this.#at++;
    const { text } = this.#readWord();
    if (/<<-?$/.test(match[0])) this.#documents.push(text);
    else this.#redirects.push(text);
    return true;
  }

  #skipDocument(delimiter: string): void {
    while (this.#at < this.#script.length) {
      const end = endOfLine(this.#script, this.#at);
      const line = this.#script.slice(this.#at, end);
      this.#at = end + 1;
      if (line.trim() === delimiter) return;
    }
  }

  #word(): void {
    const start = this.#at;
    const { text, captured } = this.#readWord();
    if (this.#at === start) this.#at++;
    if (this.#offset < 0) this.#offset = start;
    this.#words.push(text);
    for (const one of captured) this.#captured.push(one);
  }

  /** A word up to the next blank or operator outside quotes. */
  #readWord(): { readonly text: string; readonly captured: readonly Captured[] } {
    const script = this.#script;
    const captured: Captured[] = [];
    let text = "";
    let quoted = false;
    while (this.#at < script.length) {
      const character = script[this.#at] as string;
      const substitution = substitutionEnd(script, this.#at);
      if (substitution > 0) {
        const raw = script.slice(this.#at, substitution);
        const open = raw.startsWith("`") ? 1 : 2;
        if (/^(`|\$\((?!\())/.test(raw)) captured.push({ text: raw.slice(open, -1), offset: this.#at + open });
        text += raw;
        this.#at = substitution;
      } else if (character === "\\" && script[this.#at + 1] !== "\n") {
        text +=
          quoted && !/["\\$`]/.test(script[this.#at + 1] ?? "")
            ? `\\${script[this.#at + 1]}`
            : (script[this.#at + 1] ?? "");
        this.#at += 2;
      } else if (character === "'" && !quoted && script.indexOf("'", this.#at + 1) > 0) {
        const close = script.indexOf("'", this.#at + 1);
        text += script.slice(this.#at + 1, close);
        this.#at = close + 1;
      } else if (character === '"') {
        quoted = !quoted;
        this.#at++;
      } else if (!quoted && (WORD_END.test(character) || character === "\\")) break;
      else {
        text += character;
        this.#at++;
      }
    }
    return { text, captured };
  }

  #matches(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#script);
  }

  #end(joinedBy: ShellCommand["joinedBy"]): void {
    const start = this.#words.findIndex((word) => !KEYWORD.test(word));
    const words = start < 0 ? [] : this.#words.slice(start);
    if (words.length > 0 && !HEAD.test(words[0] ?? ""))
      this.#commands.push({
        words,
        offset: this.#offset,
        joinedBy,
        redirects: this.#redirects,
        captured: this.#captured,
      });
    this.#words = [];
    this.#redirects = [];
    this.#captured = [];
    this.#offset = -1;
  }
}

/** The end of `${{…}}`, `${…}`, `$(…)` or backticks that begin here; 0 where none does. */
function substitutionEnd(script: string, start: number): number {
  const closing = (text: string, from: number): number => {
    const at = script.indexOf(text, from);
    return at < 0 ? script.length : at + text.length;
  };
  if (script.startsWith("${{", start)) return closing("}}", start);
  if (script.startsWith("${", start)) return closing("}", start);
  if (script.startsWith("`", start)) return closing("`", start + 1);
  if (!script.startsWith("$(", start)) return 0;
  let depth = 0;
  for (let at = start + 1; at < script.length; at++) {
    const character = script[at];
    if (character === "\\") at++;
    else if (character === "'") at = Math.max(at, script.indexOf("'", at + 1));
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0) return at + 1;
  }
  return script.length;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}
