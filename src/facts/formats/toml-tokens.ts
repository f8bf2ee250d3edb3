/** A token that decides structure: strings and comments are passed over whole. */
const TOKEN = /'''[\s\S]*?'''+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|\r?\n|[[\]{}=,.]|[^\s"'#[\]{}=,.]+|[^\S\n]+/y;

const TEXT = '"""';

/** What decides structure, side by side with the one-based line of each; every line's end is `\n`. */
export interface Tokens {
  readonly texts: readonly string[];
  readonly lines: readonly number[];
}

/** Cuts well-formed TOML into tokens; blanks and comments are none. */
export function tokensOf(text: string): Tokens {
  const texts: string[] = [];
  const lines: number[] = [];
  let line = 1;
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = endOfToken(text, start);
    const first = text[start] as string;
    const isLineEnd = text[end - 1] === "\n";
    if (first === "#" || (!isLineEnd && first.trim() === "")) continue;
    const token = isLineEnd ? "\n" : text.slice(start, end);
    texts.push(token);
    lines.push(line);
    if (isLineEnd) line++;
    else if (/^("""|''')/.test(token)) line += token.split("\n").length - 1;
  }
  return { texts, lines };
}

/** What begins no token is passed over. */
function endOfToken(text: string, start: number): number {
  if (text.startsWith(TEXT, start)) return endOfText(text, start);
  TOKEN.lastIndex = start;
  return TOKEN.test(text) ? TOKEN.lastIndex : start + 1;
}

/** Three quotes end it, of which the first is not escaped; it may end with quotes of its own. */
function endOfText(text: string, start: number): number {
  let end = text.indexOf(TEXT, start + TEXT.length);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf(TEXT, end + 1);
  if (end < 0) return text.length;
  end += TEXT.length;
  while (text[end] === '"') end++;
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === "\\") start--;
  return (at - start) % 2 === 1;
}
