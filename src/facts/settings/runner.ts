import type { DynaconfLoad } from "../source/settings/dynaconf.ts";
import type { Step } from "../source/settings/steps.ts";
import { loadDynaconf } from "./dynaconf/load.ts";
import type { Lookup } from "./fold.ts";
import { placed } from "./folded.ts";
import type { Namespace, Program, Setting } from "./namespace.ts";
import { Run } from "./run.ts";

const MAX_IMPORTS = 12;
const EMPTY: Namespace = { settings: new Map(), isOpen: false, isExtensible: false, refused: new Set() };

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
        return value && place ? placed(value, place) : value;
      },
    };
  }

  /** What dynaconf loads in a module; undefined where that cannot be told. */
  load(path: string, load: DynaconfLoad): ReadonlyMap<string, Setting> | undefined {
    const place = {
      module: path,
      program: this.#program,
      lookup: this.lookup(path, "written"),
      imports: (module: string) => this.run(module),
    };
    return loadDynaconf(load, place, new Map());
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
