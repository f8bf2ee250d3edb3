import { codeTools, flake8ReadsPyproject } from "./code-tools.ts";
import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { iniFiles } from "./ini-files.ts";
import { REACH_OF_OTHERS, REACHES, type Reach, reachOfFlake8, reachOfPylint, reachOfRuff } from "./lint-rules/reach.ts";
import { namedDistributions } from "./named-distributions.ts";
import { pyprojects } from "./pyprojects.ts";
import { type RuffConfig, ruffConfigs } from "./ruff-configs.ts";
import { folderOf, nameOf, resolvePath } from "./tree.ts";

/** What a linter that is set up looks for. */
export interface LintRules {
  readonly tool: string;
  readonly reach: Reach;
  /** The line that chooses, or the one that sets the linter up. */
  readonly path: string;
  readonly line: number;
  /** Settings that it goes on from and that were not read. */
  readonly unknown: string | undefined;
}

/** How many settings are followed that go on from each other. */
const MAX_BASES = 5;

/** What the linters of a component look for, the one that finds most first. */
export const lintRules = defineFact({
  uses: { codeTools, ruffConfigs, iniFiles, pyprojects, namedDistributions },
  combine: ({ uses }): readonly LintRules[] => {
    const linters = uses.codeTools.linters.filter(({ by }) => by !== "dependency");
    const inPyprojects: Sections = uses.pyprojects.files.map(({ data }) => ({ tool: "", data: data.get("tool") }));
    const inIni: Sections = uses.iniFiles.files.map(({ path, data }) => ({
      tool: /pylintrc$/.test(nameOf(path)) ? "pylint" : "",
      data,
    }));
    const sectionsOf = (tool: string): Sections =>
      tool === "flake8" && !flake8ReadsPyproject(uses.namedDistributions) ? inIni : [...inPyprojects, ...inIni];
    // Every place where a linter runs may choose rules of its own.
    const found = linters.map(({ tool, path, line, text }): LintRules => {
      const plain = { tool, path, line, unknown: undefined };
      if (tool === "ruff") return { ...plain, ...ofRuff(uses.ruffConfigs.files, text) };
      const chosen = (...keys: readonly string[]) =>
        keys.flatMap((key) => [...settings(sectionsOf(tool), tool, key), ...optionsOf(text, key)]);
      if (tool === "flake8") {
        const reach = reachOfFlake8({
          select: chosen("select"),
          extended: chosen("extend-select"),
          ignored: chosen("ignore", "extend-ignore"),
          distributions: uses.namedDistributions.places.keys(),
        });
        return { ...plain, reach };
      }
      if (tool !== "pylint") return { ...plain, reach: REACH_OF_OTHERS[tool] ?? "basic" };
      return { ...plain, reach: reachOfPylint(chosen("disable"), chosen("enable")) };
    });
    return found.sort((a, b) => REACHES.indexOf(a.reach) - REACHES.indexOf(b.reach));
  },
});

type Sections = readonly { readonly tool: string; readonly data: DataNode | undefined }[];

/** Words of a setting of a tool, in whichever of its sections; a file of its own has them in any. */
function settings(sections: Sections, tool: string, key: string): readonly string[] {
  return sections
    .flatMap(({ tool: owner, data }) =>
      (data?.entries ?? []).filter((entry) => owner === tool || entry.key.split(/[.:]/)[0] === tool),
    )
    .flatMap(({ value }) => [value, ...value.entries.map((entry) => entry.value)])
    .flatMap((table) => table.entries.filter((entry) => entry.key === key))
    .flatMap(({ value }) => value.texts)
    .flatMap((text) => text.replace(/#.*$/gm, "").split(/[\s,]+/))
    .filter(Boolean);
}

/** The list behind an option of a command line. */
function optionsOf(text: string, option: string): readonly string[] {
  return [...text.matchAll(new RegExp(`--${option}[= ]([\\w,-]+)`, "g"))].flatMap(([, list = ""]) => list.split(","));
}

/** What ruff selects by the nearest settings, those that they extend, and the command line. */
function ofRuff(
  files: readonly RuffConfig[],
  options: string,
): Pick<LintRules, "reach" | "unknown"> & Partial<LintRules> {
  const chain: RuffConfig[] = [];
  let unknown: string | undefined;
  for (let at = files[0]; at && chain.length < MAX_BASES; ) {
    chain.push(at);
    const base = at.settings.get("extend")?.text;
    const path = base === undefined ? undefined : resolvePath(folderOf(at.path), base);
    const next = files.find((file) => file.path === path);
    if (base !== undefined && !next) unknown = base;
    at = next && !chain.includes(next) ? next : undefined;
  }
  const lists = (key: string): readonly Chosen[] =>
    chain.flatMap(({ path, settings: table }) => {
      const list = table.get("lint", key) ?? table.get(key);
      return list ? [{ path, line: list.line, codes: list.texts }] : [];
    });
  const [select] = lists("select");
  const extended = lists("extend-select");
  const ignored = ["ignore", "extend-ignore"].flatMap(lists);
  const chosen = optionsOf(options, "select");
  const place = ignored.find(({ codes }) => codes.includes("ALL")) ?? select ?? extended[0];
  return {
    reach: reachOfRuff({
      select: chosen.length > 0 ? chosen : select?.codes,
      extended: [...extended.flatMap(({ codes }) => codes), ...optionsOf(options, "extend-select")],
      ignored: ignored.flatMap(({ codes }) => codes),
    }),
    unknown,
    ...(place ? { path: place.path, line: place.line } : {}),
  };
}

/** A list of codes with its place. */
interface Chosen {
  readonly path: string;
  readonly line: number;
  readonly codes: readonly string[];
}
