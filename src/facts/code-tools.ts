import { dependencies } from "./dependencies.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseJson } from "./formats/json.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { iniFiles } from "./ini-files.ts";
import { preCommit } from "./pre-commit.ts";
import { pyprojects } from "./pyprojects.ts";
import { isAuxiliary } from "./tree.ts";
import { workflows } from "./workflows.ts";

/** A tool that is set up, and where that shows. */
export interface ToolUse {
  readonly tool: string;
  readonly path: string;
  readonly line: number;
  /** How it shows: settings of its own, a hook, a command, or only a name among the dependencies. */
  readonly by: "settings" | "hook" | "command" | "dependency";
}

/** A type checker with what its settings ask for. */
export interface TypeChecker extends ToolUse {
  /** Undefined where nothing is said. */
  readonly level: "strict" | "basic" | "off";
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
const INI_SECTION = /^(flake8|pylint|pycodestyle|pep8|yapf|mypy|pytype|hacking)\b/;
/** A command line that runs one of the tools, with what follows it. */
const COMMAND =
  /(?:^|[\s;&|(/"'])(ruff|flake8|pylint|pycodestyle|pyflakes|black|yapf|autopep8|mypy|pyright|basedpyright|pyrefly|pytype|ty)(?=\s|$)(?:\s+(format|check))?/gm;

const isPyright = globs("**/pyrightconfig.json");
const isRuff = globs("**/{ruff.toml,.ruff.toml}");

/** Linters, formatters and type checkers, wherever they are set up. */
export const codeTools = defineFact({
  uses: { pyprojects, iniFiles, preCommit, workflows, dependencies },
  reads: (path, tree) => (isPyright(path) || isRuff(path)) && tree.isFirstParty(path),
  parse: ({ path, text }): DataNode => (isPyright(path) ? parseJson(text) : parseToml(text)),
  combine: ({ files, unread, tree, uses }): CodeTools => {
    const settings = [
      ...SETTINGS_FILES.flatMap(([matches, tool]) =>
        tree.paths
          .filter((path) => matches(path) && tree.isFirstParty(path) && !isAuxiliary(path))
          .map((path) => use(tool, path, 1, "settings")),
      ),
      ...uses.pyprojects.files.flatMap(({ path, data }) =>
        (data.get("tool")?.entries ?? []).map(({ key, line }) => use(key, path, line, "settings")),
      ),
      ...uses.iniFiles.files.flatMap(({ path, data }) =>
        data.entries
          .filter(({ key }) => INI_SECTION.test(key))
          .map(({ key, line }) => use(toolOfSection(key), path, line, "settings")),
      ),
      ...uses.pyprojects.files
        .filter(({ data }) => data.get("tool", "ruff", "format"))
        .map(({ path, data }) =>
          use("ruff-format", path, data.get("tool", "ruff")?.lineOfKey("format") ?? 1, "settings"),
        ),
      ...files.filter(({ path }) => isRuff(path)).map(({ path }) => use("ruff", path, 1, "settings")),
      ...files
        .filter(({ path, parsed }) => isRuff(path) && parsed.has("format"))
        .map(({ path, parsed }) => use("ruff-format", path, parsed.lineOfKey("format") ?? 1, "settings")),
    ];
    const hooks = uses.preCommit.hooks.flatMap(({ id, path, line, command }) => [
      use(toolOfHook(id), path, line, "hook"),
      ...commandsIn(command).map((tool) => use(tool, path, line, "hook")),
    ]);
    const commands = [
      ...uses.workflows.files.flatMap(({ path, jobs }) =>
        jobs.flatMap(({ steps }) => steps.flatMap((step) => ofStep(path, step))),
      ),
      ...uses.iniFiles.files.flatMap(({ path, data }) =>
        data.entries
          .filter(({ key }) => key.startsWith("testenv"))
          .flatMap(({ value }) => inText(path, value.get("commands"))),
      ),
    ];
    const named = uses.dependencies.manifests.flatMap(({ path, declarations }) =>
      declarations.map(({ name, line }) => use(name, path, line, "dependency")),
    );
    const all = [...settings, ...hooks, ...commands, ...named];
    const pyrightSettings = files.find(({ path }) => isPyright(path));
    const levelOf = levels(uses, pyrightSettings?.parsed);
    return {
      linters: all.filter(({ tool }) => LINTER.test(tool)),
      formatters: all.filter(({ tool }) => FORMATTER.test(tool)),
      typeCheckers: all
        .filter(({ tool, by }) => TYPE_CHECKER.test(tool) && by !== "dependency")
        .map((found) => ({ ...found, level: levelOf(found) })),
      unread: [...unread, ...uses.pyprojects.unread, ...uses.iniFiles.unread, ...uses.preCommit.unread],
    };
  },
});

function use(tool: string, path: string, line: number, by: ToolUse["by"]): ToolUse {
  return { tool, path, line, by };
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

function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(COMMAND)].map(([, tool = "", verb]) =>
    tool === "ruff" && verb === "format" ? "ruff-format" : tool,
  );
}

function inText(path: string, node: DataNode | undefined): readonly ToolUse[] {
  const text = node?.text ?? "";
  return [...text.matchAll(COMMAND)].map(({ 0: match, index, 1: tool = "", 2: verb }) =>
    use(
      tool === "ruff" && verb === "format" ? "ruff-format" : tool,
      path,
      node?.lineAt(index + match.indexOf(tool)) ?? 1,
      "command",
    ),
  );
}

type Step = {
  readonly line: number;
  readonly uses: { readonly text: string } | undefined;
  readonly run: DataNode | undefined;
};

function ofStep(path: string, { line, uses, run }: Step): readonly ToolUse[] {
  const action = /^(?:astral-sh\/ruff-action|chartboost\/ruff-action|psf\/black|jakebailey\/pyright-action)@/.exec(
    uses?.text ?? "",
  )?.[0];
  const tool = action && (/ruff/.test(action) ? "ruff" : /black/.test(action) ? "black" : "pyright");
  return tool ? [use(tool, path, line, "command")] : inText(path, run);
}

type Uses = {
  readonly pyprojects: { readonly files: readonly { readonly path: string; readonly data: DataNode }[] };
  readonly iniFiles: { readonly files: readonly { readonly path: string; readonly data: DataNode }[] };
};

/** What the settings of a type checker ask for. */
function levels(uses: Uses, pyrightFile: DataNode | undefined): (found: ToolUse) => TypeChecker["level"] {
  const tables = (tool: string): readonly DataNode[] => [
    ...uses.pyprojects.files.flatMap(({ data }) => data.get("tool", tool) ?? []),
    ...uses.iniFiles.files.flatMap(({ data }) => data.get(tool) ?? []),
  ];
  return ({ tool }) => {
    if (tool === "mypy") {
      const settings = tables("mypy");
      const isOn = (key: string): boolean => settings.some((table) => table.get(key)?.text?.toLowerCase() === "true");
      if (isOn("ignore_errors")) return "off";
      return isOn("strict") || isOn("disallow_untyped_defs") ? "strict" : "basic";
    }
    if (tool === "pyright" || tool === "basedpyright") {
      const settings = [...tables("pyright"), ...tables("basedpyright"), ...(pyrightFile ? [pyrightFile] : [])];
      const mode = settings.map((table) => table.get("typeCheckingMode")?.text).find((text) => text !== undefined);
      if (mode === "off") return "off";
      return mode === undefined || mode === "basic" ? "basic" : "strict";
    }
    return "basic";
  };
}
