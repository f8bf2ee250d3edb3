import { execForm, type Instruction } from "../dockerfiles/instructions.ts";
import { lineageOf, type Stage } from "../dockerfiles/stages.ts";

/** A piece of the instruction's first line, and what stands there once the program is the first process. */
export interface DirectStart {
  readonly piece: string;
  readonly by: string;
}

/** Words that mean the same to a shell and without one. */
const PLAIN = /^[\w./:@%+,=-]+(?: +[\w./:@%+,=-]+)*$/;
/** A program, and nothing that only a shell knows. */
const PROGRAM =
  /^(?!(?:cd|source|export|set|unset|eval|if|for|while|until|case|wait|true|false|echo|sleep|trap|test|exit|umask|ulimit|time)(?:\s|$))[A-Za-z_./][\w./-]*(?:\s|$)/;
/** Pipes, groups, here-documents, what runs in the background, comments: what comes last is not all that runs. */
const INTRICATE = /[|(`\n#{}\\]|<<|(?<!&)&(?!&)/;
const SHELL = /^(?:\/usr)?(?:\/bin\/)?(?:ba|da|a)?sh$/;

/**
 * How the CMD or ENTRYPOINT of a stage hears the signal to stop: in the form of a list where no shell is needed,
 * else with `exec`. Undefined where that cannot be told for sure.
 */
export function directStart(shipped: Stage, stages: readonly Stage[]): DirectStart | undefined {
  const keyword = shipped.entrypoint ? "ENTRYPOINT" : "CMD";
  const setting = shipped.entrypoint ?? shipped.command;
  const lineage = lineageOf(shipped, stages).flatMap(({ instructions }) => instructions);
  const instruction = lineage.find((one) => one.keyword === keyword && one.line === setting?.line);
  if (!instruction) return undefined;
  const { text } = instruction;
  if (instruction.endLine > instruction.line) {
    const [program] = text.split(/\s/, 1);
    const isOne = !/[;&]/.test(withoutQuotes(text)) && handsOver(text) === `exec ${text}`;
    return isOne ? { piece: `${keyword} ${program}`, by: `${keyword} exec ${program}` } : undefined;
  }
  const words = execForm(text);
  if (words) return insideList(text, words);
  const by = needsNoShell(shipped, lineage) && PLAIN.test(text) && PROGRAM.test(text) ? listOf(text) : handsOver(text);
  return by === undefined ? undefined : { piece: text, by };
}

/** A list is the same where the shell is the usual one, and nothing is added to the words. */
function needsNoShell({ origin, command, entrypoint }: Stage, lineage: readonly Instruction[]): boolean {
  const isPython = origin.kind === "image" && /^(?:docker\.io\/(?:library\/)?)?python(?:[:@]|$)/.test(origin.reference);
  return isPython && !(entrypoint && command) && !lineage.some(({ keyword }) => keyword === "SHELL");
}

function listOf(text: string): string {
  return `[${text
    .split(/ +/)
    .map((word) => JSON.stringify(word))
    .join(", ")}]`;
}

/** `["sh", "-c", "…"]` */
function insideList(text: string, words: readonly string[]): DirectStart | undefined {
  const [shell = "", option = "", script, ...more] = words;
  if (!SHELL.test(shell) || !/^-\w*c$/.test(option) || script === undefined || more.length > 0) return undefined;
  const by = handsOver(script);
  const piece = JSON.stringify(script);
  return by !== undefined && text.includes(piece) ? { piece, by: JSON.stringify(by) } : undefined;
}

/** The script with `exec` before its last command. */
function handsOver(script: string): string | undefined {
  const bare = withoutQuotes(script);
  if (INTRICATE.test(bare.replace(/\$\{[^{}]*\}/g, (found) => "_".repeat(found.length)))) return undefined;
  const command = script.slice(Math.max(bare.lastIndexOf("&"), bare.lastIndexOf(";")) + 1).trimStart();
  return PROGRAM.test(command) ? `${script.slice(0, script.length - command.length)}exec ${command}` : undefined;
}

/** As long as the text; what stands in quotes is blotted out. */
function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|'[^']*'/g, (quoted) => "_".repeat(quoted.length));
}
