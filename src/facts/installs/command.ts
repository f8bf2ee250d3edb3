import { programOf } from "../commands/purpose.ts";
import { shellCommands } from "../commands/shell.ts";
import { unwrap } from "../commands/unwrap.ts";
import { expand, type Variables } from "../containers/variables.ts";

/** A command that installs Python packages, in parts. */
export interface InstallCommand {
  readonly installer: "pip" | "uv" | "poetry" | "pipenv" | "pdm" | "pixi" | "rye" | "conda" | "conda-lock";
  /** `install`, `sync` and the like. */
  readonly action: string;
  /** Options with their values; those without a value have an empty text. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** What is named beside the options: packages, folders, archives. */
  readonly operands: readonly string[];
  /** The command as it stands, wrappers taken off. */
  readonly text: string;
  /** Where it begins in its script. */
  readonly offset: number;
  /** True where its script decides what is run. */
  readonly isConditional: boolean;
}

/** Options of installers that take the next word. */
const VALUED =
  /^(-[rceiftpnCxD]|--(requirements?|constraints?|editable|index|index-url|default-index|extra-index-url|trusted-host|allow-insecure-host|index-strategy|find-links|target|root|prefix|python|platform|python-version|implementation|abi|upgrade-strategy|src|cache-dir|timeout|retries|log|no-binary|only-binary|config-settings|group|only-group|no-group|extra|package|with|without|only|extras|directory|project|file|name|channel|categories|environment|progress-bar|link-mode|no-install-package|wheel-dir|dest|report|exclude-newer|override|build-constraints?|default-timeout|lockfile|pyproject|python-preference|python-platform|resolution|prerelease|fork-strategy|keyring-provider|color|upgrade-package|reinstall-package|refresh-package|no-build-isolation-package|no-build-package|no-binary-package|config-setting|config-file|torch-backend|global-option|install-option|proxy|cert|client-cert|exists-action|use-feature|use-deprecated|root-user-action|env-file))$/;
/** The short options by their long names. */
const LONG: Readonly<Record<string, string>> = {
  "-r": "--requirement",
  "--requirements": "--requirement",
  "-c": "--constraint",
  "--constraints": "--constraint",
  "-e": "--editable",
  "-i": "--index-url",
  "--default-index": "--index-url",
  "-f": "--find-links",
};

/** `if [ "$DEVEL" = "yes" ]`, up to its `then`. */
const FOR_DEVELOPMENT = /\bif\b[^;\n]{0,80}\$\{?\w{0,40}(?:DEV|TEST|DEBUG)\w{0,40}[^;\n]{0,80}/gi;
/** Conditions that every command of a script is compared with. */
const MOST_GUARDS = 100;
const NONE: Variables = new Map();

/**
 * The commands of a script that install Python packages, without those that only development runs.
 * @param variables what is put in where a word names one
 */
export function installsIn(script: string, variables: Variables = NONE): readonly InstallCommand[] {
  const isConditional = /(^|[\s;])(if|case)\s|\$\(|\|\|/.test(script);
  const guarded = guardedForDevelopment(script);
  return shellCommands(script).flatMap(({ words, offset }) => {
    if (guarded.some(({ start, end }) => start <= offset && offset < end)) return [];
    // A variable gives as many words as it holds.
    const plain = unwrap(
      words.flatMap((word) => (word.includes("$") ? wordsOf(expand(word, variables) ?? word) : word)),
    );
    const found = installerOf(plain);
    return found
      ? [{ ...found.head, ...partsOf(found.rest, found.head.installer), text: plain.join(" "), offset, isConditional }]
      : [];
  });
}

/** What is still computed stays one word. */
function wordsOf(text: string): readonly string[] {
  return text.includes("$") ? [text] : text.split(/\s+/).filter(Boolean);
}

function guardedForDevelopment(script: string): readonly { readonly start: number; readonly end: number }[] {
  return [...script.matchAll(FOR_DEVELOPMENT)].slice(0, MOST_GUARDS).map(({ 0: whole, index }) => {
    const end = script.slice(index).search(/\bfi\b/);
    return { start: index + whole.length, end: end < 0 ? script.length : index + end };
  });
}

type Head = Pick<InstallCommand, "installer" | "action">;

function installerOf(words: readonly string[]): { readonly head: Head; readonly rest: readonly string[] } | undefined {
  const [first = "", second = "", third = ""] = words.filter((word, index) => index === 0 || !word.startsWith("-"));
  const program = programOf(first).replace(/^pip[\d.]+$/, "pip");
  const head = (installer: Head["installer"], action: string) => ({
    head: { installer, action },
    rest: words.slice(words.indexOf(action, 1) + 1),
  });
  if (program === "pip" && /^(install|wheel|download)$/.test(second)) return head("pip", second);
  // A script of the project's own that is called after what it does.
  if (/^pip[-_]install(\.sh)?$/.test(program))
    return { head: { installer: "pip", action: "install" }, rest: words.slice(1) };
  if (program === "uv" && second === "tool" && third === "install") return head("pip", third);
  if (program === "pipx" && second === "install") return head("pip", second);
  if (program === "uv" && second === "pip" && /^(install|sync)$/.test(third)) return head("pip", third);
  if (program === "uv" && second === "sync") return head("uv", second);
  if ((program === "poetry" || program === "pdm" || program === "rye") && /^(install|sync)$/.test(second))
    return head(program, second);
  if (program === "pipenv" && /^(install|sync)$/.test(second)) return head("pipenv", second);
  if (program === "pixi" && /^(install|sync)$/.test(second)) return head("pixi", second);
  if (program === "conda-lock" && second === "install") return head("conda-lock", second);
  if (!/^(conda|mamba|micromamba)$/.test(program)) return undefined;
  return /^(install|create|update)$/.test(second)
    ? head("conda", second)
    : second === "env" && /^(create|update)$/.test(third)
      ? head("conda", third)
      : undefined;
}

function partsOf(words: readonly string[], installer: string): Pick<InstallCommand, "options" | "operands"> {
  const options = new Map<string, string[]>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (/^\d?[<>]|^&>/.test(word)) break;
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const [given = "", joined] = word.startsWith("--") ? word.split(/=(.*)/s) : shortOption(word);
    // For conda `-f` is a file, and pip has no `-n`.
    const name = installer === "conda" && given === "-f" ? "--file" : (LONG[given] ?? given);
    const value = joined ?? (VALUED.test(given) ? words[++at] : undefined) ?? "";
    const values = options.get(name) ?? [];
    values.push(value);
    options.set(name, values);
  }
  return { options, operands };
}

/** `-rfile` is `-r file`; `-qU` are two options without a value. */
function shortOption(word: string): readonly [string, string | undefined] {
  return /^-[rcef]./.test(word) ? [word.slice(0, 2), word.slice(2)] : [word, undefined];
}
