import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { iniFiles } from "./ini-files.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, isAuxiliary, nameOf } from "./tree.ts";

/** Settings of pytest in one file. */
export interface PytestConfig {
  readonly path: string;
  /** Line of their section. */
  readonly line: number;
  readonly settings: DataNode;
  /** Keys that lead to the section from the root of the file; none where the file itself is one. */
  readonly at: readonly string[];
}

export interface PytestConfigs {
  /** In the order in which pytest looks: the first one counts. */
  readonly files: readonly PytestConfig[];
  readonly unread: readonly UnreadFile[];
}

/** Names in the order in which pytest prefers them within a folder. */
const PREFERRED = [
  "pytest.toml",
  ".pytest.toml",
  "pytest.ini",
  ".pytest.ini",
  "pyproject.toml",
  "tox.ini",
  "setup.cfg",
];
const isPytestToml = globs("**/{pytest.toml,.pytest.toml}");

/** Where pytest is set up: nearest to the component's folder first, and there by pytest's own order. */
export const pytestConfigs = defineFact({
  uses: { pyprojects, iniFiles },
  reads: (path, tree) => isPytestToml(path) && tree.isFirstParty(path),
  parse: ({ text }): DataNode => parseToml(text),
  combine: ({ files, unread, uses, component }): PytestConfigs => {
    const all = [
      ...files.map(({ path, parsed, inherited }) => ({
        path,
        inherited,
        data: parsed,
        at: parsed.has("pytest") ? ["pytest"] : [],
      })),
      ...uses.pyprojects.files.map(({ path, data, inherited }) => ({
        path,
        inherited,
        data,
        at: data.get("tool", "pytest", "ini_options") ? ["tool", "pytest", "ini_options"] : ["tool", "pytest"],
      })),
      ...uses.iniFiles.files.map(({ path, data, inherited }) => ({
        path,
        inherited,
        data,
        at: sectionOf(path, data),
      })),
    ].flatMap(({ data, ...file }) => {
      const settings = data.get(...file.at);
      return settings ? [{ ...file, line: settings.line, settings }] : [];
    });
    const rank = ({ path, inherited }: (typeof all)[number]): number => {
      const distance = Math.abs(depthOf(folderOf(path)) - depthOf(component.root));
      return Number(inherited) * 10 + distance * 100 + PREFERRED.indexOf(nameOf(path));
    };
    const isOf = (path: string): boolean =>
      PREFERRED.includes(nameOf(path)) && (!isAuxiliary(path) || /(^|\/)tests?$/.test(folderOf(path)));
    return {
      files: all.filter(({ path }) => isOf(path)).sort((a, b) => rank(a) - rank(b)),
      unread: [...unread, ...uses.pyprojects.unread, ...uses.iniFiles.unread].filter(({ path }) => isOf(path)),
    };
  },
});

/** pytest passes over a [pytest] in setup.cfg, and takes pytest.ini even where it holds nothing. */
function sectionOf(path: string, data: DataNode): readonly string[] {
  const name = nameOf(path);
  if (name === "setup.cfg") return ["tool:pytest"];
  return data.has("pytest") || !/^\.?pytest\.ini$/.test(name) ? ["pytest"] : [];
}

/** A setting, wherever it is made. */
export function settingsIn(
  { files }: PytestConfigs,
  key: string,
): readonly { readonly path: string; readonly node: DataNode }[] {
  return files.flatMap(({ path, settings }) => {
    const node = settings.get(key);
    return node ? [{ path, node }] : [];
  });
}

function depthOf(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}
