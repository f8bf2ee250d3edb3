import type { Step } from "../source/settings/steps.ts";
import type { Value } from "../source/settings/value.ts";
import type { SettingsSource } from "../source/settings.ts";
import { fold, type Lookup } from "./fold.ts";
import { asDefault, type Folded, known, truthOf, UNKNOWN } from "./folded.ts";

/** A setting with where it got its value last. */
export interface Setting {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly value: Folded;
}

/** What a module leaves behind when it has run. */
export interface Namespace {
  readonly settings: ReadonlyMap<string, Setting>;
  /** True where something that is not here sets more. */
  readonly isOpen: boolean;
  /** True where a file that need not be there may set more. */
  readonly isExtensible: boolean;
  /** What the start is refused for. */
  readonly refused: ReadonlySet<string>;
}

/** The modules that can be imported, and what is set from outside. */
export interface Program {
  source(path: string): SettingsSource | undefined;
  /** The path of a module as seen from a file; undefined where the repository has none of that name. */
  resolve(module: string, level: number, from: string): string | undefined;
  /** The files that a pattern of django-split-settings means. */
  included(pattern: string, from: string): readonly string[];
  /** True for a module that exists and whose text tells nothing, or could not be read. */
  isUnread(path: string): boolean;
  variable(name: string): string | undefined;
  /** An attribute of an object of settings: `settings.DEBUG`. */
  attribute(name: string): Folded | undefined;
}

const MAX_IMPORTS = 12;
/** Python's own and Django's constants, which no file of the project sets. */
const CONSTANTS: ReadonlyMap<string, Folded> = new Map([
  ["TYPE_CHECKING", known(false)],
  ["typing.TYPE_CHECKING", known(false)],
]);

/** Runs modules of settings, statement by statement, in order: a module once, as Python does. */
export class Runner {
  readonly #program: Program;
  readonly #done = new Map<string, Namespace>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** What a module comes to. */
  run(path: string, depth = 0): Namespace {
    const known = this.#done.get(path);
    if (known) return known;
    // One that is being imported has nothing yet: the import goes round in circles.
    this.#done.set(path, EMPTY);
    const run = new Run(path, this.#program, (module) => this.run(module, depth + 1), depth >= MAX_IMPORTS);
    run.all(this.#program.source(path)?.steps ?? []);
    this.#done.set(path, run);
    return run;
  }

  /** How names are looked up in a module that has run: as written, or as it is in production. */
  lookup(path: string, as: "written" | "production"): Lookup {
    const module = this.run(path);
    const lookup = new Run(path, this.#program, (other) => this.run(other), true, module)[as];
    return {
      ...lookup,
      setting: (name) => {
        const value = lookup.setting(name);
        const place = module.settings.get(name);
        return value && place ? { ...value, place } : value;
      },
    };
  }

  /** What the body of a class comes to, over what it inherits. */
  runClass(path: string, steps: readonly Step[], inherited: readonly Namespace[]): Namespace {
    const module = this.run(path);
    const run = new Run(path, this.#program, (other) => this.run(other), true, module);
    for (const base of inherited) run.take(base);
    run.all(steps);
    return run;
  }
}

/** Names that say by themselves what they are in production. */
function inProduction(name: string): Folded | undefined {
  if (/(^|\.)(is_)?(debug|dev|development|local|test|testing)(_mode)?$/i.test(name)) return known(false);
  return /(^|\.)(is_)?prod(uction)?(_mode)?$/i.test(name) ? known(true) : undefined;
}

const EMPTY: Namespace = { settings: new Map(), isOpen: false, isExtensible: false, refused: new Set() };

class Run implements Namespace {
  readonly settings = new Map<string, Setting>();
  readonly refused = new Set<string>();
  isOpen = false;
  isExtensible = false;
  readonly #schemes = new Map<string, Value>();
  readonly #path: string;
  readonly #program: Program;
  readonly #import: (path: string) => Namespace;
  readonly #isTooDeep: boolean;
  /** As the files say it. */
  readonly written: Lookup;
  /** As it is in production: what depends on DEBUG is what holds without it. */
  readonly production: Lookup;

  constructor(
    path: string,
    program: Program,
    imports: (path: string) => Namespace,
    isTooDeep: boolean,
    around?: Namespace,
  ) {
    this.#path = path;
    this.#program = program;
    this.#import = imports;
    this.#isTooDeep = isTooDeep;
    this.written = {
      setting: (name) => {
        const own = (this.settings.get(name) ?? around?.settings.get(name))?.value;
        return own ?? CONSTANTS.get(name) ?? (name.includes(".") ? program.attribute(name) : undefined);
      },
      variable: program.variable,
      scheme: (name) => this.#schemes.get(name),
    };
    this.production = {
      ...this.written,
      setting: (name) => inProduction(name) ?? this.written.setting(name),
    };
  }

  all(steps: readonly Step[]): void {
    for (const step of steps) {
      const { holds, isDefault } = this.#guard(step);
      if (holds !== false) this.#step(step, holds, isDefault);
    }
  }

  /** Everything of another module, as `from … import *` takes it. */
  take(other: Namespace): void {
    for (const [name, setting] of other.settings) this.settings.set(name, setting);
    for (const name of other.refused) this.refused.add(name);
    if (other instanceof Run) for (const [name, value] of other.#schemes) this.#schemes.set(name, value);
    this.isOpen ||= other.isOpen;
    this.isExtensible ||= other.isExtensible;
  }

  /** Whether a step runs; undefined where that cannot be told. */
  #guard({ conditions, place }: Step): { readonly holds: boolean | undefined; readonly isDefault: boolean } {
    let holds: boolean | undefined = true;
    let isDefault = place === "handler";
    for (const condition of conditions) {
      const test = fold(condition.test, this.production);
      const truth = truthOf(test);
      isDefault ||= test.isDefault;
      if (truth === undefined) holds = undefined;
      else if (truth !== condition.holds) return { holds: false, isDefault };
    }
    return { holds, isDefault };
  }

  #step(step: Step, holds: boolean | undefined, isDefault: boolean): void {
    switch (step.kind) {
      case "assign":
        this.#assign(step, holds, isDefault);
        break;
      case "add":
        this.#add(step, isDefault);
        break;
      case "import":
        this.#take(step, holds);
        break;
      case "include":
        for (const pattern of step.paths)
          for (const path of this.#program.included(pattern, this.#path)) this.take(this.#import(path));
        break;
      case "scheme":
        for (const { name, default: value } of step.variables) this.#schemes.set(name, value);
        break;
      case "refuse":
        for (const name of step.names) this.refused.add(name);
        break;
      case "overlay":
        this.#becomeDefaults();
        this.isOpen = true;
        break;
      default:
        this.#lose();
    }
  }

  #assign(step: Step & { kind: "assign" }, holds: boolean | undefined, isDefault: boolean): void {
    const { name, line } = step;
    const value = fold(step.value, /^debug$/i.test(name) ? this.written : this.production);
    const before = this.settings.get(name)?.value;
    if (step.place === "handler") {
      // It stands in for what could not be read from outside; what could be read stays.
      if (before?.kind === "external") this.#set(name, line, asDefault(value));
      return;
    }
    // What only this branch sets is only used in it.
    const isSame = before ? JSON.stringify(before) === JSON.stringify(value) : name !== name.toUpperCase();
    this.#set(name, line, holds === undefined && !isSame ? UNKNOWN : asDefault(value, isDefault));
  }

  #add(step: Step & { kind: "add" }, isDefault: boolean): void {
    const before = this.settings.get(step.name)?.value ?? UNKNOWN;
    const more = fold(step.value, this.production);
    const items = [before, more].flatMap((side) => (side.kind === "list" ? side.items : [UNKNOWN]));
    const isList = before.kind !== "literal";
    const list: Folded = { kind: "list", items, isDefault: before.isDefault || isDefault };
    const place = this.settings.get(step.name);
    // What was there first is most often what matters: it keeps its place.
    if (place) this.settings.set(step.name, { ...place, value: isList ? list : UNKNOWN });
    else this.#set(step.name, step.line, isList ? list : UNKNOWN);
  }

  #set(name: string, line: number, value: Folded): void {
    this.settings.set(name, { name, path: this.#path, line, value });
  }

  #take(step: Step & { kind: "import" }, holds: boolean | undefined): void {
    if (step.place === "handler") return;
    const path = this.#program.resolve(step.module, step.level, this.#path);
    const from = path === undefined || this.#program.isUnread(path) || this.#isTooDeep ? undefined : this.#import(path);
    if (step.names[0]?.name === "*") {
      // A file that need not be there may replace what is here; one that must be there does.
      const isOptional = path === undefined && (step.place === "try" || step.conditions.length > 0);
      if (from && holds !== undefined) this.take(from);
      else if (isOptional) this.#becomeDefaults();
      else this.#lose();
      return;
    }
    for (const { name, as } of step.names) {
      const setting = from?.settings.get(name);
      if (setting) this.settings.set(as, setting);
      else if (as === as.toUpperCase()) this.#set(as, step.line, UNKNOWN);
      else this.settings.delete(as);
    }
    if (from instanceof Run) for (const [name, value] of from.#schemes) this.#schemes.set(name, value);
  }

  /** Everything so far may be replaced from outside. */
  #becomeDefaults(): void {
    for (const [name, setting] of this.settings)
      this.settings.set(name, { ...setting, value: asDefault(setting.value) });
    this.isExtensible = true;
  }

  #lose(): void {
    for (const [name, setting] of this.settings) this.settings.set(name, { ...setting, value: UNKNOWN });
    this.isOpen = true;
  }
}
