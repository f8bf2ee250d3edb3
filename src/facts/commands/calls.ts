import type { TargetFiles } from "../target-files.ts";
import { folderOf, nameOf, resolvePath } from "../tree.ts";
import { programOf } from "./purpose.ts";
import type { TargetFile } from "./targets.ts";
import type { Variables } from "./variables.ts";

/** A file of the repository and the targets of it that a command runs. */
export interface Called {
  /** Undefined where the file could not be read. */
  readonly file: TargetFile | undefined;
  readonly path: string;
  readonly targets: readonly string[];
}

/** A script of the repository that a command runs, with its arguments. */
export interface CalledScript {
  readonly path: string;
  readonly words: readonly string[];
}

const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];
const INTERPRETER = /^(ba|z|da|k)?sh$|^source$|^\.$|^(python|pypy)[\d.]*$|^pwsh$|^powershell$/;
/** What stands before the literal rest of a path: a variable, an expression, the output of a command. */
const COMPUTED_FOLDER = /^(?:\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|`[^`]*`|\$\w+|\{\w+\})\/([\w./-]+)$/;

/** The file and targets that a call of make, tox, npm and the like means. */
export function targetsCalled(
  words: readonly string[],
  folder: string,
  sources: TargetFiles,
  variables: Variables,
): Called | undefined {
  const [first = "", ...rest] = words;
  const program = programOf(first);
  const plain = rest.filter((word) => !word.startsWith("-") && !/^\w+=/.test(word));
  const fileIn = (names: readonly string[], targets: readonly string[], within = folder): Called | undefined =>
    findFile(sources, within, names, targets);
  if (/^(g?make|gnumake)$/.test(program)) {
    const into = optionValue(rest, ["-C", "--directory"]);
    const named = optionValue(rest, ["-f", "--file", "--makefile"]);
    const targets = plain.filter((word) => word !== into && word !== named && !/^\d+$/.test(word));
    const within = into === undefined ? folder : (resolvePath(folder, into) ?? folder);
    return fileIn(named ? [named] : MAKEFILES, targets.length ? targets : [""], within);
  }
  if (program === "just") return fileIn(["justfile", "Justfile", ".justfile"], plain.length ? plain.slice(0, 1) : [""]);
  if (program === "task" || program === "go-task") {
    const called = fileIn(["Taskfile.yml", "Taskfile.yaml", "taskfile.yml"], plain.length ? plain.slice(0, 1) : [""]);
    return called ?? scriptOfProject(words, folder, sources);
  }
  if (program === "tox") return toxCalled(rest, folder, sources, variables);
  if (program === "nox") return noxCalled(rest, folder, sources);
  if (/^(npm|yarn|pnpm)$/.test(program)) {
    const target = plain[0] === "run" || plain[0] === "run-script" ? plain[1] : plain[0];
    const called = fileIn(["package.json"], [target ?? ""]);
    return called?.file?.targets.has(target ?? "") ? called : undefined;
  }
  return scriptOfProject(program === "poe" || program === "invoke" ? rest : words, folder, sources);
}

/** A script of pyproject.toml by its name: of hatch, PDM, Poe, pixi. */
function scriptOfProject([name = ""]: readonly string[], folder: string, sources: TargetFiles): Called | undefined {
  const called = findFile(sources, folder, ["pyproject.toml"], [name]);
  return name !== "" && called?.file?.targets.has(name) ? called : undefined;
}

function toxCalled(
  rest: readonly string[],
  folder: string,
  sources: TargetFiles,
  variables: Variables,
): Called | undefined {
  const chosen = optionValue(rest, ["-e", "--env"]) ?? joinedValue(rest, "-e") ?? variables.get("TOXENV") ?? "";
  const listed = isComputed(chosen) ? [chosen] : chosen.split(/[\s,]+/);
  const environments = listed.filter((name) => name && name !== "ALL");
  const named = (file: TargetFile | undefined, prefix: string): readonly string[] =>
    environments.length === 0
      ? [prefix]
      : environments.map((name) =>
          file?.targets.has(prefix + name) || isComputed(name) ? prefix + name : `${prefix}*`,
        );
  const within = optionValue(rest, ["-c", "--conf", "--root"]);
  const place =
    within === undefined
      ? folder
      : (resolvePath(folder, /\.(ini|toml)$/.test(within) ? folderOf(within) : within) ?? folder);
  const project = findFile(sources, place, ["pyproject.toml"], []);
  if (project?.file?.targets.has("tox:*")) return { ...project, targets: named(project.file, "tox:") };
  const called = findFile(sources, place, ["tox.toml", "tox.ini", "setup.cfg"], []);
  return called && { ...called, targets: named(called.file, "") };
}

function noxCalled(rest: readonly string[], folder: string, sources: TargetFiles): Called | undefined {
  const called = findFile(sources, folder, ["noxfile.py"], []);
  const first = rest.findIndex((word) => /^(-s|-e|--sessions?)$/.test(word));
  const joined = rest.flatMap((word) => /^--sessions?=(.+)$/.exec(word)?.[1] ?? []);
  const given = [...joined, ...(first < 0 ? [] : rest.slice(first + 1).filter((word) => !word.startsWith("-")))];
  const sessions = given.map((word) => (isComputed(word) ? word : word.replace(/-\d[\d.]*$|\(.*$/s, "")));
  const isKnown = sessions.length > 0 && sessions.every((one) => isComputed(one) || called?.file?.targets.has(one));
  return called && { ...called, targets: isKnown ? sessions : [""] };
}

/** True for a name that somebody else decides. */
export function isComputed(word: string): boolean {
  return /\$[\w{(]|\{\{|<</.test(word);
}

/** The first of these files that the folder, or the root, has. */
function findFile(
  sources: TargetFiles,
  folder: string,
  names: readonly string[],
  targets: readonly string[],
): Called | undefined {
  for (const within of folder === "" ? [""] : [folder, ""]) {
    for (const name of names) {
      const path = within === "" ? name : `${within}/${name}`;
      if (sources.tree.has(path)) return { file: sources.files.get(path), path, targets };
    }
  }
  return undefined;
}

/** A file of the repository that is run as a script; `from` is the file that the call stands in. */
export function scriptCalled(
  words: readonly string[],
  folder: string,
  from: string,
  { tree }: TargetFiles,
): CalledScript | undefined {
  const [program = "", ...rest] = words;
  const at = INTERPRETER.test(programOf(program)) ? rest.findIndex((word) => !word.startsWith("-")) : -1;
  const named = at >= 0 ? rest[at] : program.includes("/") ? program : undefined;
  if (named === undefined || named === "-" || nameOf(named) === "activate") return undefined;
  // Of `$SCRIPT_DIR/check.sh` the folder is not known; it is most often the caller's own, or the root.
  const literal = COMPUTED_FOLDER.exec(named)?.[1] ?? named;
  const folders = [folder, "", from.slice(0, Math.max(0, from.lastIndexOf("/")))];
  const path = folders
    .map((within) => resolvePath(within, literal.replace(/^\//, "")))
    .find((candidate) => candidate !== undefined && tree.has(candidate));
  return path === undefined ? undefined : { path, words: rest.slice(at + 1) };
}

/** False for a script of tests that the repository does not hold: the job writes it itself. */
export function holdsTestScript(words: readonly string[], folder: string, from: string, sources: TargetFiles): boolean {
  const [program = "", ...rest] = words;
  const script = program.endsWith(".py") ? program : rest.find((word) => !word.startsWith("-"));
  if (!/^python|\.py$/.test(program) || !script?.endsWith(".py") || /(^|\/)(setup|manage)\.py$/.test(script))
    return true;
  if (isComputed(script) || scriptCalled(["python", script], folder, from, sources)) return true;
  return sources.tree.hasEnding(script.replace(/^(\.\.?\/)+/, ""));
}

/** The script of `bash -ec "…"`, wherever it stands. */
export function scriptOfShell(words: readonly string[]): string | undefined {
  const at = words.findIndex((word, index) => /^-\w*c$/.test(word) && /(^|\/)(ba|z)?sh$/.test(words[index - 1] ?? ""));
  return at < 0 ? undefined : (words[at + 1] ?? "");
}

function optionValue(words: readonly string[], options: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (options.includes(word)) return words[index + 1];
    const joined = options.find((option) => word.startsWith(`${option}=`));
    if (joined) return word.slice(joined.length + 1);
  }
  return undefined;
}

/** `-epy313`: the value of a short option that is written without a space. */
function joinedValue(words: readonly string[], option: string): string | undefined {
  return words.find((word) => word.startsWith(option) && word.length > option.length)?.slice(option.length);
}
