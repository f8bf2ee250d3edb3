import type { DataNode } from "../formats/node.ts";
import type { Package, Part } from "./model.ts";

const CFG: Readonly<Record<Part, RegExp>> = {
  version: /^version$/,
  description: /^(description|summary)$/,
  readme: /^(long|description)[-_](description|file)$/,
  license: /^licen[cs]e([-_]files?)?$/,
  urls: /^(url|home[-_]page|project[-_]urls?)$/,
  "requires-python": /^(python|requires)[-_](requires|python)$/,
};
const ARGUMENTS: Readonly<Record<Part, RegExp>> = {
  version: /\b(use_scm_)?version\s*=/,
  description: /\bdescription\s*=/,
  readme: /\blong_description\s*=/,
  license: /\blicense(_files?)?\s*=/,
  urls: /\b(url|project_urls)\s*=/,
  "requires-python": /\bpython_requires\s*=/,
};

/** The package that a setup.cfg describes. */
export function fromSetupCfg(path: string, data: DataNode): Package {
  const python = data.get("options", "python_requires") ?? data.get("metadata", "python_requires");
  const classifiers = data.get("metadata", "classifiers") ?? data.get("metadata", "classifier");
  const scripts = data.get("options.entry_points", "console_scripts") ?? data.get("entry_points", "console_scripts");
  const keys = [...(data.get("metadata")?.entries ?? []), ...(data.get("options")?.entries ?? [])];
  const found = classifiersIn(classifiers?.text ?? "");
  return {
    path,
    line: data.lineOfKey("metadata") ?? 1,
    name: data.get("metadata", "name")?.text,
    version: data.get("metadata", "version")?.text,
    isBuilt: true,
    buildSystem: new Set(),
    classifiers: found,
    commands: [
      ...commandsOf(scripts?.text ?? ""),
      ...namesOf((data.get("options", "scripts")?.text ?? "").split("\n")),
    ],
    requiresPython: python?.text === undefined ? undefined : { text: python.text.trim(), line: python.line },
    states: stated((part) => keys.some(({ key }) => CFG[part].test(key)), found),
    isComputed: false,
  };
}

/** The package of a setup.py by keyword arguments as they stand there; nothing is run. */
export function fromSetupScript(path: string, text: string): Package {
  const code = text.replace(/^[ \t]*#.*$/gm, "");
  const python = /\bpython_requires\s*=\s*(["'])([^"'\n]*)\1/.exec(code);
  const points = quoted(/console_scripts["']?\s*[:=]\s*[[(]([^\])]{0,5000})[\])]/.exec(code)?.[1] ?? "");
  const scripts = quoted(/\bscripts\s*=\s*[[(]([^\])]{0,5000})[\])]/.exec(code)?.[1] ?? "");
  const classifiers = /\bclassifiers\s*=/.test(code) ? classifiersIn(code) : [];
  return {
    path,
    line: 1,
    name: nameIn(code),
    version: /\bversion\s*=\s*(["'])([\w.!+-]+)\1/.exec(code)?.[2],
    isBuilt: true,
    buildSystem: new Set(),
    classifiers,
    commands: [...points.flatMap(commandsOf), ...namesOf(scripts)],
    requiresPython: python?.[2] ? { text: python[2], line: code.slice(0, python.index).split("\n").length } : undefined,
    states: stated((part) => ARGUMENTS[part].test(code) || (part === "version" && /\bpbr\b/.test(code)), classifiers),
    isComputed: /\*\*[A-Za-z_]/.test(code),
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

/** The texts of a literal list. */
function quoted(list: string): readonly string[] {
  return [...list.matchAll(/["']([^"'\n]+)["']/g)].map(([, text = ""]) => text);
}

/** `slug` of `bin/slug`; a module that is installed as a script bears its ending, and is no command's name. */
function namesOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => /^(?:[\w.-]+\/)*([\w-]+)$/.exec(path.trim())?.[1] ?? []);
}

function classifiersIn(text: string): readonly string[] {
  return [...text.matchAll(/\b[A-Z][\w ]{0,40} :: [^"'\n]{0,120}/g)].map(([classifier]) => classifier.trim());
}

function stated(isStated: (part: Part) => boolean, classifiers: readonly string[]): ReadonlySet<Part> {
  const parts = (Object.keys(CFG) as Part[]).filter(isStated);
  return new Set([
    ...parts,
    ...(classifiers.some((one) => one.startsWith("License ::")) ? (["license"] as const) : []),
  ]);
}
