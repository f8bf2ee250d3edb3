/** One instruction of a Dockerfile, as the builder sees it. */
export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  /** One-based line of the keyword. */
  readonly line: number;
  /** Its last line: of its continuation, or the end of its last here-document. */
  readonly endLine: number;
  /** What follows the keyword and its flags: continuation lines joined, comments between them left out. */
  readonly text: string;
  /** `--name=value` flags in order. */
  readonly flags: readonly { readonly name: string; readonly value: string }[];
  /** `text` in words; quotes are kept. */
  readonly words: readonly Word[];
  /** Bodies of its here-documents. */
  readonly heredocs: readonly string[];
  /** What a RUN gives to the shell: its text, and the bodies of its here-documents. */
  readonly scripts: readonly Script[];
}

/** A text for the shell, with the line of each of its characters. */
export interface Script {
  readonly text: string;
  readonly lineAt: (offset: number) => number;
}

export interface Word {
  readonly text: string;
  readonly line: number;
}

const DIRECTIVE = /^#\s*([a-z]+)\s*=(.*)$/i;
const HEREDOC = /(?:^|\s)\d*<<(-?)(["']?)([A-Za-z0-9_.-]+)\2(?=\s|$)/g;
const WORD = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/g;

/** The instructions of a Dockerfile in order. Never fails: what is no instruction becomes one with an odd keyword. */
export function readInstructions(text: string): readonly Instruction[] {
  const lines = text.split(/\r?\n/);
  const continues = continuationOf(escapeCharacter(lines));
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (isBlankOrComment(lines[at])) continue;
    const pieces: Word[] = [];
    for (let open = true; open && at < lines.length; open = open && ++at < lines.length) {
      const raw = lines[at] ?? "";
      if (pieces.length > 0 && isBlankOrComment(raw)) continue;
      open = continues.test(raw);
      pieces.push({ text: open ? raw.replace(continues, "") : raw, line: at + 1 });
    }
    const joined = pieces.map((piece) => piece.text).join("");
    const heredocs: string[] = [];
    const bodies: Script[] = [];
    if (/^\s*(ONBUILD\s+)?(RUN|COPY|ADD)\b/i.test(joined)) {
      for (const [, dash, , end] of joined.matchAll(HEREDOC)) {
        const body: string[] = [];
        const first = at + 2;
        for (at++; at < lines.length; at++) {
          const line = dash ? (lines[at] ?? "").replace(/^\t+/, "") : (lines[at] ?? "");
          if (line === end) break;
          body.push(line);
        }
        const text = body.join("\n");
        heredocs.push(text);
        bodies.push({ text, lineAt: (offset) => first + (text.slice(0, offset).match(/\n/g)?.length ?? 0) });
      }
    }
    instructions.push(toInstruction(pieces, heredocs, bodies, Math.min(at + 1, lines.length)));
  }
  return instructions;
}

function isBlankOrComment(line: string | undefined): boolean {
  return /^\s*(#|$)/.test(line ?? "");
}

/** Parser directives stand before everything else, and only there. */
function escapeCharacter(lines: readonly string[]): "\\" | "`" {
  for (const line of lines) {
    const directive = DIRECTIVE.exec(line);
    if (!directive) return "\\";
    if (directive[1]?.toLowerCase() === "escape") return directive[2]?.trim() === "`" ? "`" : "\\";
  }
  return "\\";
}

function continuationOf(character: "\\" | "`"): RegExp {
  return character === "`" ? /(?<!`)`[ \t]*$/ : /(?<!\\)\\[ \t]*$/;
}

function toInstruction(
  pieces: readonly Word[],
  heredocs: readonly string[],
  bodies: readonly Script[],
  endLine: number,
): Instruction {
  const words = pieces.flatMap(({ text, line }, index) =>
    (text.match(WORD) ?? []).map((word, at) => ({
      text: word,
      line,
      // A word goes on in the next line where nothing but the escape character stood between.
      joins: index > 0 && at === 0 && !/^\s/.test(text) && !/(^|\s)$/.test(pieces[index - 1]?.text ?? " "),
    })),
  );
  const whole: Word[] = [];
  for (const { text, line, joins } of words) {
    const last = whole.at(-1);
    if (joins && last) whole[whole.length - 1] = { text: last.text + text, line: last.line };
    else whole.push({ text, line });
  }
  const keyword = whole[0]?.text ?? "";
  let start = 1;
  while (/^--[a-z]/.test(whole[start]?.text ?? "")) start++;
  const text = pieces
    .map((piece) => piece.text)
    .join("")
    .trim()
    .slice(keyword.length)
    .trim()
    .replace(/^(--[a-z][\w-]*(=\S*)?\s+)+/, "");
  return {
    keyword: keyword.toUpperCase(),
    line: whole[0]?.line ?? 1,
    endLine,
    text,
    flags: whole.slice(1, start).map(({ text: flag }) => {
      const [name = "", value = ""] = flag.slice(2).split(/=(.*)/s);
      return { name, value };
    }),
    words: whole.slice(start),
    heredocs,
    scripts: keyword.toUpperCase() === "RUN" ? [shellScript(pieces, text), ...bodies] : [],
  };
}

/** The text of a RUN, which ends where its lines end; a list of words is joined. */
function shellScript(pieces: readonly Word[], text: string): Script {
  const words = execForm(text);
  const first = pieces[0]?.line ?? 1;
  if (words) return { text: words.join(" "), lineAt: () => first };
  const before =
    pieces
      .map((piece) => piece.text)
      .join("")
      .trimEnd().length - text.length;
  return {
    text,
    lineAt: (offset) => {
      let left = before + offset;
      for (const piece of pieces) {
        if (left < piece.text.length) return piece.line;
        left -= piece.text.length;
      }
      return pieces.at(-1)?.line ?? first;
    },
  };
}

/** A name that ENV or ARG sets. */
export interface Assignment {
  readonly name: string;
  /** Without quotes, variables not replaced; undefined for an ARG without a default. */
  readonly value: string | undefined;
  readonly line: number;
}

/** What an ENV or ARG sets, in both forms of ENV. */
export function assignmentsOf({ keyword, words, text }: Instruction): readonly Assignment[] {
  const [first] = words;
  if (!first) return [];
  if (keyword === "ENV" && !first.text.includes("=")) {
    return [{ name: first.text, value: unquote(text.slice(first.text.length).trim()), line: first.line }];
  }
  return words.map((word) => {
    const [name = "", value] = word.text.split(/=(.*)/s);
    return { name, value: value === undefined ? undefined : unquote(value), line: word.line };
  });
}

/** The words of `["a", "b"]`, or undefined for the shell form. */
export function execForm(text: string): readonly string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
  } catch {
    return undefined;
  }
}

/** A word without its quotes. */
export function unquote(word: string): string {
  // A quote that is never closed is passed over with all that follows it, and stays.
  return word.replace(/"((?:[^"\\]|\\.)*)("?)|'([^']*)('?)/g, (whole, double, ofDouble, single, ofSingle) =>
    ofDouble || ofSingle ? (double ?? single) : whole,
  );
}
