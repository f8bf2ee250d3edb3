import { globs } from "../fact.ts";
import type { DataNode } from "../formats/node.ts";
import { parseToml } from "../formats/toml.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import { nameOf } from "../tree.ts";

/** A minor version of Python as one line names it; `3.x` for whichever is the newest. */
export interface Found {
  readonly minor: string;
  readonly line: number;
}

/** Files that name the interpreter's version for whoever sets it up. */
export const isVersionFile = globs(
  "**/{.python-version,runtime.txt,.tool-versions,mise.toml,.mise.toml,Pipfile,environment.yml,environment.yaml,.travis.yml}",
);

/** The versions that such a file names. */
export function versionsInFile(path: string, text: string): readonly Found[] {
  const name = nameOf(path);
  if (name === "Pipfile") {
    const data = parseToml(text);
    return ["python_version", "python_full_version"].flatMap((key) => versionOf(data.get("requires", key)));
  }
  if (/mise\.toml$/.test(name)) return (parseToml(text).get("tools", "python")?.listed ?? []).flatMap(versionOf);
  if (name === ".travis.yml") return (parseYamlDocument(text)?.get("python")?.listed ?? []).flatMap(versionOf);
  if (/\.ya?ml$/.test(name)) return inEnvironment(parseYamlDocument(text));
  return inLines(text, name === ".tool-versions");
}

/** `3.12`, `3.12.4`, `3.13-dev`; PyPy and the like keep their own support. */
export function minorOf(text: string): string | undefined {
  if (/^3(\.x|\.\*)?$/.test(text)) return "3.x";
  return /^(\d+\.\d+)(?!\d)/.exec(text)?.[1];
}

function versionOf(node: DataNode | undefined): readonly Found[] {
  const minor = minorOf(node?.text ?? "");
  return node && minor ? [{ minor, line: node.line }] : [];
}

function inEnvironment(data: DataNode | undefined): readonly Found[] {
  return (data?.get("dependencies")?.items ?? []).flatMap((item) => {
    const minor = /^(?:[\w-]+::)?python\s*=+\s*(\d+\.\d+)/.exec(item.text ?? "")?.[1];
    return minor ? [{ minor, line: item.line }] : [];
  });
}

function inLines(text: string, namesTool: boolean): readonly Found[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*#/.test(line)) return [];
    const wanted = namesTool ? /^python\s+(.*)$/s.exec(line)?.[1] : line;
    if (wanted === undefined || /pypy|graalpy|conda/i.test(wanted)) return [];
    const minor = /(?:^|python-|\s|@)(\d+\.\d+)(?:\.\d+)?/.exec(wanted.trim())?.[1];
    return minor ? [{ minor, line: index + 1 }] : [];
  });
}
