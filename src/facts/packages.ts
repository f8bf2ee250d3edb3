import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { iniFiles } from "./ini-files.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, nameOf } from "./tree.ts";

/** What one manifest says of the package that it describes. */
export interface Package {
  readonly path: string;
  readonly name: string | undefined;
  /** True where something builds it: a build backend, or setuptools by its own files. */
  readonly isBuilt: boolean;
  /** As the index asks for them; with "Private ::" among them it takes none. */
  readonly classifiers: readonly string[];
  /** The commands that it installs. */
  readonly commands: readonly string[];
  /** The versions of Python that it allows, as written. */
  readonly requiresPython: { readonly text: string; readonly line: number } | undefined;
}

export interface Packages {
  /** Nearest to the component's root first. */
  readonly all: readonly Package[];
}

/** The packages of a component by their metadata: pyproject.toml, setup.cfg, and what stands literally in setup.py. */
export const packages = defineFact({
  uses: { pyprojects, iniFiles },
  reads: (path, tree) => isSetupScript(path, (other) => tree.has(other)) && tree.isFirstParty(path),
  parse: ({ path, text }): Package => fromSetupScript(path, text),
  combine: ({ files, unread, uses }): Packages => ({
    all: [
      ...uses.pyprojects.files.filter((file) => !file.inherited).flatMap(({ path, data }) => fromPyproject(path, data)),
      ...uses.iniFiles.files
        .filter(({ path, data, inherited }) => !inherited && nameOf(path) === "setup.cfg" && data.has("metadata"))
        .map(({ path, data }) => fromSetupCfg(path, data)),
      ...files.filter(({ inherited }) => !inherited).map(({ parsed }) => parsed),
      // That it is there says that something is built, whatever it holds.
      ...unread.filter(({ path }) => nameOf(path) === "setup.py").map(({ path }) => fromSetupScript(path, "")),
    ].sort((a, b) => depth(a.path) - depth(b.path)),
  }),
});

/** True for a setup.py that builds; one inside a package is one of its modules. */
export function isSetupScript(path: string, exists: (path: string) => boolean): boolean {
  const folder = folderOf(path);
  return nameOf(path) === "setup.py" && !exists(folder === "" ? "__init__.py" : `${folder}/__init__.py`);
}

function depth(path: string): number {
  return path.split("/").length;
}

function fromPyproject(path: string, data: DataNode): readonly Package[] {
  const project = data.get("project");
  const poetry = data.get("tool", "poetry");
  const name = (project?.get("name") ?? poetry?.get("name"))?.text;
  const isBuilt = data.has("build-system") || poetry?.has("name") === true;
  if (name === undefined && !isBuilt && !project) return [];
  const python = project?.get("requires-python") ?? poetry?.get("dependencies", "python");
  const classifiers = [...(project?.get("classifiers")?.texts ?? []), ...(poetry?.get("classifiers")?.texts ?? [])];
  const commands = [project?.get("scripts"), poetry?.get("scripts")].flatMap((table) => table?.entries ?? []);
  return [
    {
      path,
      name,
      isBuilt: isBuilt && name !== undefined && poetry?.get("package-mode")?.boolean !== false,
      classifiers,
      commands: commands.map(({ key }) => key),
      requiresPython: python?.text === undefined ? undefined : { text: python.text, line: python.line },
    },
  ];
}

function fromSetupCfg(path: string, data: DataNode): Package {
  const python = data.get("options", "python_requires") ?? data.get("metadata", "python_requires");
  const classifiers = data.get("metadata", "classifiers") ?? data.get("metadata", "classifier");
  const scripts = data.get("options.entry_points", "console_scripts") ?? data.get("entry_points", "console_scripts");
  return {
    path,
    name: data.get("metadata", "name")?.text,
    isBuilt: true,
    classifiers: classifiersIn(classifiers?.text ?? ""),
    commands: commandsOf(scripts?.text ?? ""),
    requiresPython: python?.text === undefined ? undefined : { text: python.text.trim(), line: python.line },
  };
}

/** Keyword arguments as they stand there; nothing is run. */
function fromSetupScript(path: string, text: string): Package {
  const code = text.replace(/^[ \t]*#.*$/gm, "");
  const python = /\bpython_requires\s*=\s*(["'])([^"'\n]*)\1/.exec(code);
  const scripts = /console_scripts["']?\s*[:=]\s*[[(]([^\])]{0,5000})[\])]/.exec(code)?.[1] ?? "";
  return {
    path,
    name: nameIn(code),
    isBuilt: true,
    classifiers: /\bclassifiers\s*=/.test(code) ? classifiersIn(code) : [],
    commands: [...scripts.matchAll(/["']([^"'\n]+)["']/g)].flatMap(([, line = ""]) => commandsOf(line)),
    requiresPython: python?.[2] ? { text: python[2], line: code.slice(0, python.index).split("\n").length } : undefined,
  };
}

/** `name="slug"`, or a name that is bound to such a text. */
function nameIn(code: string): string | undefined {
  const [, , literal, variable] = /\bname\s*=\s*(?:(["'])([\w.-]+)\1|([A-Za-z_]\w{0,100}))/.exec(code) ?? [];
  if (literal !== undefined || variable === undefined) return literal;
  return new RegExp(`^${variable}\\s*=\\s*(["'])([\\w.-]+)\\1`, "m").exec(code)?.[2];
}

function commandsOf(lines: string): readonly string[] {
  return lines.split("\n").flatMap((line) => /^\s*([\w.-]+)\s*=/.exec(line)?.[1] ?? []);
}

function classifiersIn(text: string): readonly string[] {
  return [...text.matchAll(/\b[A-Z][\w ]{0,40} :: [^"'\n]{0,120}/g)].map(([classifier]) => classifier.trim());
}
