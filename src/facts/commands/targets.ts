import { parseIni } from "../formats/ini.ts";
import { parseJson } from "../formats/json.ts";
import { parseToml } from "../formats/toml.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import { nameOf } from "../tree.ts";
import { scriptAt, type TargetFile } from "./targets/model.ts";
import { noxfile } from "./targets/nox.ts";
import { pyproject, table, taskfile } from "./targets/project-scripts.ts";
import { pythonProgram } from "./targets/python-program.ts";
import { recipes } from "./targets/recipes.ts";
import { toxIni, toxToml } from "./targets/tox.ts";

export type { TargetFile, TargetScript } from "./targets/model.ts";

/**
 * What the targets of a file run; a script is a file of one target.
 * @throws FormatError when the text does not follow the format that its name promises.
 */
export function parseTargets(path: string, text: string): TargetFile {
  const name = nameOf(path);
  if (/^(GNU)?makefile$/i.test(name) || name.endsWith(".mk")) return recipes("make", text);
  if (/^\.?justfile$/i.test(name)) return recipes("just", text);
  if (/^taskfile\.ya?ml$/i.test(name)) return taskfile(parseYamlDocument(text));
  if (name === "package.json") return table("npm", parseJson(text).get("scripts"));
  if (name === "noxfile.py") return noxfile(text);
  if (name === "tox.ini" || name === "setup.cfg") return toxIni(parseIni(text));
  if (name === "tox.toml") return toxToml(parseToml(text));
  if (name === "pyproject.toml") return pyproject(parseToml(text));
  if (name.endsWith(".py") || /^#![^\n]*python/.test(text)) return pythonProgram(text);
  const kind = name.endsWith(".ps1") ? "powershell" : "shell";
  return { kind, targets: new Map([["", [scriptAt(text, 1)]]]), prerequisites: new Map() };
}
