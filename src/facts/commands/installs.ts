import { programOf } from "./purpose.ts";
import type { ShellCommand } from "./shell.ts";
import { unwrap } from "./unwrap.ts";

/** A command that fetches something to run. */
export interface Install {
  readonly offset: number;
  /** The command, as it is called. */
  readonly text: string;
  /** What it takes at whatever version there is; undefined where it takes nothing so. */
  readonly floating: string | undefined;
  /** A requirements file that it installs from, as written. */
  readonly files: readonly string[];
  /** True for a tool of Node, which a package.json may hold at a version. */
  readonly mayBeLocal?: boolean;
}

const FETCHES = /^(curl|wget)$/;
const SHELL = /^((ba|z|da|k)?sh|python[\d.]*|perl|node|sudo)$/;
const VALUED =
  /^(-i|--index-url|--extra-index-url|-f|--find-links|-t|--target|--prefix|--root|--python|-p|--platform|--only-binary|--no-binary|--progress-bar|--cache-dir|--trusted-host|-c|--constraint|--constraints|--with|--index|--group|--extra|--python-version)$/;
/** What runs or installs the tool that is named behind it. */
const RUNS_TOOLS: readonly (readonly string[])[] = [
  ["uvx"],
  ["pipx", "run"],
  ["pipx", "install"],
  ["uv", "tool", "run"],
  ["uv", "tool", "install"],
  ["npx"],
  ["npm", "exec"],
  ["pnpm", "dlx"],
  ["bunx"],
];
const OF_NODE = /^(npx|npm|pnpm|bunx)$/;
const WITH_CONSTRAINTS = /^(-c|--constraints?|--require-hashes)(=|$)/;
const EXACT = /[^=]==|===|@\s*(https?|file):|^\$|\$[{(\w]/;
const OWN = /^\.|\/|\.(whl|gz|zip)$|^\*/;
const FIXED_GIT = /@([0-9a-f]{7,40}|v?\d[\w.-]*|\$.*)(#.*)?$/;

/** The installs of a script, in order; what installs the project itself is none. */
export function installsIn(commands: readonly ShellCommand[]): readonly Install[] {
  return commands.flatMap((command, index) => {
    const { offset, words } = command;
    const piped = pipedToShell(command, commands[index + 1]);
    if (piped) return [{ offset, text: words[0] ?? "", floating: piped, files: [] }];
    const found = installOf(words);
    return found ? [{ offset, ...found }] : [];
  });
}

/** The address whose answer a shell runs at once. */
function pipedToShell({ words, joinedBy, captured }: ShellCommand, next: ShellCommand | undefined): string | undefined {
  const address = words.find((word) => /^https?:\/\//.test(word)) ?? "a script";
  const [program = ""] = words;
  if (FETCHES.test(program) && joinedBy === "|" && SHELL.test(programOf(next?.words[0] ?? ""))) return address;
  const runs = SHELL.test(programOf(program)) || program === "source" || program === ".";
  const inner = captured.find(({ text }) => FETCHES.test(text.trim().split(/\s/)[0] ?? ""))?.text;
  if (runs && inner) return /https?:\/\/[^\s"')]+/.exec(inner)?.[0] ?? "a script";
  return undefined;
}

function installOf(words: readonly string[]): Omit<Install, "offset"> | undefined {
  const [tool, ...given] = toolCall(words) ?? [];
  if (tool) {
    const floating = given[0] === undefined || isFixed(given[0]) ? undefined : given[0];
    const mayBeLocal = /^(npx|npm exec)$/.test(tool);
    return { text: `${tool} ${given[0] ?? ""}`.trim(), floating, files: [], mayBeLocal };
  }
  const plain = unwrap(words);
  const [first = "", ...rest] = plain[0] === "uv" && plain[1] === "pip" ? plain.slice(1) : plain;
  if (!/^pip[\d.]*$/.test(programOf(first)) || rest[0] !== "install") return undefined;
  return pipInstall(rest.slice(1));
}

function pipInstall(words: readonly string[]): Omit<Install, "offset"> {
  const files: string[] = [];
  const wanted: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const joined = /^(?:-r|--requirements?=?)(.+)$/.exec(word)?.[1]?.replace(/^=/, "");
    if (/^(-r|--requirements?)$/.test(word)) files.push(words[++at] ?? "");
    else if (joined) files.push(joined);
    else if (/^(-e|--editable)$/.test(word)) at++;
    else if (VALUED.test(word)) at++;
    else if (!word.startsWith("-")) wanted.push(word);
  }
  const isHeld = words.some((word) => WITH_CONSTRAINTS.test(word));
  const floating = isHeld ? undefined : wanted.find((word) => !isFixed(word));
  const named = floating ?? wanted[0] ?? (files[0] === undefined ? "" : `-r ${files[0]}`);
  return {
    text: `pip install ${named}`.trim(),
    floating,
    files: isHeld ? [] : files,
  };
}

/** A tool that is fetched and run, or installed by itself, with its name as first argument. */
function toolCall(words: readonly string[]): readonly string[] | undefined {
  const start = RUNS_TOOLS.find((one) => one.every((word, at) => words[at] === word));
  if (start) {
    const rest = words.slice(start.length);
    const sources = OF_NODE.test(start[0] ?? "") ? /^(--package|-p)$/ : /^(--from|--spec)$/;
    const source = rest.findIndex((word) => sources.test(word));
    const joined = rest.flatMap((word) => /^(?:--from|--spec|--package)=(.+)$/.exec(word)?.[1] ?? [])[0];
    const named = source >= 0 ? rest[source + 1] : (joined ?? firstArgument(rest));
    return [start.join(" "), ...(named ? [named] : [])];
  }
  const [first = "", second = ""] = words;
  const isGlobal =
    /^(npm|pnpm)$/.test(first) &&
    /^(i|install|add)$/.test(second) &&
    words.some((word) => /^(-g|--global)$/.test(word));
  if (!isGlobal) return undefined;
  const named = words.slice(2).filter((word) => !word.startsWith("-"));
  return [`${first} ${second} -g`, ...named.slice(0, 1)];
}

function firstArgument(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) return word;
    if (VALUED.test(word)) at++;
  }
  return undefined;
}

/** True for one version, the project itself, or what cannot be known. */
function isFixed(word: string): boolean {
  if (/^(\S+\s*@\s*)?git\+/.test(word)) return FIXED_GIT.test(word);
  // pip upgrades itself by its newest version as a rule.
  return EXACT.test(word) || OWN.test(word) || word === "pip" || /^(@[\w-]+\/)?[\w.-]+@v?\d/.test(word);
}
