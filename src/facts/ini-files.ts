import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseIni } from "./formats/ini.ts";
import type { DataNode } from "./formats/node.ts";

export interface IniFile {
  readonly path: string;
  readonly data: DataNode;
  /** True when it stands above the component. */
  readonly inherited: boolean;
}

export interface IniFiles {
  readonly files: readonly IniFile[];
  readonly unread: readonly UnreadFile[];
}

const isIni = globs(
  "**/{setup.cfg,tox.ini,pytest.ini,.pytest.ini,.coveragerc,mypy.ini,.mypy.ini,.flake8,.pylintrc,pylintrc,.bandit,.stestr.conf}",
);

/** The tools' settings files in the dialect of configparser. */
export const iniFiles = defineFact({
  reads: (path, tree) => isIni(path) && tree.isFirstParty(path),
  parse: ({ text }): DataNode => parseIni(text),
  combine: ({ files, unread }): IniFiles => ({
    files: files.map(({ path, parsed, inherited }) => ({ path, data: parsed, inherited })),
    unread,
  }),
});
