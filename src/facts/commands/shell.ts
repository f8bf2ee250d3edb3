/** One simple command of a shell script. */
export interface ShellCommand {
  /** Its words, quotes removed. */
  readonly words: readonly string[];
  /** Where it begins in the script. */
  readonly offset: number;
  /** What joins it to the next command; empty at the end of a line. */
  readonly joinedBy: "" | "&&" | "||" | "|" | ";" | "&";
}

const TOKEN =
  /\\\r?\n|#[^\n]*|\r?\n|&&|\|\||[;|&()]|(?:\$\{\{[\s\S]*?\}\}|\$\([^()]*\)|"(?:[^"\\]|\\[\s\S])*"|'[^']*'|\\.|[^\s;|&()"'\\])+|[^\S\n]+|["']/g;
const JOINS = new Set(["&&", "||", "|", ";", "&"]);
/** Words of the shell's own grammar, which stand before a command. */
const KEYWORD = /^(if|then|else|elif|fi|while|until|do|done|for|case|esac|!|\{|\}|time|exec|command|eval)$/;

/** Splits a script into its commands; nothing is expanded. */
export function shellCommands(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let offset = -1;
  const end = (joinedBy: ShellCommand["joinedBy"]): void => {
    while (words[0] !== undefined && KEYWORD.test(words[0])) words.shift();
    if (words.length > 0) commands.push({ words, offset, joinedBy });
    words = [];
    offset = -1;
  };
  for (const match of script.matchAll(TOKEN)) {
    const [token] = match;
    if (/^\\\r?\n$|^[^\S\n]+$/.test(token) || token.startsWith("#")) continue;
    if (/^\r?\n$/.test(token) || token === "(" || token === ")") end("");
    else if (JOINS.has(token)) end(token as ShellCommand["joinedBy"]);
    else {
      if (offset < 0) offset = match.index;
      words.push(unquoted(token));
    }
  }
  end("");
  return commands;
}

function unquoted(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\(.)/g,
    (_, double, single, escaped) => double ?? single ?? escaped ?? "",
  );
}
