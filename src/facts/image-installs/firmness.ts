import type { Variables } from "../containers/variables.ts";
import type { Instruction } from "../dockerfiles/instructions.ts";
import type { InstallCommand } from "../installs/command.ts";
import type { Lock, LockFormat } from "../locks.ts";
import { nameOf } from "../tree.ts";
import { type ListSources, listOf, looseIn } from "./lists.ts";

/**
 * How firmly an install is held to tested versions. `own`: the project itself, or what was built before;
 * `weak`: from a lock that may be changed on the way, or an installer without a version.
 */
export type Firmness = "locked" | "own" | "weak" | "open" | "unknown";

/** What the versions can be told from. */
export interface InstallSources extends ListSources {
  readonly locks: readonly Lock[];
  readonly variables: Variables;
}

/** How firmly, and why. */
export interface Verdict {
  readonly firmness: Firmness;
  readonly because: string;
}

/** Characters of a requirement that are looked at. */
const MOST_CHARACTERS = 500;
/** What installs the rest; without a version it weighs little. */
const INSTALLER =
  /^(pip|setuptools|wheel|uv|poetry|poetry-core|poetry-plugin-[\w-]+|pipenv|pdm|pip-tools|virtualenv|hatch|hatchling|build|setuptools[-_]scm|flit|cython|pipx|pixi|rye|mamba|conda)(\[.*\])?([<>~!].*)?$/i;
const EXPORTS = /\b(uv|poetry|pdm)\s+export\b|\bpipenv\s+requirements\b|\bpip-compile\b|\buv\s+pip\s+compile\b/;
const LOCK_NAMES: Readonly<Record<string, { readonly format: LockFormat; readonly name: string }>> = {
  uv: { format: "uv", name: "uv.lock" },
  poetry: { format: "poetry", name: "poetry.lock" },
  pdm: { format: "pdm", name: "pdm.lock" },
  pipenv: { format: "pipenv", name: "Pipfile.lock" },
  pixi: { format: "pixi", name: "pixi.lock" },
  rye: { format: "rye", name: "requirements.lock" },
};
/** Options with which a manager refuses, or does not need, to change the lock. */
const HOLDS = /^--(locked|frozen|frozen-lockfile|no-lock|deploy|ignore-pipfile)$/;

/** Whether what an image installs is what was tested. */
export function firmnessOf(install: InstallCommand, sources: InstallSources): Verdict {
  const { installer } = install;
  if (installer === "pip" || installer === "conda") return byWhatIsNamed(install, sources);
  if (installer === "conda-lock") return { firmness: "locked", because: "`conda-lock` installs from its lock" };
  return byLock(install, sources);
}

function byLock({ installer, options }: InstallCommand, { locks, instructions, variables }: InstallSources): Verdict {
  const { format, name } = LOCK_NAMES[installer] as { format: LockFormat; name: string };
  if (!locks.some((lock) => lock.format === format))
    return { firmness: "open", because: `\`${installer}\` installs without a \`${name}\`` };
  if (!isCopied(name, instructions))
    return { firmness: "open", because: `\`${name}\` is not copied before \`${installer}\` installs` };
  const isHeld =
    [...options.keys()].some((option) => HOLDS.test(option)) ||
    /^(poetry|pdm|rye)$/.test(installer) ||
    ["UV_LOCKED", "UV_FROZEN", "PIPENV_IGNORE_PIPFILE"].some((variable) => variables.has(variable));
  if (isHeld) return { firmness: "locked", because: `\`${installer}\` installs from \`${name}\`` };
  return { firmness: "weak", because: `\`${installer}\` may change \`${name}\` before it installs` };
}

/** A lock comes by its name, by a pattern, or with a folder. */
function isCopied(lock: string, instructions: readonly Instruction[]): boolean {
  const stem = lock.replace(/\.lock$/, "");
  return instructions.some(({ keyword, words, flags }) => {
    const mounted = flags.some(({ name, value }) => name === "mount" && /type=bind/.test(value));
    const sources = words.slice(0, -1).map(({ text }) => text.replace(/^["'[]+|["',\]]+$/g, ""));
    const isCopy = (keyword === "COPY" || keyword === "ADD") && !flags.some(({ name }) => name === "from");
    const copies = sources.some(
      (source) => nameOf(source) === lock || /[*?$]/.test(source) || !/\.\w+$/.test(source) || source.startsWith(stem),
    );
    return mounted || (isCopy && (copies || sources.length === 0));
  });
}

function byWhatIsNamed(install: InstallCommand, sources: InstallSources): Verdict {
  const { installer, action, options, operands } = install;
  const isConstrained = installer === "pip" && options.has("--constraint");
  const isHeld = isConstrained || options.has("--require-hashes") || options.has("--no-index");
  // `uv pip sync` takes its files without an option.
  const [files, targets] = action === "sync" ? [operands, []] : [[], operands];
  const listed = ["--requirement", "--file"].flatMap((option) => options.get(option) ?? []);
  const verdicts = [
    ...[...listed, ...files].map((file) => (isHeld ? held : byFile(file, sources))),
    ...[...targets, ...(options.get("--editable") ?? [])].map((target) =>
      byTarget(target, isHeld || options.has("--no-deps"), installer),
    ),
  ];
  // What is computed beside what is known changes nothing about that.
  const order: readonly Firmness[] = ["open", "weak", "locked", "unknown", "own"];
  const [worst] = verdicts.sort((a, b) => order.indexOf(a.firmness) - order.indexOf(b.firmness));
  return worst ?? (installer === "conda" ? own : { firmness: "unknown", because: "" });
}

const held: Verdict = { firmness: "locked", because: "constraints or hashes hold it" };
const own: Verdict = { firmness: "own", because: "it is the project itself" };

function byTarget(target: string, isHeld: boolean, installer: InstallCommand["installer"]): Verdict {
  const name = target.slice(0, MOST_CHARACTERS).replace(/^["']|["']$/g, "");
  if (/^[./~]|^\w+\/(?!.*:)|\.(whl|tar\.gz|zip)$|^[^=<>~!]*[*]/.test(name) && !/:\/\//.test(name)) return own;
  if (/[$`{]/.test(name.split("=")[0] ?? "")) return { firmness: "unknown", because: "what it installs is computed" };
  if (/:\/\//.test(name)) return byAddress(name);
  if (isHeld) return held;
  if (/={2,3}[^*]+$|^(?!.*[<>~!])[\w.-]+(\[.*\])?@\d/.test(name))
    return { firmness: "locked", because: "it names a version" };
  if (installer === "conda" && /^[\w.:-]+=[\d.]+/.test(name))
    return { firmness: "locked", because: "it names a version" };
  if (INSTALLER.test(name)) return { firmness: "weak", because: `the installer \`${name}\` has no version` };
  return { firmness: "open", because: `\`${name}\` is installed without an exact version` };
}

/** A repository at a commit or tag is one version; a branch is none. */
function byAddress(address: string): Verdict {
  if (!/git\+|\.git\b/.test(address))
    return /\d/.test(address)
      ? { firmness: "locked", because: "it is one file" }
      : { firmness: "open", because: `\`${address}\` may change` };
  const revision = /(?:\.git|\/[\w.-]+)@([^@#/\s]+)(?:#.*)?$/.exec(address)?.[1];
  if (revision !== undefined && /^([0-9a-f]{7,40}|v?\d[\w.]*|\$.*)$/.test(revision))
    return { firmness: "locked", because: "it is at one revision" };
  return { firmness: "open", because: `\`${address}\` is at no fixed revision` };
}

function byFile(file: string, sources: InstallSources): Verdict {
  if (/[$`]/.test(file)) return { firmness: "unknown", because: `which file \`${file}\` is, is computed` };
  const list = listOf(file, sources);
  if (list) {
    const loose = looseIn(list, sources);
    return loose === undefined
      ? { firmness: "locked", because: `\`${list.path}\` has exact versions` }
      : { firmness: "open", because: `\`${loose.path}\` leaves the version of \`${loose.name}\` open` };
  }
  const isExported = sources.instructions.some(({ scripts }) => scripts.some(({ text }) => EXPORTS.test(text)));
  if (isExported && sources.locks.length > 0) return { firmness: "locked", because: `\`${file}\` is made of the lock` };
  return { firmness: "unknown", because: `\`${file}\` is not in the repository` };
}
