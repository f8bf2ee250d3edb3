import type { TargetFiles } from "../target-files.ts";
import { folderOf, nameOf, resolvePath } from "../tree.ts";
import { type Called, type CalledScript, isComputed, scriptCalled, targetsCalled } from "./calls.ts";
import { type ContainerCall, containerCall } from "./containers.ts";
import { maskOf } from "./masks.ts";
import type { ResolvedCommand, Script, UnresolvedCommand } from "./model.ts";
import { type Purpose, programOf, purposesOf } from "./purpose.ts";
import { shellCommands } from "./shell.ts";
import { ANYTHING, possibleFor, saysOtherwise, suggestedBy } from "./suggestion.ts";
import type { TargetFile } from "./targets.ts";
import { unwrap } from "./unwrap.ts";
import { argumentsOf, assigned, assignmentsOf, expandWords, type Variables } from "./variables.ts";

/** Where a command is met. */
interface Place {
  readonly path: string;
  readonly line: number;
  readonly folder: string;
  readonly variables: Variables;
  readonly title: string | undefined;
  readonly depth: number;
  readonly seen: ReadonlySet<string>;
}

const MAX_DEPTH = 6;
/** Commands and targets that are looked at for one script, however its targets call each other. */
const MAX_COMMANDS = 20_000;
/** Characters of a script that is followed, and those that cost as much as a command. */
const MAX_SCRIPT = 100_000;
const CHARACTERS_PER_COMMAND = 100;
/** Targets that run the tests wherever they are. */
const CONVENTIONAL = /^((unit|py|python|run)[-_]?)?tests?$/;
/** A variable that holds a whole command, as its name says. */
const HOLDS_A_COMMAND = /cmd|command|args|script|exec|[@*]|\brun\b/i;
const HARMLESS = /^(echo|printf|cd|exit|return|set|shift|test|\[|\[\[|true|false|:|cat|export|unset|trap|sleep|wait)$/;
/** Programs that a container runs for what their own arguments say. */
const GENERAL = /^(-.*|python[\d.]*|sh|bash|npm|npx|yarn|pnpm|node|ls|pip)$/;

/** What may still be looked at, in commands. */
export interface Budget {
  left: number;
}

/** Follows scripts, and collects what they run in the end. */
export class Follower {
  readonly commands: ResolvedCommand[] = [];
  readonly unresolved: UnresolvedCommand[] = [];
  readonly #sources: TargetFiles;
  readonly #shared: Budget;
  #left = MAX_COMMANDS;
  #isGivenUp = false;

  /** @param shared what all scripts of a repository may cost together. */
  constructor(sources: TargetFiles, shared: Budget) {
    this.#sources = sources;
    this.#shared = shared;
  }

  /** Takes from what may be looked at; where nothing is left, what follows may be anything. */
  #afford(cost: number, path: string, line: number): boolean {
    this.#left -= cost;
    this.#shared.left -= cost;
    if (this.#left > 0 && this.#shared.left > 0) return true;
    if (!this.#isGivenUp)
      this.unresolved.push({ reason: "more runs in CI than can be followed", possible: ANYTHING, path, line });
    this.#isGivenUp = true;
    return false;
  }

  follow(script: Script, depth = 0, seen: ReadonlySet<string> = new Set()): void {
    const { text, path, lineAt, title, masked } = script;
    if (text.length > MAX_SCRIPT) {
      this.unresolved.push({
        reason: `${path} is too long to be followed`,
        possible: ANYTHING,
        path,
        line: script.line,
      });
      return;
    }
    if (!this.#afford(Math.ceil(text.length / CHARACTERS_PER_COMMAND), path, script.line)) return;
    const parts = shellCommands(text);
    const forgiving = /^[ \t]*set \+e\b/m.test(text) && !/\$\?|\bset -e\b/.test(text) ? "set +e" : undefined;
    let variables = script.variables ?? new Map<string, string>();
    let folder = script.folder;
    for (const [index, part] of parts.entries()) {
      if (depth > MAX_DEPTH || !this.#afford(1, path, script.line)) return;
      const [program, argument] = part.words;
      if (program === "cd" || program === "pushd") {
        const into = argument === undefined || isComputed(argument) ? undefined : resolvePath(folder, argument);
        folder = into ?? folder;
        continue;
      }
      const before = this.commands.length;
      const place = { path, line: lineAt(part.offset), folder, variables, title, depth, seen };
      const known = assigned(part.words, variables);
      variables = known ?? variables;
      if (known) {
        for (const { text: inner, offset } of part.captured) {
          const lineWithin = (at: number): number => lineAt(offset + at);
          this.follow({ ...script, text: inner, folder, variables, lineAt: lineWithin }, depth + 1, seen);
        }
      } else if (!(script.isPowerShell && program?.startsWith("$"))) this.#run(part.words, place);
      const by = masked?.by ?? maskOf(parts, index) ?? forgiving;
      if (by) this.#mask(before, by, masked?.line ?? place.line, masked?.path ?? path);
    }
  }

  /** What is called is masked where the call is. */
  #mask(from: number, masked: string, line: number, path: string): void {
    for (let index = from; index < this.commands.length; index++)
      this.commands[index] = { ...(this.commands[index] as ResolvedCommand), path, line, masked };
  }

  #run(given: readonly string[], place: Place): void {
    const words = expandWords(given, place.variables);
    const inner = unwrap(words);
    const purposes = [...new Set([...purposesOf(words), ...purposesOf(inner)])].filter(
      (purpose) => purpose !== "tests" || this.#isThere(inner, place),
    );
    if (purposes.length > 0) {
      const masked = words.includes("--exit-zero") ? "--exit-zero" : undefined;
      this.commands.push({ words: inner, purposes, path: place.path, line: place.line, masked });
    }
    // Make takes variables behind its name as well.
    const assignments = programOf(inner[0] ?? "") === "make" ? words : leading(words);
    const variables = new Map([...place.variables, ...assignmentsOf(assignments, place.variables)]);
    if (purposes.every((purpose) => /^(coverage|image-build)$/.test(purpose)))
      this.#call(inner, { ...place, variables });
  }

  #doubt(reason: string, possible: readonly Purpose[], { path, line }: Place): void {
    if (possible.length > 0) this.unresolved.push({ reason, possible, path, line });
  }

  /** A script of tests is one only where the repository holds it: others are written by the job. */
  #isThere(words: readonly string[], { folder, path }: Place): boolean {
    const [program = "", ...rest] = words;
    const script = program.endsWith(".py") ? program : rest.find((word) => !word.startsWith("-"));
    if (!/^python|\.py$/.test(program) || !script?.endsWith(".py") || /(^|\/)(setup|manage)\.py$/.test(script))
      return true;
    if (isComputed(script) || scriptCalled(["python", script], folder, path, this.#sources)) return true;
    return this.#sources.tree.hasEnding(script.replace(/^(\.\.?\/)+/, ""));
  }

  #call(words: readonly string[], place: Place): void {
    const [program = ""] = words;
    if (place.depth >= MAX_DEPTH || HARMLESS.test(program)) return;
    const deeper = { ...place, depth: place.depth + 1 };
    const container = containerCall(words);
    const called = container ? undefined : targetsCalled(words, place.folder, this.#sources, place.variables);
    const script = container || called ? undefined : scriptCalled(words, place.folder, place.path, this.#sources);
    const inShell = scriptOfShell(words);
    if (container) this.#runInContainer(words, container, deeper);
    else if (called) this.#runTargets(called, deeper);
    else if (script) this.#runScript(script, deeper);
    else if (inShell !== undefined)
      this.follow({ ...place, text: inShell, lineAt: () => place.line }, deeper.depth, place.seen);
    else if (isComputed(programOf(program))) {
      const suggested = suggestedBy(words.join(" "));
      const opaque = words.length === 1 && HOLDS_A_COMMAND.test(program) ? ANYTHING : [];
      this.#doubt(`the command ${program} is computed`, suggested.length > 0 ? suggested : opaque, place);
    }
  }

  /** The words behind the image or service are the command, where there are any. */
  #runInContainer(words: readonly string[], { subject, words: given, detached }: ContainerCall, place: Place): void {
    const before = this.commands.length + this.unresolved.length;
    if (given.length > 0) this.#run(given, place);
    if (detached || this.commands.length + this.unresolved.length > before) return;
    const [program = ""] = unwrap(given);
    // A program of the image's own is known by its name, the image's own command by that of the image and step.
    const name = given.length === 0 ? `${subject} ${place.title ?? ""}` : GENERAL.test(program) ? "" : program;
    this.#doubt(`${words.slice(0, 3).join(" ")} runs inside a container`, suggestedBy(name), place);
  }

  #runTargets(called: Called, place: Place): void {
    for (const target of called.targets) this.#runTarget(called, target, place);
  }

  #runTarget(called: Called, target: string, place: Place): void {
    const { file, path } = called;
    const key = `${path} ${target}`;
    if (place.seen.has(key) || place.depth > MAX_DEPTH || !this.#afford(1, place.path, place.line)) return;
    if (!file) {
      this.#runUnread(path, target, place);
      return;
    }
    const scripts = file.targets.get(target) ?? file.targets.get("*");
    const prerequisites = (file.prerequisites.get(target) ?? []).filter((one) => file.targets.has(one));
    if (isComputed(target)) this.#doubt(`which part of ${path} runs is computed`, purposesIn(called, place), place);
    else if (!scripts && prerequisites.length === 0)
      this.#doubt(`${path} has no ${target || "default target"}`, suggestedBy(target), place);
    else {
      const isOfFolder = /^(tox|nox|make|just|task)$/.test(file.kind);
      const { variables, title } = place;
      const seen = new Set([...place.seen, key]);
      for (const script of scripts ?? [])
        this.follow(
          { ...script, path, folder: isOfFolder ? folderOf(path) : place.folder, variables, title },
          place.depth,
          seen,
        );
      this.#runTargets({ ...called, targets: prerequisites }, { ...place, depth: place.depth + 1, seen });
    }
  }

  #runUnread(path: string, target: string, place: Place): void {
    const isRunner = /(^|\/)(tox\.(ini|toml)|noxfile\.py)$/.test(path);
    if (isRunner || CONVENTIONAL.test(target)) {
      const words = [isRunner ? nameOf(path).replace(/(file)?\..*/, "") : "make", target].filter(Boolean);
      this.commands.push({ words, purposes: ["tests"], path: place.path, line: place.line, masked: undefined });
    } else {
      const reason = this.#sources.unread.get(path) ?? "it is not there";
      const told = [target, ...place.variables.values()].join(" ");
      this.#doubt(`${path} could not be read: ${reason}`, target === "" ? ANYTHING : possibleFor(told), place);
    }
  }

  #runScript({ path, words }: CalledScript, place: Place): void {
    if (place.seen.has(path)) return;
    const file = this.#sources.files.get(path);
    if (!file) {
      this.#doubt(
        `what ${path} runs could not be read`,
        suggestedBy(path.endsWith(".py") || saysOtherwise(nameOf(path)) ? nameOf(path) : path),
        place,
      );
      return;
    }
    const variables = new Map([...place.variables, ...argumentsOf(words)]);
    const seen = new Set([...place.seen, path]);
    const before = this.commands.length;
    const scripts = file.targets.get("") ?? [];
    for (const script of scripts) {
      const { folder, title } = place;
      const isPowerShell = file.kind === "powershell";
      this.follow({ ...script, path, folder, variables, title, isPowerShell }, place.depth, seen);
    }
    // A script that only prepares the ground runs its arguments in the end, though perhaps through functions.
    const runsArguments = words.length > 0 && scripts.some(({ text }) => /\$\{?[@*]/.test(text));
    if (runsArguments && this.commands.length === before) this.#run(words, { ...place, seen });
  }
}

/** What any target of a file is for. */
function purposesIn({ file, path }: Called, { title = "" }: Place): readonly Purpose[] {
  const found = file ? (purposes.get(file) ?? purposesOfAll(file)) : [];
  if (file) purposes.set(file, found);
  return found.length > 0 ? found : suggestedBy(`${path} ${title}`);
}

const purposes = new WeakMap<TargetFile, readonly Purpose[]>();

function purposesOfAll({ targets }: TargetFile): readonly Purpose[] {
  const found = [...targets.values()]
    .flat()
    .flatMap(({ text }) => shellCommands(text))
    .flatMap(({ words }) => [...purposesOf(words), ...purposesOf(unwrap(words))]);
  return [...new Set(found)];
}

/** The script of `bash -ec "…"`, wherever it stands. */
function scriptOfShell(words: readonly string[]): string | undefined {
  const at = words.findIndex((word, index) => /^-\w*c$/.test(word) && /(^|\/)(ba|z)?sh$/.test(words[index - 1] ?? ""));
  return at < 0 ? undefined : (words[at + 1] ?? "");
}

/** The words before the program: `TOXENV=lint tox`. */
function leading(words: readonly string[]): readonly string[] {
  const given = words[0] === "env" ? words.slice(1) : words;
  const end = given.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  return end < 0 ? given : given.slice(0, end);
}
