import { defineFact, globs } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { iniFiles } from "./ini-files.ts";
import { ruffConfigs } from "./ruff-configs.ts";
import { folderOf } from "./tree.ts";

/** Files that the project's own linters are told to pass over. */
export interface LintExclusions {
  excludes(path: string): boolean;
}

/** What ruff and flake8 leave out. */
export const lintExclusions = defineFact({
  uses: { ruffConfigs, iniFiles },
  combine: ({ uses }): LintExclusions => {
    const byRuff = uses.ruffConfigs.files.flatMap(({ path, settings }) =>
      [settings.get("exclude"), settings.get("extend-exclude"), settings.get("lint", "exclude")].map((node) =>
        matcher(folderOf(path), node?.texts ?? []),
      ),
    );
    const byFlake8 = uses.iniFiles.files.flatMap(({ path, data }) =>
      ["exclude", "extend-exclude"].map((key) => matcher(folderOf(path), listed(data.get("flake8", key)))),
    );
    const all = [...byRuff, ...byFlake8];
    return { excludes: (path) => all.some((matches) => matches(path)) };
  },
});

/** A pattern is a path below the folder of its file, or a name anywhere below it; what lies in it is meant too. */
function matcher(folder: string, patterns: readonly string[]): (path: string) => boolean {
  const below = folder === "" ? "" : `${folder}/`;
  const all = patterns
    .map((pattern) => pattern.trim().replace(/^\.?\/|\/$/g, ""))
    .filter((pattern) => pattern !== "" && !/^\**$/.test(pattern))
    .flatMap((pattern) => {
      const anywhere = pattern.includes("/") ? `${below}${pattern}` : `${below}**/${pattern}`;
      return [anywhere, `${anywhere}/**`];
    });
  return all.length > 0 ? globs(...all) : () => false;
}

function listed(node: DataNode | undefined): readonly string[] {
  return (node?.text ?? "").split(/[,\n]/);
}
