/** What the first line of a comment asks for, as it was written: whether rules, paths and dates exist is not known here. */
export type Command =
  | { readonly name: "recheck" | "pause" | "resume" }
  | { readonly name: "help"; readonly about: string | null }
  | { readonly name: "explain"; readonly rule: string }
  | { readonly name: "fix"; readonly rule: string | null }
  | WaiveCommand
  /** It speaks to pyready, and says nothing that is known. */
  | { readonly name: "unknown" };

/** A waiver that is asked for; null where that part is missing. */
export interface WaiveCommand {
  readonly name: "waive";
  readonly rule: string | null;
  /** Null for the whole repository. */
  readonly path: string | null;
  readonly until: string | null;
  readonly reason: string | null;
}

/** Letters of a first line that can be a command. */
const MAX_LINE = 1000;
const ADDRESSED = /^ {0,3}\/(recheck|pyready)(?:[ ](.*))?$/i;
/** A word, or what stands in quotes or back-ticks. */
const WORD = /"([^"]*)"|'([^']*)'|`([^`]*)`|“([^”]*)”|(\S+)/g;

interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
  /** Where it ends. */
  readonly end: number;
}

/** The command on the first line of a comment; undefined where that line speaks to nobody here. */
export function commandIn(body: string): Command | undefined {
  const [line = ""] = body.slice(0, MAX_LINE + 1).split(/[\r\n]/, 1);
  // What a database cannot hold, or nobody can see, is no part of a command.
  const visible = line
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zs}]/gu, " ")
    .trimEnd();
  const [, addressee, rest = ""] = ADDRESSED.exec(visible) ?? [];
  if (addressee === undefined) return undefined;
  if (addressee.toLowerCase() === "recheck") return rest.trim() === "" ? { name: "recheck" } : undefined;
  return line.length > MAX_LINE ? { name: "unknown" } : commandOf(rest);
}

function commandOf(rest: string): Command {
  const [verb, ...words] = wordsOf(rest);
  const [first, ...more] = words.map(({ text }) => text);
  switch (verb?.text.toLowerCase()) {
    case undefined:
      return { name: "help", about: null };
    case "help":
      return { name: "help", about: first?.toLowerCase() ?? null };
    case "explain":
      return first && more.length === 0 ? { name: "explain", rule: first.toLowerCase() } : { name: "unknown" };
    case "fix":
      return more.length === 0 ? { name: "fix", rule: first?.toLowerCase() ?? null } : { name: "unknown" };
    case "waive":
      return waiveOf(rest, words);
    case "recheck":
    case "pause":
    case "resume":
      return first === undefined ? { name: verb?.text.toLowerCase() as "recheck" } : { name: "unknown" };
    default:
      return { name: "unknown" };
  }
}

/** `RULE [PATH] until DATE because REASON`; a path with spaces need not be quoted. */
function waiveOf(rest: string, words: readonly Word[]): WaiveCommand {
  const because = words.findIndex((word) => isKeyword(word, "because"));
  const before = because < 0 ? words : words.slice(0, because);
  const until = before.findIndex((word) => isKeyword(word, "until"));
  const [rule, ...path] = (until < 0 ? before : before.slice(0, until)).map(({ text }) => text);
  const reason = because < 0 ? "" : unquoted(rest.slice(words[because]?.end).trim());
  return {
    name: "waive",
    rule: rule?.toLowerCase() || null,
    path: path.join(" ") || null,
    until: (until < 0 ? undefined : before[until + 1])?.text.replace(/[,;]$/, "") || null,
    reason: reason || null,
  };
}

function isKeyword({ text, isQuoted }: Word, keyword: string): boolean {
  return !isQuoted && text.toLowerCase() === keyword;
}

function wordsOf(line: string): readonly Word[] {
  return [...line.matchAll(WORD)].map((match) => {
    const [all, ...kinds] = match;
    const text = kinds.find((kind) => kind !== undefined) ?? "";
    return { text, isQuoted: text !== all, end: match.index + all.length };
  });
}

/** Without the quotes around the whole of it. */
function unquoted(text: string): string {
  return /^(["'“])[^"“”]*(["'”])$/.test(text) ? text.slice(1, -1).trim() : text;
}
