import { programOf } from "../commands/purpose.ts";
import { unwrap } from "../commands/unwrap.ts";

/** A command that installs Python packages, as it is written. */
export interface Install {
  readonly manager: "pip" | "uv" | "poetry" | "pdm" | "pipenv" | "conda" | "pixi" | "rye";
  /** Its options without their values. */
  readonly options: ReadonlySet<string>;
  /** Files that list what is installed. */
  readonly files: readonly string[];
  /** What is installed by name, path or address. */
  readonly targets: readonly string[];
  /** True where files of constraints hold the versions. */
  readonly isConstrained: boolean;
}

/** Options of pip and conda that take a value. */
const VALUED =
  /^(-[rcifteDpnC]|--(requirement|constraints?|build-constraints?|index-url|extra-index-url|index|default-index|index-strategy|find-links|editable|target|prefix|root|trusted-host|cache-dir|platform|python-version|no-binary|only-binary|timeout|default-timeout|retries|config-settings?|progress-bar|python|proxy|src|upgrade-strategy|file|name|channel|extra|group|only-group|no-group|without|with|only|log|wheel-dir|requirements|torch-backend|link-mode|python-preference|directory|project|package|index-url|override))$/;
const FILE = /^(-r|--requirements?|-f|--file)$/;
const CONSTRAINT = /^(-c|--constraints?)$/;

/** The install that a command is; undefined for one that installs no Python packages. */
export function installOf(words: readonly string[]): Install | undefined {
  const [first = "", ...rest] = unwrap(words);
  const program = programOf(first);
  const [verb = "", ...behind] = rest.filter((word, index) => index > 0 || !word.startsWith("-"));
  if (/^pip[\d.]*$/.test(program)) return pipInstall(rest);
  // A script of the project's own that is called after what it does.
  if (/^pip[-_]install(\.sh)?$/.test(program)) return install("pip", rest);
  if (program === "uv" && verb === "pip") return pipInstall(behind);
  if (program === "uv" && verb === "tool" && behind[0] === "install") return install("pip", behind.slice(1));
  if (program === "pipx" && verb === "install") return install("pip", behind);
  if (program === "uv" && verb === "sync") return install("uv", behind);
  if (/^(conda|mamba|micromamba)$/.test(program)) return condaInstall(rest);
  const manager = /^(poetry|pdm|pipenv|pixi|rye)$/.exec(program)?.[1] as Install["manager"] | undefined;
  const installing = rest.find((word) => /^(install|sync)$/.test(word));
  return manager && installing ? install(manager, rest.slice(rest.indexOf(installing) + 1)) : undefined;
}

function pipInstall(words: readonly string[]): Install | undefined {
  const at = words.findIndex((word) => /^(install|wheel|sync|download)$/.test(word));
  if (at < 0 || words.slice(0, at).some((word) => !word.startsWith("-"))) return undefined;
  const found = install("pip", words.slice(at + 1));
  // `uv pip sync` takes its files without an option.
  return words[at] === "sync" ? { ...found, files: [...found.files, ...found.targets], targets: [] } : found;
}

function condaInstall(words: readonly string[]): Install | undefined {
  const at = words.findIndex((word) => /^(install|create|update)$/.test(word));
  if (at < 0) return undefined;
  const found = install("conda", words.slice(at + 1));
  return found.files.length + found.targets.length > 0 ? found : undefined;
}

function install(manager: Install["manager"], words: readonly string[]): Install {
  const [options, files, targets] = [new Set<string>(), [] as string[], [] as string[]];
  let isConstrained = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const joined = /^(-[rc])([^-=].*)$/.exec(word) ?? /^(--[\w-]+)=(.*)$/s.exec(word);
    const name = joined?.[1] ?? word;
    if (!word.startsWith("-")) {
      targets.push(word);
      continue;
    }
    const value = joined?.[2] ?? (VALUED.test(name) ? words[++at] : undefined);
    options.add(name);
    // For pip, -f is a place to find links in.
    if (value !== undefined && FILE.test(name) && !(manager === "pip" && name === "-f")) files.push(value);
    if (CONSTRAINT.test(name) && manager === "pip") isConstrained = true;
    if (value !== undefined && /^(-e|--editable)$/.test(name)) targets.push(value);
  }
  return { manager, options, files, targets, isConstrained };
}
