import type { TargetFiles } from "../target-files.ts";
import { folderOf, nameOf, resolvePath } from "../tree.ts";
import { type Purpose, purposesOf } from "./purpose.ts";
import { type ShellCommand, shellCommands } from "./shell.ts";
import type { TargetFile, TargetScript } from "./targets.ts";
import { unwrap } from "./unwrap.ts";

/** A command that runs in the end, wherever it was called from. */
export interface ResolvedCommand {
  /** Without wrappers. */
  readonly words: readonly string[];
  readonly purposes: readonly Purpose[];
  /** Where it stands itself. */
  readonly path: string;
  readonly line: number;
  /** How its failure is thrown away right there; undefined where it is not. */
  readonly masked: string | undefined;
}

/** A command whose effect cannot be known. */
export interface UnresolvedCommand {
  readonly reason: string;
  readonly path: string;
  readonly line: number;
}

export interface Resolution {
  readonly commands: readonly ResolvedCommand[];
  readonly unresolved: readonly UnresolvedCommand[];
}

/** A script to be followed. */
export interface Script extends TargetScript {
  readonly path: string;
  /** The folder that it runs in, from the repository's root. */
  readonly folder: string;
}

const MAX_DEPTH = 5;
/** Python programs and unknown scripts by these names may well run tests. */
const SUGGESTIVE = /test|check|ci\b|lint|verify|qa|validate/i;
const CONVENTIONAL = /^((unit|py|python|run)[-_]?)?tests?$/;
const MAKE = /^(g?make|gnumake)$/;

/** Follows a script through the targets and scripts of the repository to the commands that run in the end. */
export function resolveScript(script: Script, sources: TargetFiles): Resolution {
  const commands: ResolvedCommand[] = [];
  const unresolved: UnresolvedCommand[] = [];
  follow(script, 0, new Set());
  return { commands, unresolved };

  function follow({ text, path, folder, lineAt }: Script, depth: number, seen: ReadonlySet<string>): void {
    const parts = shellCommands(text);
    const forgiving = /(^|\n)\s*set \+e\b/.test(text) && !/\$\?|\bset -e\b/.test(text);
    let here: string | undefined = folder;
    for (const [index, part] of parts.entries()) {
      const at = { path, line: lineAt(part.offset) };
      if (part.words[0] === "cd" || part.words[0] === "pushd") {
        here = here === undefined || part.words[1] === undefined ? here : resolvePath(here, part.words[1]);
        continue;
      }
      const words = unwrap(part.words);
      const given = purposesOf(part.words);
      const purposes = [...new Set([...given, ...purposesOf(words)])];
      if (purposes.some((purpose) => purpose !== "coverage")) {
        commands.push({ ...at, words, purposes, masked: maskOf(parts, index) ?? (forgiving ? "set +e" : undefined) });
        continue;
      }
      if (purposes.length > 0) commands.push({ ...at, words, purposes, masked: undefined });
      const before = commands.length;
      call(words, here ?? folder, at, depth, seen);
      const mask = maskOf(parts, index);
      if (mask)
        for (let own = before; own < commands.length; own++)
          commands[own] = { ...(commands[own] as ResolvedCommand), ...at, masked: mask };
    }
  }

  function call(
    words: readonly string[],
    folder: string,
    at: { path: string; line: number },
    depth: number,
    seen: ReadonlySet<string>,
  ): void {
    const [program = ""] = words;
    if (depth >= MAX_DEPTH) return;
    if (/\$\{\{|^\$/.test(program)) {
      unresolved.push({ ...at, reason: `the command ${program} is computed` });
      return;
    }
    if (isContainer(words)) {
      inContainer(words, folder, at, depth, seen);
      return;
    }
    const named = targetsCalled(words, folder);
    if (named) {
      runTargets(named, folder, at, depth, seen);
      return;
    }
    const script = scriptCalled(words, folder);
    if (script) runScript(script, folder, at, depth, seen);
  }

  /** The words behind the image or service are the command, where there are any. */
  function inContainer(
    words: readonly string[],
    folder: string,
    at: { path: string; line: number },
    depth: number,
    seen: ReadonlySet<string>,
  ): void {
    const shell = words.findIndex(
      (word, index) => /^-\w*c$/.test(word) && /(^|\/)(ba|z)?sh$/.test(words[index - 1] ?? ""),
    );
    const before = commands.length + unresolved.length;
    if (shell >= 0)
      follow(
        { text: words[shell + 1] ?? "", path: at.path, folder, line: at.line, lineAt: () => at.line },
        depth + 1,
        seen,
      );
    for (let start = 2; start < words.length && commands.length + unresolved.length === before; start++) {
      const rest = unwrap(words.slice(start));
      const purposes = purposesOf(rest);
      if (purposes.length > 0) commands.push({ ...at, words: rest, purposes, masked: undefined });
      else if (MAKE.test(rest[0] ?? "") || rest[0] === "tox" || rest[0] === "nox")
        call(rest, folder, at, depth + 1, seen);
    }
    if (commands.length + unresolved.length === before)
      unresolved.push({ ...at, reason: `${words.slice(0, 3).join(" ")} runs inside a container` });
  }

  function runTargets(
    { file, path, targets }: Called,
    folder: string,
    at: { path: string; line: number },
    depth: number,
    seen: ReadonlySet<string>,
  ): void {
    if (!file) {
      // A target of this name runs the tests wherever it is; others may do anything.
      if (targets.some((target) => CONVENTIONAL.test(target)) || /(^|\/)(tox\.(ini|toml)|noxfile\.py)$/.test(path)) {
        commands.push({ ...at, words: ["make", ...targets], purposes: ["tests"], masked: undefined });
      } else if (targets.some((target) => target === "" || SUGGESTIVE.test(target)))
        unresolved.push({
          ...at,
          reason: `${path} could not be read: ${sources.unread.get(path) ?? "it is not there"}`,
        });
      return;
    }
    for (const target of targets) {
      const key = `${path} ${target}`;
      if (seen.has(key)) continue;
      const scripts = file.targets.get(target);
      const prerequisites = file.prerequisites.get(target) ?? [];
      if (!scripts && prerequisites.length === 0) {
        unresolved.push({ ...at, reason: `${path} has no ${target || "default target"}` });
        continue;
      }
      const deeper = new Set([...seen, key]);
      const within = file.kind === "tox" || file.kind === "nox" ? folderOf(path) : folder;
      const base = file.kind === "make" || file.kind === "just" || file.kind === "task" ? folderOf(path) : within;
      for (const script of scripts ?? []) follow({ ...script, path, folder: base }, depth + 1, deeper);
      const known = prerequisites.filter((one) => file.targets.has(one));
      runTargets({ file, path, targets: known }, folder, at, depth + 1, deeper);
    }
  }

  function runScript(
    path: string,
    folder: string,
    at: { path: string; line: number },
    depth: number,
    seen: ReadonlySet<string>,
  ): void {
    if (seen.has(path)) return;
    const file = sources.files.get(path);
    const [script] = file?.kind === "shell" ? (file.targets.get("") ?? []) : [];
    if (script && !/^#!.*python/.test(script.text))
      follow({ ...script, path, folder }, depth + 1, new Set([...seen, path]));
    else if (SUGGESTIVE.test(path.endsWith(".py") ? nameOf(path) : path))
      unresolved.push({ ...at, reason: `what ${path} runs could not be read` });
  }

  interface Called {
    readonly file: TargetFile | undefined;
    readonly path: string;
    readonly targets: readonly string[];
  }

  /** The file and targets that a call of make, tox, npm and the like means. */
  function targetsCalled(words: readonly string[], folder: string): Called | undefined {
    const [program = "", ...rest] = words;
    const plain = rest.filter((word) => !word.startsWith("-") && !/^\w+=/.test(word));
    if (MAKE.test(program)) {
      const into = optionValue(rest, ["-C", "--directory"]);
      const within = into === undefined ? folder : resolvePath(folder, into);
      const targets = plain.filter((word) => word !== into && !/^\d+$/.test(word));
      return fileIn(within ?? folder, ["GNUmakefile", "makefile", "Makefile"], targets.length ? targets : [""]);
    }
    if (program === "just")
      return fileIn(folder, ["justfile", "Justfile", ".justfile"], plain.length ? plain.slice(0, 1) : [""]);
    if (program === "task")
      return (
        fileIn(folder, ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml"], plain.length ? plain.slice(0, 1) : [""]) ??
        scriptOfProject(words, folder)
      );
    if (program === "tox") return toxCalled(rest, folder);
    if (program === "nox") return noxCalled(rest, folder);
    if (/^(npm|yarn|pnpm)$/.test(program)) {
      const target = plain[0] === "run" || plain[0] === "run-script" ? plain[1] : plain[0];
      const called = fileIn(folder, ["package.json"], [target ?? ""]);
      return called?.file?.targets.has(target ?? "") ? called : undefined;
    }
    return scriptOfProject(program === "poe" || program === "invoke" ? rest : words, folder);
  }

  /** A script of pyproject.toml by its name: of hatch, PDM, Poe, pixi. */
  function scriptOfProject([name = ""]: readonly string[], folder: string): Called | undefined {
    const called = fileIn(folder, ["pyproject.toml"], [name]);
    return called?.file?.targets.has(name) ? called : undefined;
  }

  function toxCalled(rest: readonly string[], folder: string): Called | undefined {
    const environments = (optionValue(rest, ["-e", "--env"]) ?? "").split(",").filter(Boolean);
    const known = (file: TargetFile | undefined, prefix: string): readonly string[] =>
      environments.length === 0
        ? [`${prefix}`]
        : environments.map((name) => (file?.targets.has(prefix + name) ? prefix + name : `${prefix}*`));
    const project = fileIn(folder, ["pyproject.toml"], []);
    if (project?.file?.targets.has("tox:*")) return { ...project, targets: known(project.file, "tox:") };
    const called = fileIn(folder, ["tox.toml", "tox.ini", "setup.cfg"], []);
    return called && { ...called, targets: known(called.file, "") };
  }

  function noxCalled(rest: readonly string[], folder: string): Called | undefined {
    const called = fileIn(folder, ["noxfile.py"], []);
    const first = rest.findIndex((word) => /^(-s|-e|--sessions?)$/.test(word));
    const given = first < 0 ? [] : rest.slice(first + 1).filter((word) => !word.startsWith("-"));
    const sessions = given.map((word) => word.replace(/(-\d[\d.]*|\(.*)$/, ""));
    const isKnown = sessions.length > 0 && sessions.every((session) => called?.file?.targets.has(session));
    return called && { ...called, targets: isKnown ? sessions : [""] };
  }

  /** The first of these files that the folder, or one above it, has. */
  function fileIn(folder: string, names: readonly string[], targets: readonly string[]): Called | undefined {
    for (const within of folder === "" ? [""] : [folder, ""]) {
      for (const name of names) {
        const path = within === "" ? name : `${within}/${name}`;
        if (sources.tree.has(path)) return { file: sources.files.get(path), path, targets };
      }
    }
    return undefined;
  }

  /** A file of the repository that is run as a script. */
  function scriptCalled(words: readonly string[], folder: string): string | undefined {
    const [program = "", ...rest] = words;
    const isInterpreter = /^(ba|z|da)?sh$|^source$|^\.$|^python[\d.]*$/.test(program);
    const named = isInterpreter
      ? rest.find((word) => !word.startsWith("-"))
      : program.includes("/")
        ? program
        : undefined;
    if (named === undefined) return undefined;
    const candidates = [resolvePath(folder, named), resolvePath("", named)];
    return candidates.find(
      (candidate) => candidate !== undefined && sources.tree.has(candidate) && nameOf(candidate) !== "activate",
    );
  }
}

/** How the failure of a command is thrown away by what stands behind it. */
function maskOf(parts: readonly ShellCommand[], index: number): string | undefined {
  const part = parts[index] as ShellCommand;
  if (part.words.includes("--exit-zero")) return "--exit-zero";
  if (part.joinedBy !== "||") return undefined;
  const [next = "", argument] = parts[index + 1]?.words ?? [];
  if (next === "true" || next === ":" || next === "echo") return `|| ${next}`;
  return next === "exit" && argument === "0" ? "|| exit 0" : undefined;
}

function isContainer([program, verb, third]: readonly string[]): boolean {
  if (program === "docker-compose" || program === "podman-compose")
    return verb === "run" || verb === "exec" || verb === "-f" || verb?.startsWith("--") === true;
  if (program !== "docker" && program !== "podman") return false;
  return (
    verb === "run" ||
    verb === "exec" ||
    (verb === "compose" && third !== "up" && third !== "build" && third !== "down" && third !== "pull")
  );
}

function optionValue(words: readonly string[], options: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    if (options.includes(word)) return words[index + 1];
    const joined = options.find((option) => word.startsWith(`${option}=`));
    if (joined) return word.slice(joined.length + 1);
  }
  return undefined;
}
