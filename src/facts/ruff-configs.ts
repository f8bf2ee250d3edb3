import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, isAuxiliary, nameOf } from "./tree.ts";

/** Settings of ruff in one file. */
export interface RuffConfig {
  readonly path: string;
  /** Line of their table. */
  readonly line: number;
  readonly settings: DataNode;
}

export interface RuffConfigs {
  /** Nearest to the component's folder first. */
  readonly files: readonly RuffConfig[];
  readonly unread: readonly UnreadFile[];
}

/** Names in the order in which ruff prefers them within a folder. */
const PREFERRED = [".ruff.toml", "ruff.toml", "pyproject.toml"];
const isRuff = globs("**/{ruff.toml,.ruff.toml}");

/** Where ruff is set up; the settings of an example or a fixture are not the project's own. */
export const ruffConfigs = defineFact({
  uses: { pyprojects },
  reads: (path, tree) => isRuff(path) && tree.isFirstParty(path),
  parse: ({ text }): DataNode => parseToml(text),
  combine: ({ files, unread, uses, component }): RuffConfigs => {
    const inPyprojects = uses.pyprojects.files.map(({ path, data }) => ({ path, settings: data.get("tool", "ruff") }));
    const all = [...files.map(({ path, parsed }) => ({ path, settings: parsed })), ...inPyprojects]
      .filter(({ path }) => !isAuxiliary(path))
      .flatMap(({ path, settings }) => (settings ? [{ path, line: settings.line, settings }] : []));
    const rank = ({ path }: RuffConfig): number =>
      Math.abs(depthOf(folderOf(path)) - depthOf(component.root)) * 10 + PREFERRED.indexOf(nameOf(path));
    return { files: all.sort((a, b) => rank(a) - rank(b)), unread };
  },
});

function depthOf(folder: string): number {
  return folder === "" ? 0 : folder.split("/").length;
}
