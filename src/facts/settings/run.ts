import type { Step } from "../source/settings/steps.ts";
import type { Value } from "../source/settings/value.ts";
import { loadDynaconf } from "./dynaconf/load.ts";
import { fold, type Lookup } from "./fold.ts";
import { asDefault, EXTERNAL, type Folded, known, listOf, truthOf, UNKNOWN } from "./folded.ts";
import type { Namespace, Program, Setting } from "./namespace.ts";

/** Python's own and Django's constants, which no file of the project sets. */
const CONSTANTS: ReadonlyMap<string, Folded> = new Map([
  ["TYPE_CHECKING", known(false)],
  ["typing.TYPE_CHECKING", known(false)],
]);

/** Names that say by themselves what they are in production. */
function inProduction(name: string): Folded | undefined {
  if (/(^|\.)(is_)?(debug|dev|development|local|test|testing)(_mode)?$/i.test(name)) return known(false);
  return /(^|\.)(is_)?prod(uction)?(_mode)?$/i.test(name) ? known(true) : undefined;
}

/** What a setting is where nobody can tell whether it is set anew. */
function eitherOf(before: Folded | undefined, value: Folded): Folded {
  if (before && JSON.stringify(before) === JSON.stringify(value)) return value;
  const isEmpty = before?.kind === "literal" && !before.value;
  const isGiven = value.kind === "external" || value.kind === "random";
  return isGiven && (isEmpty || before?.kind === "external") ? EXTERNAL : UNKNOWN;
}

/** One module, or the body of a class, while it runs: statement by statement, in order. */
export class Run implements Namespace {
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
      case "dynaconf":
        this.#load(step, holds);
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
    const certain = asDefault(value, isDefault);
    // What only this branch sets is only used in it.
    const isOwn = !before && name !== name.toUpperCase();
    this.#set(name, line, holds === undefined && !isOwn ? eitherOf(before, certain) : certain);
  }

  #add(step: Step & { kind: "add" }, isDefault: boolean): void {
    const before = this.settings.get(step.name)?.value ?? UNKNOWN;
    const more = fold(step.value, this.production);
    const items = [before, more].flatMap((side) => (side.kind === "list" ? side.items : [UNKNOWN]));
    const isList = before.kind !== "literal";
    const list = listOf(items, before.isDefault || isDefault);
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

  /** What dynaconf finds; variables that nobody sees may set more. */
  #load({ name, line }: Step & { kind: "dynaconf" }, holds: boolean | undefined): void {
    const loads = this.#program.source(this.#path)?.dynaconf ?? [];
    const load = loads.find((one) => (name === undefined ? one.line === line : one.name === name));
    const place = { module: this.#path, program: this.#program, lookup: this.written, imports: this.#import };
    const before = load?.kind === "django" ? this.settings : new Map<string, Setting>();
    const loaded = load && holds && !this.#isTooDeep ? loadDynaconf(load, place, before) : undefined;
    if (!loaded) this.#lose();
    else this.#fill(loaded, line);
  }

  #fill(loaded: ReadonlyMap<string, Setting>, line: number): void {
    for (const [key, setting] of loaded) this.settings.set(key, setting);
    this.isOpen = true;
    // Without a key Django does not start, and debug mode is off where nothing is said.
    if (!this.settings.has("SECRET_KEY")) this.#set("SECRET_KEY", line, EXTERNAL);
    if (!this.settings.has("DEBUG")) this.#set("DEBUG", line, known(false, true));
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
