import { shellCommands } from "../commands/shell.ts";
import { unwrap } from "../commands/unwrap.ts";

/** A command that installs Python packages, in parts. */
export interface InstallCommand {
  readonly installer: "pip" | "uv" | "poetry" | "pipenv" | "pdm" | "pixi" | "conda" | "conda-lock";
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
  /^(-[rceiftpnCx]|--(requirements?|constraints?|editable|index|index-url|default-index|extra-index-url|trusted-host|allow-insecure-host|index-strategy|find-links|target|root|prefix|python|platform|python-version|implementation|abi|upgrade-strategy|src|cache-dir|timeout|retries|log|no-binary|only-binary|config-settings|group|only-group|no-group|extra|package|with|without|only|extras|directory|project|file|name|channel|categories|environment|progress-bar|link-mode|no-install-package|wheel-dir|dest|report|exclude-newer|override|build-constraint|lockfile|pyproject|python-preference|python-platform|resolution|prerelease|fork-strategy|keyring-provider|color|upgrade-package|reinstall-package|refresh-package|no-build-isolation-package|no-build-package|no-binary-package|config-setting|config-file|torch-backend|global-option|install-option|proxy|cert|client-cert|exists-action|use-feature|use-deprecated|root-user-action|env-file))$/;
/** The short options by their long names. */
const LONG: Readonly<Record<string, string>> = {
  "-r": "--requirement",
  "--requirements": "--requirement",
  "-c": "--constraint",
  "-e": "--editable",
  "-i": "--index-url",
  "--default-index": "--index-url",
  "-f": "--find-links",
};

/** The commands of a script that install Python packages. */
export function installsIn(script: string): readonly InstallCommand[] {
  const isConditional = /(^|[\s;])(if|case)\s|\$\(|\|\|/.test(script);
  return shellCommands(script).flatMap(({ words, offset }) => {
    const plain = unwrap(words);
    const found = installerOf(plain);
    return found
      ? [{ ...found.head, ...partsOf(found.rest, found.head.installer), text: plain.join(" "), offset, isConditional }]
      : [];
  });
}

type Head = Pick<InstallCommand, "installer" | "action">;

function installerOf(words: readonly string[]): { readonly head: Head; readonly rest: readonly string[] } | undefined {
  const [first = "", second = "", third = ""] = words.filter((word, index) => index === 0 || !word.startsWith("-"));
  const program = first.replace(/^.*\//, "").replace(/^pip[\d.]+$/, "pip");
  const head = (installer: Head["installer"], action: string) => ({
    head: { installer, action },
    rest: words.slice(words.indexOf(action, 1) + 1),
  });
  if (program === "pip" && /^(install|wheel|download)$/.test(second)) return head("pip", second);
  if (program === "uv" && second === "pip" && /^(install|sync)$/.test(third)) return head("pip", third);
  if (program === "uv" && second === "sync") return head("uv", second);
  if ((program === "poetry" || program === "pdm") && /^(install|sync)$/.test(second)) return head(program, second);
  if (program === "pipenv" && /^(install|sync)$/.test(second)) return head("pipenv", second);
  if (program === "pixi" && second === "install") return head("pixi", second);
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
