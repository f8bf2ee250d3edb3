import type { Variables } from "../containers/variables.ts";
import type { DeclaringFile } from "../dependencies.ts";
import type { Instruction } from "../dockerfiles/instructions.ts";
import type { Lock, LockFormat } from "../locks.ts";
import { ancestorsOf, folderOf, nameOf, resolvePath, type Tree } from "../tree.ts";
import type { Install } from "./install.ts";

/**
 * How firmly an install is held to tested versions. `own`: the project itself, or what was built before;
 * `weak`: from a lock that may be changed on the way, or an installer without a version.
 */
export type Firmness = "locked" | "own" | "weak" | "open" | "unknown";

/** What the versions can be told from. */
export interface InstallSources {
  readonly dockerfile: string;
  /** Manifests and constraints of the repository. */
  readonly lists: readonly DeclaringFile[];
  readonly locks: readonly Lock[];
  /** Of all stages that the image is made of. */
  readonly instructions: readonly Instruction[];
  readonly variables: Variables;
  readonly tree: Tree;
}

interface Verdict {
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
export function firmnessOf(install: Install, sources: InstallSources): Verdict {
  const { manager } = install;
  if (manager === "pip" || manager === "conda") return byWhatIsNamed(install, sources);
  return byLock(install, sources);
}

function byLock({ manager, options }: Install, { locks, instructions, variables }: InstallSources): Verdict {
  const { format, name } = LOCK_NAMES[manager] as { format: LockFormat; name: string };
  if (!locks.some((lock) => lock.format === format))
    return { firmness: "open", because: `\`${manager}\` installs without a \`${name}\`` };
  if (!isCopied(name, instructions))
    return { firmness: "open", because: `\`${name}\` is not copied before \`${manager}\` installs` };
  const isHeld =
    [...options].some((option) => HOLDS.test(option)) ||
    /^(poetry|pdm|rye)$/.test(manager) ||
    ["UV_LOCKED", "UV_FROZEN", "PIPENV_IGNORE_PIPFILE"].some((variable) => variables.has(variable));
  if (isHeld) return { firmness: "locked", because: `\`${manager}\` installs from \`${name}\`` };
  return { firmness: "weak", because: `\`${manager}\` may change \`${name}\` before it installs` };
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

function byWhatIsNamed(install: Install, sources: InstallSources): Verdict {
  const { options, files, targets, isConstrained } = install;
  const isHeld = isConstrained || options.has("--require-hashes") || options.has("--no-index");
  const verdicts = [
    ...files.map((file) => (isHeld ? held : byFile(file, sources))),
    ...targets.map((target) => byTarget(target, isHeld || options.has("--no-deps"), install.manager)),
  ];
  // What is computed beside what is known changes nothing about that.
  const order: readonly Firmness[] = ["open", "weak", "locked", "unknown", "own"];
  const [worst] = verdicts.sort((a, b) => order.indexOf(a.firmness) - order.indexOf(b.firmness));
  return worst ?? { firmness: "unknown", because: "" };
}

const held: Verdict = { firmness: "locked", because: "constraints or hashes hold it" };
const own: Verdict = { firmness: "own", because: "it is the project itself" };

function byTarget(target: string, isHeld: boolean, manager: Install["manager"]): Verdict {
  const name = target.slice(0, MOST_CHARACTERS).replace(/^["']|["']$/g, "");
  if (/^[./~]|^\w+\/(?!.*:)|\.(whl|tar\.gz|zip)$|^[^=<>~!]*[*]/.test(name) && !/:\/\//.test(name)) return own;
  if (/[$`{]/.test(name.split("=")[0] ?? "")) return { firmness: "unknown", because: "what it installs is computed" };
  if (/:\/\//.test(name)) return byAddress(name);
  if (isHeld) return held;
  if (/={2,3}[^*]+$|^(?!.*[<>~!])[\w.-]+(\[.*\])?@\d/.test(name))
    return { firmness: "locked", because: "it names a version" };
  if (manager === "conda" && /^[\w.:-]+=[\d.]+/.test(name))
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
  const isExported = sources.instructions.some(({ text, heredocs }) => EXPORTS.test([text, ...heredocs].join("\n")));
  if (isExported && sources.locks.length > 0) return { firmness: "locked", because: `\`${file}\` is made of the lock` };
  return { firmness: "unknown", because: `\`${file}\` is not in the repository` };
}

/** The list of this name that is nearest to the Dockerfile: seen from its folder or one above, wherever it was copied to. */
function listOf(file: string, { dockerfile, lists, instructions }: InstallSources): DeclaringFile | undefined {
  const copied = instructions.flatMap(({ keyword, words }) => {
    const isRenamed = keyword === "COPY" && words.length === 2 && nameOf(words[1]?.text ?? "") === nameOf(file);
    return isRenamed ? [words[0]?.text ?? ""] : [];
  });
  const named = instructions
    .filter(({ keyword }) => keyword === "COPY" || keyword === "ADD")
    .flatMap(({ words }) => words.slice(0, -1).map(({ text }) => text))
    .filter((source) => nameOf(source) === nameOf(file));
  const segments = file.split("/").filter((segment) => segment !== "" && segment !== ".");
  const candidates = [...copied, ...named, ...segments.map((_, index) => segments.slice(index).join("/"))];
  const paths = candidates.flatMap((candidate) =>
    ancestorsOf(dockerfile).flatMap((folder) => resolvePath(folder, candidate.replace(/^\/+/, "")) ?? []),
  );
  for (const path of paths) {
    const list = lists.find((one) => one.path === path);
    if (list) return list;
  }
  // Where only one list has the name, the context is a folder of its own.
  const same = lists.filter(({ path }) => nameOf(path) === nameOf(file));
  return same.length === 1 ? same[0] : undefined;
}

/** A name without an exact version, in the list or in those that it includes. */
function looseIn(
  list: DeclaringFile,
  { lists }: InstallSources,
): { readonly path: string; readonly name: string } | undefined {
  const seen = new Set<DeclaringFile>();
  const waiting = [list];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    const { path, isCompiled, isConstrained, declarations, includes } = one;
    // `bleach[css]` beside `bleach==6.3.0` is at its version.
    const held = new Set(declarations.flatMap(({ name, pinned }) => (pinned === undefined ? [] : [name])));
    const loose = isCompiled || isConstrained ? undefined : declarations.find(({ name }) => !held.has(name));
    if (loose) return { path, name: loose.name };
    const included = includes.map((include) => resolvePath(folderOf(path), include));
    waiting.push(...lists.filter((other) => included.includes(other.path)));
  }
  return undefined;
}
