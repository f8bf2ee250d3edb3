import type { TargetFiles } from "../target-files.ts";
import { folderOf, nameOf, resolvePath } from "../tree.ts";
import { Allowance, type Budget } from "./budget.ts";
import {
  type Called,
  type CalledScript,
  holdsTestScript,
  isComputed,
  scriptCalled,
  scriptOfShell,
  targetsCalled,
} from "./calls.ts";
import { type ContainerCall, containerCall, nameOfCall } from "./containers.ts";
import { maskOf } from "./masks.ts";
import type { ResolvedCommand, Script, UnresolvedCommand } from "./model.ts";
import { type Purpose, programOf, purposesOf } from "./purpose.ts";
import { shellCommands } from "./shell.ts";
import { ANYTHING, possibleFor, saysOtherwise, suggestedBy } from "./suggestion.ts";
import { purposesOfTargets } from "./target-purposes.ts";
import { unwrap } from "./unwrap.ts";
import { argumentsOf, assigned, environmentOf, expandWords, type Variables } from "./variables.ts";

/** Where a command is met. */
interface Place {
  readonly path: string;
  readonly line: number;
  readonly folder: string;
  readonly variables: Variables;
  readonly title: string | undefined;
  readonly inContainer: boolean;
  readonly depth: number;
  readonly seen: ReadonlySet<string>;
}

const MAX_DEPTH = 6;
/** Characters of a script that is followed, and those that cost as much as a command. */
const MAX_SCRIPT = 100_000;
const CHARACTERS_PER_COMMAND = 100;
/** Targets that run the tests wherever they are. */
const CONVENTIONAL = /^((unit|py|python|run)[-_]?)?tests?$/;
/** A variable that holds a whole command, as its name says. */
const HOLDS_A_COMMAND = /cmd|command|args|script|exec|[@*]|\brun\b/i;
const HARMLESS = /^(echo|printf|cd|exit|return|set|shift|test|\[|\[\[|true|false|:|cat|export|unset|trap|sleep|wait)$/;

/** Follows scripts, and collects what they run in the end. */
export class Follower {
  readonly commands: ResolvedCommand[] = [];
  readonly unresolved: UnresolvedCommand[] = [];
  readonly #sources: TargetFiles;
  readonly #allowance: Allowance;

  /** @param shared what all scripts of a repository may cost together. */
  constructor(sources: TargetFiles, shared: Budget) {
    this.#sources = sources;
    this.#allowance = new Allowance(shared);
  }

  /** Takes from what may be looked at; where nothing is left, what follows may be anything. */
  #afford(cost: number, path: string, line: number): boolean {
    if (this.#allowance.spend(cost)) return true;
    const reason = "more runs in CI than can be followed";
    if (this.#allowance.refusals === 1) this.unresolved.push({ reason, possible: ANYTHING, path, line });
    return false;
  }

  follow(script: Script, depth = 0, seen: ReadonlySet<string> = new Set()): void {
    const { text, path, lineAt, title, masked, inContainer = false } = script;
    if (text.length > MAX_SCRIPT) {
      const reason = `${path} is too long to be followed`;
      this.unresolved.push({ reason, possible: ANYTHING, path, line: script.line });
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
      const place = { path, line: lineAt(part.offset), folder, variables, title, inContainer, depth, seen };
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
      (purpose) => purpose !== "tests" || holdsTestScript(inner, place.folder, place.path, this.#sources),
    );
    if (purposes.length > 0) {
      const masked = words.includes("--exit-zero") ? "--exit-zero" : undefined;
      const { path, line, inContainer } = place;
      this.commands.push({ words: inner, purposes, path, line, masked, inContainer });
    }
    const variables = environmentOf(words, programOf(inner[0] ?? ""), place.variables);
    if (purposes.every((purpose) => /^(coverage|image-build)$/.test(purpose)))
      this.#call(inner, { ...place, variables });
  }

  #doubt(reason: string, possible: readonly Purpose[], { path, line, inContainer }: Place): void {
    if (possible.length > 0) this.unresolved.push({ reason, possible, path, line, inContainer });
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
  #runInContainer(words: readonly string[], call: ContainerCall, from: Place): void {
    const place = { ...from, inContainer: true };
    const before = this.commands.length + this.unresolved.length;
    if (call.words.length > 0) this.#run(call.words, place);
    if (call.detached || this.commands.length + this.unresolved.length > before) return;
    const suggested = suggestedBy(nameOfCall(call, place.title));
    this.#doubt(`${words.slice(0, 3).join(" ")} runs inside a container`, suggested, place);
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
    if (isComputed(target))
      this.#doubt(
        `which part of ${path} runs is computed`,
        purposesOfTargets(file, `${path} ${place.title ?? ""}`),
        place,
      );
    else if (!scripts && prerequisites.length === 0)
      this.#doubt(`${path} has no ${target || "default target"}`, suggestedBy(target), place);
    else {
      const isOfFolder = /^(tox|nox|make|just|task)$/.test(file.kind);
      const { variables, title, inContainer } = place;
      const folder = isOfFolder ? folderOf(path) : place.folder;
      const seen = new Set([...place.seen, key]);
      for (const script of scripts ?? [])
        this.follow({ ...script, path, folder, variables, title, inContainer }, place.depth, seen);
      this.#runTargets({ ...called, targets: prerequisites }, { ...place, depth: place.depth + 1, seen });
    }
  }

  #runUnread(path: string, target: string, place: Place): void {
    const isRunner = /(^|\/)(tox\.(ini|toml)|noxfile\.py)$/.test(path);
    if (isRunner || CONVENTIONAL.test(target)) {
      const words = [isRunner ? nameOf(path).replace(/(file)?\..*/, "") : "make", target].filter(Boolean);
      const { line, inContainer } = place;
      this.commands.push({ words, purposes: ["tests"], path: place.path, line, masked: undefined, inContainer });
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
    const { folder, title, inContainer } = place;
    const isPowerShell = file.kind === "powershell";
    for (const script of scripts)
      this.follow({ ...script, path, folder, variables, title, inContainer, isPowerShell }, place.depth, seen);
    // A script that only prepares the ground runs its arguments in the end, though perhaps through functions.
    const runsArguments = words.length > 0 && scripts.some(({ text }) => /\$\{?[@*]/.test(text));
    if (runsArguments && this.commands.length === before) this.#run(words, { ...place, seen });
  }
}
