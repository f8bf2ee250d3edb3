import { lineIndex } from "./node.ts";

/** A piece of HCL; of a string the text between its quotes, of a here-document its lines. */
export interface Token {
  readonly kind: "word" | "string" | "number" | "mark" | "newline";
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const BLANK = /[^\S\n]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const PLAIN =
  /(?<newline>\n)|(?<number>\d[\w.]*)|(?<word>[\p{L}_][\p{L}\d_-]*)|(?<mark>[=!<>]=|=>|&&|\|\||\.{3}|[\s\S])/uy;
const HERE = /<<-?[ \t]*([\w-]+)[ \t]*\r?\n/y;

/** The tokens of a file, comments left out. Anything is a token: it never fails. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const lineOf = lineIndex(text);
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; ) {
    const blank = matchAt(BLANK, text, at);
    if (blank) {
      at = blank.end;
      continue;
    }
    const token = stringAt(text, at) ?? hereDocumentAt(text, at) ?? plainAt(text, at);
    tokens.push({ ...token, start: at, line: lineOf(at) });
    at = token.end;
  }
  return tokens;
}

type Found = Pick<Token, "kind" | "text" | "end">;

function matchAt(
  pattern: RegExp,
  text: string,
  at: number,
): { readonly match: RegExpExecArray; end: number } | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? { match, end: pattern.lastIndex } : undefined;
}

function plainAt(text: string, at: number): Found {
  const found = matchAt(PLAIN, text, at);
  const kind = Object.entries(found?.match.groups ?? {}).find(([, value]) => value !== undefined)?.[0];
  return { kind: (kind ?? "mark") as Token["kind"], text: found?.match[0] ?? "", end: found?.end ?? at + 1 };
}

/** A string ends at its quote; what `${…}` puts in may have strings of its own. */
function stringAt(text: string, start: number): Found | undefined {
  if (text[start] !== '"') return undefined;
  // What is open, outermost first: a string, or an interpolation within one.
  const open: ('"' | "{")[] = ['"'];
  let at = start + 1;
  for (; at < text.length && open.length > 0; at++) {
    const [character, next] = [text[at], text[at + 1]];
    const inString = open.at(-1) === '"';
    if (inString && character === "\n") break;
    if (inString && character === "\\") at++;
    else if (character === '"') inString ? open.pop() : open.push('"');
    else if (inString && /[$%]/.test(character ?? "") && next === "{" && text[at - 1] !== character) {
      open.push("{");
      at++;
    } else if (!inString && character === "{") open.push("{");
    else if (!inString && character === "}") open.pop();
  }
  const end = Math.min(at, text.length);
  const source = text.slice(start + 1, open.length === 0 ? end - 1 : end);
  return { kind: "string", text: source.replace(/\\(["\\])/g, "$1"), end };
}

function hereDocumentAt(text: string, start: number): Found | undefined {
  const opening = matchAt(HERE, text, start);
  const delimiter = opening?.match[1];
  if (!opening || delimiter === undefined) return undefined;
  for (let at = opening.end; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    if (text.slice(at, end).trim() === delimiter) return { kind: "string", text: text.slice(opening.end, at), end };
    at = end + 1;
  }
  return { kind: "string", text: text.slice(opening.end), end: text.length };
}
