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
      ...files.map(({ path, parsed, inherited }) => ({ path, inherited, settings: parsed.get("pytest") ?? parsed })),
      ...uses.pyprojects.files.map(({ path, data, inherited }) => ({
        path,
        inherited,
        settings: data.get("tool", "pytest", "ini_options") ?? data.get("tool", "pytest"),
      })),
      ...uses.iniFiles.files.map(({ path, data, inherited }) => ({
        path,
        inherited,
        settings: sectionIn(path, data),
      })),
    ].flatMap(({ settings, ...file }) => (settings ? [{ ...file, line: settings.line, settings }] : []));
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
function sectionIn(path: string, data: DataNode): DataNode | undefined {
  const name = nameOf(path);
  if (name === "setup.cfg") return data.get("tool:pytest");
  return data.get("pytest") ?? (/^\.?pytest\.ini$/.test(name) ? data : undefined);
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
