import { components } from "./components.ts";
import { defineFact } from "./fact.ts";
import { pyprojects } from "./pyprojects.ts";
import { ruffConfigs } from "./ruff-configs.ts";
import { folderOf, isAuxiliary, nameOf } from "./tree.ts";

/** A table of a TOML file. */
export interface SettingsTable {
  readonly path: string;
  /** Its keys from the root of the file. */
  readonly at: readonly string[];
}

/** Where a tool is told what to do, or would be if somebody told it. */
export interface ToolSettings {
  /** Where a new file of settings goes, empty for the root; undefined where too many components would get one each. */
  readonly folder: string | undefined;
  /** The pyproject.toml that reaches the component; undefined where there is none. */
  readonly pyproject: string | undefined;
  /** Ruff's nearest settings; where it has none, the table or file that they would be written to. */
  readonly ruff: SettingsTable;
}

/** More files that say the same are kept in step by nobody. */
const MANY = 5;

/** The homes of tools' settings, old and new. */
export const toolSettings = defineFact({
  uses: { components, pyprojects, ruffConfigs },
  combine: ({ uses, component }): ToolSettings => {
    const reaching = uses.pyprojects.files.find(
      ({ path, inherited }) => (inherited || folderOf(path) === component.root) && !isAuxiliary(path),
    );
    const pyproject = reaching?.path;
    const at = (path: string): SettingsTable =>
      nameOf(path) === "pyproject.toml" ? { path, at: ["tool", "ruff"] } : { path, at: [] };
    // Where there is none, a pyproject.toml would change how a setup.py is built: the settings get a file of their own.
    return {
      folder: uses.components.length > MANY ? undefined : component.root,
      pyproject,
      ruff: at(uses.ruffConfigs.files[0]?.path ?? pyproject ?? "ruff.toml"),
    };
  },
});
