import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { nameOf } from "./tree.ts";

export interface Pyproject {
  readonly path: string;
  readonly data: DataNode;
  /** True when it stands above the component: tool settings reach down, metadata does not. */
  readonly inherited: boolean;
}

export interface Pyprojects {
  /** Nearest to the component's root first. */
  readonly files: readonly Pyproject[];
  readonly unread: readonly UnreadFile[];
}

/** Every `pyproject.toml`, with lines. */
export const pyprojects = defineFact({
  reads: (path, tree) => nameOf(path) === "pyproject.toml" && tree.isFirstParty(path),
  parse: ({ text }): DataNode => parseToml(text),
  combine: ({ files, unread }): Pyprojects => ({
    files: files
      .map(({ path, parsed, inherited }) => ({ path, data: parsed, inherited }))
      .sort((a, b) => Number(a.inherited) - Number(b.inherited) || depth(a.path) - depth(b.path)),
    unread,
  }),
});

function depth(path: string): number {
  return path.split("/").length;
}

/** True when it describes a package or program, and not only settings of tools. */
export function describesPackage({ data }: Pick<Pyproject, "data">): boolean {
  return [["project"], ["build-system"], ["tool", "poetry", "name"], ["tool", "poetry", "dependencies"]].some(
    (path) => data.get(...path) !== undefined,
  );
}
