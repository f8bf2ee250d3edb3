import { type Level, levels } from "./code-tools/levels.ts";
import { dependencies } from "./dependencies.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseJson } from "./formats/json.ts";
import type { DataNode } from "./formats/node.ts";
import { iniFiles } from "./ini-files.ts";
import { type NamedDistributions, namedDistributions } from "./named-distributions.ts";
import { preCommit } from "./pre-commit.ts";
import { pyprojects } from "./pyprojects.ts";
import { ruffConfigs } from "./ruff-configs.ts";
import { toolCommands, toolsIn } from "./tool-commands.ts";
import { isAuxiliary } from "./tree.ts";

/** A tool that is set up, and where that shows. */
export interface ToolUse {
  readonly tool: string;
  readonly path: string;
  readonly line: number;
  /** How it shows: settings of its own, a hook, a command, or only a name among the dependencies. */
  readonly by: "settings" | "hook" | "command" | "dependency";
  /** The command line of a hook or command. */
  readonly text: string;
}

/** A type checker with what it is asked for. */
export interface TypeChecker extends ToolUse {
  readonly level: Level;
}

export interface CodeTools {
  readonly linters: readonly ToolUse[];
  readonly formatters: readonly ToolUse[];
  readonly typeCheckers: readonly TypeChecker[];
  readonly unread: readonly UnreadFile[];
}

const LINTER = /^(ruff|flake8|pylint|pycodestyle|pyflakes|pylama|prospector|hacking)$/;
const FORMATTER = /^(black|yapf|autopep8|ruff-format|blue|darker)$/;
const TYPE_CHECKER = /^(mypy|pyright|basedpyright|pyrefly|ty|pytype|pyre)$/;
const SETTINGS_FILES: readonly (readonly [matches: (path: string) => boolean, tool: string])[] = [
  [globs("**/.flake8"), "flake8"],
  [globs("**/{.pylintrc,pylintrc,pylintrc.toml}"), "pylint"],
  [globs("**/.style.yapf"), "yapf"],
  [globs("**/{mypy.ini,.mypy.ini}"), "mypy"],
  [globs("**/pyrightconfig.json"), "pyright"],
  [globs("**/pyrefly.toml"), "pyrefly"],
  [globs("**/ty.toml"), "ty"],
  [globs("**/.pyre_configuration"), "pyre"],
];
/** Distributions with which flake8 reads pyproject.toml, which it does not by itself. */
const READS_PYPROJECT = ["flake8-pyproject", "pyproject-flake8", "flake9"];
/** Settings files of tools that are neither. */
const OF_OTHERS = /(^|\/)(\.stestr\.conf|\.coveragerc|\.?pytest\.ini|\.bandit)$/;
const INI_SECTION = /^(flake8|pylint|pycodestyle|pep8|yapf|mypy|pytype|hacking)\b/;

const isPyright = globs("**/pyrightconfig.json");

/** Linters, formatters and type checkers, wherever they are set up. */
export const codeTools = defineFact({
  uses: { pyprojects, iniFiles, ruffConfigs, preCommit, toolCommands, dependencies, namedDistributions },
  reads: (path, tree) => isPyright(path) && tree.isFirstParty(path),
  parse: ({ text }): DataNode => parseJson(text),
  combine: ({ files, unread, tree, uses }): CodeTools => {
    // The settings of an example or a fixture are not the project's own.
    const inPyprojects = uses.pyprojects.files.filter(({ path }) => !isAuxiliary(path));
    const inIni = uses.iniFiles.files.filter(({ path }) => !isAuxiliary(path));
    const ruffs = uses.ruffConfigs.files;
    const settings = [
      ...SETTINGS_FILES.flatMap(([matches, tool]) =>
        tree.paths
          .filter((path) => matches(path) && tree.isFirstParty(path) && !isAuxiliary(path))
          .map((path) => use(tool, path, 1, "settings")),
      ),
      ...inPyprojects.flatMap(({ path, data }) =>
        (data.get("tool")?.entries ?? [])
          .filter(({ key }) => key !== "flake8" || flake8ReadsPyproject(uses.namedDistributions))
          .map(({ key, line }) => use(key, path, line, "settings")),
      ),
      ...inIni.flatMap(({ path, data }) =>
        data.entries
          .filter(({ key }) => INI_SECTION.test(key))
          .map(({ key, line }) => use(toolOfSection(key), path, line, "settings")),
      ),
      ...ruffs.map(({ path, line }) => use("ruff", path, line, "settings")),
      ...ruffs.flatMap(({ path, settings: table }) => {
        const line = table.lineOfKey("format");
        return line === undefined ? [] : [use("ruff-format", path, line, "settings")];
      }),
    ];
    const hooks = uses.preCommit.hooks.flatMap(({ id, path, line, command }) => [
      use(toolOfHook(id), path, line, "hook", command),
      ...toolsIn(command).map(({ tool, words }) => use(tool, path, line, "hook", words.join(" "))),
    ]);
    const named = uses.dependencies.manifests.flatMap(({ path, declarations }) =>
      declarations.map(({ name, line }) => use(name, path, line, "dependency")),
    );
    const commands = uses.toolCommands.map(({ tool, path, line, text }) => use(tool, path, line, "command", text));
    const all = [...settings, ...hooks, ...commands, ...named];
    const pyrightSettings = files.find(({ path }) => !isAuxiliary(path));
    const levelOf = levels({ inPyprojects, inIni, pyright: pyrightSettings?.parsed });
    return {
      linters: all.filter(({ tool }) => LINTER.test(tool)),
      formatters: all.filter(({ tool }) => FORMATTER.test(tool)),
      typeCheckers: all
        .filter(({ tool, by }) => TYPE_CHECKER.test(tool) && by !== "dependency")
        .map((found) => ({ ...found, level: levelOf(found) })),
      unread: [
        ...unread,
        ...uses.ruffConfigs.unread,
        ...uses.pyprojects.unread,
        ...uses.iniFiles.unread,
        ...uses.preCommit.unread,
      ].filter(({ path }) => !isAuxiliary(path) && !OF_OTHERS.test(path)),
    };
  },
});

/** True where a plugin has flake8 read its table of pyproject.toml. */
export function flake8ReadsPyproject({ places }: NamedDistributions): boolean {
  return READS_PYPROJECT.some((name) => places.has(name));
}

function use(tool: string, path: string, line: number, by: ToolUse["by"], text = ""): ToolUse {
  return { tool, path, line, by, text };
}

function toolOfSection(section: string): string {
  const [tool = ""] = section.split(/[:\-.\s]/);
  return tool === "pep8" ? "pycodestyle" : tool;
}

function toolOfHook(id: string): string {
  if (id === "ruff-check") return "ruff";
  if (id === "black-jupyter") return "black";
  return id.replace(/-(mirrors?|check|py3|docker|hook)$/, "");
}
