import { legible, MAX_LENGTH, MAX_REASON, visible } from "./legible.ts";

const MAX_PLAIN = 1000;
const PLAIN_PATH = /^[A-Za-z0-9._/-]+$/;
const ZERO_WIDTH_SPACE = "\u200b";
/** Where a comment of HTML would begin. */
const HIDDEN_MARKER = `<!${ZERO_WIDTH_SPACE}--`;

/** Markdown that means itself: made from constants and encoded text only. */
export type Markdown = string;

/** Text of a repository as a sentence: no link, mention, reference, image, HTML or emphasis comes of it. */
export function text(untrusted: string): Markdown {
  return encoded(legible(untrusted));
}

/** The reason of a waiver, the same way and whole. */
export function waiverReason(untrusted: string): Markdown {
  return encoded(legible(untrusted, MAX_REASON));
}

/** A rule's own prose: what stands between back-ticks is code to the letter, the rest means itself. */
export function prose(own: string): Markdown {
  return visible(own)
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? part.replace(/<!--/g, HIDDEN_MARKER) : encoded(part)))
    .join("");
}

/** The same in the cell of a table. */
export function cellProse(own: string): Markdown {
  return prose(own).replace(/\|/g, "\\|");
}

/** A rule's sentence about a repository: back-ticks make code of what they hold, whoever wrote either. */
export function sentence(untrusted: string): Markdown {
  // Where the cut took the second back-tick away, the ellipsis ends the code.
  return legible(untrusted)
    .split(/(`[^`]+(?:`|…$))/)
    .map((part) => (/^`[^`]/.test(part) ? code(part.replace(/^`|`$/g, "")) : encoded(part)))
    .join("");
}

/** Where no Markdown is read: only what cannot be seen is taken out, and what is too long. */
export function plainText(untrusted: string, maxLength: number = MAX_PLAIN): string {
  return legible(untrusted, maxLength);
}

function encoded(shown: string): Markdown {
  return shown
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#+!|~$^=]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/^(\s*)([-\d])/, `$1${ZERO_WIDTH_SPACE}$2`)
    .replace(/@|&#35;(?=\d)/g, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1${ZERO_WIDTH_SPACE}-`)
    .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/\b(www)\./gi, `$1${ZERO_WIDTH_SPACE}.`)
    .replace(/\b[0-9a-f]{7,40}\b/gi, (id) => id.replace(/.{6}/g, `$&${ZERO_WIDTH_SPACE}`))
    .replace(/:(?=[a-z0-9_+-]+:)/gi, `:${ZERO_WIDTH_SPACE}`);
}

/** Text of a repository as code: shown to the letter, but for what cannot be seen. */
export function code(untrusted: string): Markdown {
  const shown = legible(untrusted).replace(/\|/g, "\u2223").replace(/<!--/g, HIDDEN_MARKER) || " ";
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** A marker of ours within a text would be taken for one that we wrote. */
const MARK = /<!--(?=\s*pyready:)/g;

/** Text of a repository as a block of code; what cannot be seen is left out of its lines. */
export function block(untrusted: string, language: string): Markdown {
  const shown = shownInBlock(untrusted).replace(/\n$/, "");
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** Whether a block shows a text to the letter. */
export function isShownWhole(untrusted: string): boolean {
  return shownInBlock(untrusted) === untrusted;
}

function shownInBlock(untrusted: string): string {
  return untrusted
    .replace(/\r\n/g, "\n")
    .split(/([\n\t])/)
    .map((part) => (part === "\n" || part === "\t" ? part : visible(part)))
    .join("")
    .replace(MARK, HIDDEN_MARKER);
}

/** A place in the repository: a link where the files' address is known and the path is plain, else code. */
export function place(path: string | null, line: number | null, filesUrl?: string): Markdown {
  if (path === null) return "the repository";
  const shown = code(line === null ? path : `${path}:${line}`);
  if (filesUrl === undefined || !isPlain(path)) return shown;
  return `[${shown}](${filesUrl}/${path}${line === null ? "" : `#L${line}`})`;
}

/** What is said of a place, behind it; what is said of the repository as a whole stands by itself. */
export function remark(
  { path, line, message }: { readonly path: string | null; readonly line: number | null; readonly message: string },
  filesUrl?: string,
): Markdown {
  const words = sentence(message);
  return path === null && words !== "" ? words : `${place(path, line, filesUrl)} ${words}`.trimEnd();
}

/** True for a path whose letters mean nothing in Markdown or in an address. */
export function isPlain(path: string): boolean {
  return PLAIN_PATH.test(path) && path.length <= MAX_LENGTH && !path.split("/").includes("..");
}

/** Keeps whole lines up to this many bytes of UTF-8; says how many rows are left out. */
export function cutAtRow(
  rows: readonly Markdown[],
  maxBytes: number,
  rest: (left: number) => Markdown,
): readonly Markdown[] {
  const kept: Markdown[] = [];
  let bytes = Buffer.byteLength(rest(rows.length)) + 1;
  for (const row of rows) {
    bytes += Buffer.byteLength(row) + 1;
    if (bytes > maxBytes) return [...kept, rest(rows.length - kept.length)];
    kept.push(row);
  }
  return kept;
}
