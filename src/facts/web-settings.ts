import { dynaconfFiles } from "./dynaconf-files.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { type ProductionVariable, productionVariables } from "./production-variables.ts";
import { type ClassSettings, productionClasses } from "./settings/classes.ts";
import { configurationIn } from "./settings/configurations.ts";
import { dynaconfObjects } from "./settings/dynaconf/objects.ts";
import { fold } from "./settings/fold.ts";
import { type Folded, placed, truthOf } from "./settings/folded.ts";
import type { Setting } from "./settings/namespace.ts";
import { type ProductionModule, productionModule } from "./settings/production.ts";
import { type Modules, programOf } from "./settings/program.ts";
import { Runner } from "./settings/runner.ts";
import type { WebCall } from "./source/settings/web-calls.ts";
import { type SourceSettings, sourceSettings } from "./source-settings.ts";
import { nameOf } from "./tree.ts";

/** The settings that Django runs with in production. */
export interface DjangoSettings {
  readonly path: string;
  /** The last line of that module. */
  readonly end: number;
  readonly settings: ReadonlyMap<string, Setting>;
  /** True where something that is not here sets more. */
  readonly isOpen: boolean;
  /** True where a file that need not be there may set more. */
  readonly isExtensible: boolean;
  /** Names of settings that the start is refused for. */
  readonly refused: ReadonlySet<string>;
}

/** A call of a web framework, with what it is given in production. */
export interface SetUp extends Pick<WebCall, "role" | "line" | "isOpen" | "isCalledOnly" | "isProgram"> {
  readonly path: string;
  readonly given: ReadonlyMap<string, Folded>;
  /** True where a condition that cannot be told decides. */
  readonly isUncertain: boolean;
  /** True where an image or a platform starts this very file. */
  readonly isStarted: boolean;
}

export interface WebSettings {
  readonly django: DjangoSettings | undefined;
  /** Why Django's settings for production cannot be told, where there are some. */
  readonly undecided: string | undefined;
  /** Configurations of Flask, where the application loads classes, settings of pydantic, and what dynaconf loads. */
  readonly classes: readonly ClassSettings[];
  readonly setUps: readonly SetUp[];
  /** Top-level packages that the product imports, of those that matter here. */
  readonly imports: ReadonlySet<string>;
  readonly variables: ReadonlyMap<string, ProductionVariable>;
  readonly starts: readonly { readonly path: string; readonly line: number; readonly text: string }[];
  readonly unread: readonly UnreadFile[];
}

/** How the web application is set up in production: Django's settings, Flask's configuration, what calls are given. */
export const webSettings = defineFact({
  uses: { sourceSettings, productionVariables, dynaconfFiles },
  combine: ({ uses }): WebSettings => {
    const { modules: sources, unread, tree } = uses.sourceSettings;
    const { variables, starts } = uses.productionVariables;
    let classes: readonly ClassSettings[] = [];
    const attribute = (name: string): Folded | undefined => attributeOf(classes, name);
    const data = (path: string): DataNode | undefined => uses.dynaconfFiles.get(path);
    const program = programOf(sources, tree, { variables, attribute, data });
    const early = new Runner(program);
    const loaded = dynaconfObjects(sources, early);
    classes = [...productionClasses(sources, early), ...loaded];
    const runner = new Runner(program);
    const chosen = productionModule(sources, program.modules, variables.get("DJANGO_SETTINGS_MODULE"), unread);
    const imports = new Set([...sources.values()].flatMap((source) => source?.imports ?? []));
    const setUps = [...sources].flatMap(([path, source]) =>
      (source?.calls ?? []).flatMap((call) => setUpOf(path, call, runner, starts) ?? []),
    );
    const loadsClasses = setUps.some(({ role }) => role === "configure-from");
    return {
      ...djangoIn(chosen, runner, sources, program.modules, variables),
      classes: [
        ...classes.filter((one) => one.kind !== "flask" || loadsClasses || loaded.includes(one)),
        ...setUps.flatMap((setUp) => loadedModule(setUp, program.modules, runner) ?? []),
      ],
      setUps,
      imports,
      variables,
      starts,
      unread,
    };
  },
});

/** The settings of the module, or of the class in it, that production runs with; what a program makes is not followed. */
function djangoIn(
  chosen: ProductionModule | undefined,
  runner: Runner,
  sources: SourceSettings["modules"],
  modules: Modules,
  variables: WebSettings["variables"],
): Pick<WebSettings, "django" | "undecided"> {
  if (!chosen) return { django: undefined, undecided: undefined };
  if ("reason" in chosen) return { django: undefined, undecided: chosen.reason };
  const configured = configurationIn(chosen.path, sources, modules, runner, variables.get("DJANGO_CONFIGURATION"));
  if (configured && "reason" in configured) return { django: undefined, undecided: configured.reason };
  const { path, space } = configured ?? { path: chosen.path, space: runner.run(chosen.path) };
  const { settings, isOpen, isExtensible, refused } = space;
  if (!isOpen && !settings.has("INSTALLED_APPS") && !settings.has("ROOT_URLCONF"))
    return { django: undefined, undecided: `${path} does not set its settings one by one` };
  const end = sources.get(path)?.end ?? 1;
  return { django: { path, end, settings, isOpen, isExtensible, refused }, undecided: undefined };
}

/** A module that Flask takes its configuration from: `from_object("shop.settings")`. */
function loadedModule({ role, given, path }: SetUp, modules: Modules, runner: Runner): ClassSettings | undefined {
  const source = given.get("source");
  if (role !== "configure-from" || source?.kind !== "literal" || typeof source.value !== "string") return undefined;
  const module = modules.resolve(source.value.replace(/\.py$/, ""), 0, path);
  if (module === undefined) return undefined;
  const { settings, refused } = runner.run(module);
  return { name: source.value, path: module, line: 1, kind: "flask", settings, refused, isOpen: false };
}

/** `settings.DEBUG`: the field of that name, where one class alone says what it is. */
function attributeOf(classes: readonly ClassSettings[], name: string): Folded | undefined {
  const [object = "", ...rest] = name.split(".");
  const field = rest.at(-1);
  if (field === undefined || !/settings|config|conf|cfg|env|\(\)/i.test(`${object}.${rest.slice(0, -1).join(".")}`))
    return undefined;
  const [found, ...others] = classes.flatMap(
    ({ kind, settings }) => settings.get(kind === "dynaconf" ? field.toUpperCase() : field) ?? [],
  );
  // Classes that inherit it have the same.
  if (!found || others.some(({ path, line }) => path !== found.path || line !== found.line)) return undefined;
  return placed(found.value, found);
}

function setUpOf(path: string, call: WebCall, runner: Runner, starts: WebSettings["starts"]): SetUp | undefined {
  const production = runner.lookup(path, "production");
  const tests = call.conditions.map(({ test, holds }) => ({ truth: truthOf(fold(test, production)), holds }));
  if (tests.some(({ truth, holds }) => truth !== undefined && truth !== holds)) return undefined;
  const written = runner.lookup(path, "written");
  const given = Object.entries(call.given).map(([name, value]): [string, Folded] => [name, fold(value, written)]);
  // What is set in the text of a program may be loaded from elsewhere after it.
  const { role, line, isOpen, isCalledOnly, isProgram } = call;
  return {
    path,
    role,
    line,
    isOpen,
    isCalledOnly,
    isProgram,
    given: new Map(given),
    isUncertain: tests.some(({ truth }) => truth === undefined),
    isStarted: starts.some(({ text }) => startsFile(text, path)),
  };
}

/** `python app.py`, `["python", "src/app.py"]`, `python -m shop.app`. */
function startsFile(text: string, path: string): boolean {
  const words = text.split(/[\s"',[\]]+/);
  const module = path
    .replace(/\.py$/, "")
    .replace(/\/__(main|init)__$/, "")
    .replaceAll("/", ".");
  return words.some((word, index) => {
    const before = words[index - 1] ?? "";
    if (before === "-m") return word === module || module.endsWith(`.${word}`);
    return /(^|\/)python[\d.]*$|^-[a-z]$/i.test(before) && nameOf(word) === nameOf(path);
  });
}
