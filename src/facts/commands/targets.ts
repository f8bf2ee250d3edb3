import { parseIni } from "../formats/ini.ts";
import { parseJson } from "../formats/json.ts";
import type { DataNode } from "../formats/node.ts";
import { parseToml } from "../formats/toml.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import { nameOf } from "../tree.ts";

/** A script of a named target, with the line of each of its lines. */
export interface TargetScript {
  readonly text: string;
  readonly line: number;
  /** Lines of `text` by offset, where they are not consecutive. */
  readonly lineAt: (offset: number) => number;
}

/** Named targets of a file: what `make test`, `tox -e lint` or `npm test` run. */
export interface TargetFile {
  readonly kind: "make" | "just" | "task" | "tox" | "nox" | "npm" | "pyproject" | "shell";
  /** Scripts by target; `""` is the whole file, or the default target. */
  readonly targets: ReadonlyMap<string, readonly TargetScript[]>;
  /** Other targets of the same file that a target needs. */
  readonly prerequisites: ReadonlyMap<string, readonly string[]>;
}

export function parseTargets(path: string, text: string): TargetFile {
  const name = nameOf(path);
  if (/^(GNU)?makefile$/i.test(name) || name.endsWith(".mk"))
    return recipes("make", text, /^([A-Za-z0-9_./%-]+(?:\s+[A-Za-z0-9_./%-]+)*)\s*::?(?!=)\s*([^=\n]*)$/);
  if (/^\.?justfile$/i.test(name)) return recipes("just", text, /^@?([A-Za-z_][\w-]*)(?:\s+[^:\n]*)?:(?!=)\s*(.*)$/);
  if (/^taskfile\.ya?ml$/i.test(name)) return taskfile(parseYamlDocument(text));
  if (name === "package.json") return tables("npm", parseJson(text).get("scripts"));
  if (name === "noxfile.py") return noxfile(text);
  if (name === "tox.ini" || name === "setup.cfg") return toxIni(parseIni(text));
  if (name === "tox.toml") return toxToml(parseToml(text));
  if (name === "pyproject.toml") return pyproject(parseToml(text));
  return { kind: "shell", targets: new Map([["", [scriptAt(text, 1)]]]), prerequisites: new Map() };
}

function scriptAt(text: string, line: number): TargetScript {
  return { text, line, lineAt: (offset) => line + (text.slice(0, offset).match(/\n/g)?.length ?? 0) };
}

function ofNode(node: DataNode): TargetScript {
  return { text: node.text ?? "", line: node.line, lineAt: (offset) => node.lineAt(offset) };
}

/** Makefile and justfile: a header in the first column, indented commands below it. */
function recipes(kind: "make" | "just", text: string, header: RegExp): TargetFile {
  const targets = new Map<string, TargetScript[]>();
  const prerequisites = new Map<string, string[]>();
  const variables = new Map<string, string>();
  let current: readonly string[] = [];
  const lines = text.split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const assigned = /^(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]?:?=\s*(.*)$/.exec(raw);
    if (assigned?.[1] && !/^\s/.test(raw))
      variables.set(assigned[1], (assigned[2] ?? "").replace(/^"(.*)"$|^'(.*)'$/, "$1$2"));
    const [, names, needs = ""] = header.exec(raw) ?? [];
    if (names !== undefined && !/^\s/.test(raw)) {
      current = names.split(/\s+/);
      for (const name of current) {
        if (!targets.has(name)) targets.set(name, []);
        prerequisites.set(name, [
          ...(prerequisites.get(name) ?? []),
          ...(needs.split("#")[0] ?? "").split(/[\s|]+/).filter(Boolean),
        ]);
      }
    } else if (/^\s+\S/.test(raw)) {
      const command = expandVariables(raw.trim().replace(/^[@+]+/, ""), variables);
      for (const name of current) targets.get(name)?.push(joined(lines, index, command));
    } else if (/^\S/.test(raw) && !raw.startsWith("#")) {
      current = [];
    }
  }
  const first = [...targets.keys()].find((name) => !name.startsWith("."));
  if (first !== undefined) prerequisites.set("", [kind === "make" ? first : "default"]);
  targets.set("", targets.get("") ?? []);
  return { kind, targets, prerequisites };
}

/** A recipe's line with the ones that it is continued on. */
function joined(lines: readonly string[], index: number, command: string): TargetScript {
  let text = command;
  for (let next = index + 1; /\\\s*$/.test(lines[next - 1] ?? "") && next < lines.length; next++) {
    text = `${text.replace(/\\\s*$/, "")} ${(lines[next] ?? "").trim()}`;
  }
  return scriptAt(text, index + 1);
}

function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text
    .replace(/\$[({]([A-Za-z_]\w*)[)}]/g, (whole, name: string) => variables.get(name) ?? whole)
    .replace(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (whole, name: string) => variables.get(name) ?? whole);
}

function taskfile(data: DataNode | undefined): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const prerequisites = new Map<string, readonly string[]>();
  for (const { key, value } of data?.get("tasks")?.entries ?? []) {
    const commands =
      value.kind === "map" ? [...(value.get("cmds")?.items ?? []), ...(value.get("cmd")?.listed ?? [])] : value.listed;
    targets.set(key, commands.filter(({ text }) => text !== undefined).map(ofNode));
    const called = commands.flatMap((command) => command.get("task")?.text ?? []);
    prerequisites.set(key, [...called, ...(value.get("deps")?.texts ?? [])]);
  }
  prerequisites.set("", ["default"]);
  return { kind: "task", targets, prerequisites };
}

function tables(kind: TargetFile["kind"], table: DataNode | undefined): TargetFile {
  return {
    kind,
    targets: new Map((table?.entries ?? []).map(({ key, value }) => [key, [ofNode(value)]])),
    prerequisites: new Map(),
  };
}

/** The environments of tox, whose settings may hold factors: `py: pytest`. */
function toxIni(data: DataNode): TargetFile {
  const own = data.get("tox:tox") ?? data.get("tox");
  const legacy = new Map<string, readonly TargetScript[]>();
  for (const { key, value } of data.entries) {
    const name = /^testenv(?::(.*))?$/.exec(key);
    const commands = ["commands_pre", "commands"].flatMap((setting) => value.get(setting) ?? []);
    if (!name) continue;
    const scripts = commands.map((node) => ({
      ...ofNode(node),
      text: (node.text ?? "").replace(/^[ \t]*(?:[\w!,{}.-]+:\s+)?-?\s*/gm, (prefix) => " ".repeat(prefix.length)),
    }));
    for (const environment of expandBraces(name[1] ?? "")) if (scripts.length > 0) legacy.set(environment, scripts);
  }
  const list = own?.get("envlist") ?? own?.get("env_list");
  return withToxDefaults(
    legacy,
    list?.text
      ?.split(/[\s,]+/)
      .filter(Boolean)
      .flatMap(expandBraces) ?? [],
  );
}

function toxToml(data: DataNode): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const scripts = (node: DataNode | undefined): readonly TargetScript[] =>
    ["commands_pre", "commands"]
      .flatMap((setting) => node?.get(setting)?.items ?? [])
      .map((command) => scriptAt(command.texts.join(" "), command.line));
  targets.set("", scripts(data.get("env_run_base")));
  for (const { key, value } of data.get("env")?.entries ?? []) {
    const own = scripts(value);
    if (own.length > 0) targets.set(key, own);
  }
  return withToxDefaults(targets, data.get("env_list")?.texts ?? []);
}

/** `tox` alone runs the environments of its list; an environment without commands has those of the base. */
function withToxDefaults(found: ReadonlyMap<string, readonly TargetScript[]>, list: readonly string[]): TargetFile {
  const base = found.get("") ?? [];
  const targets = new Map(found);
  const fallback = (name: string): readonly TargetScript[] => found.get(name) ?? base;
  for (const name of list) targets.set(name, fallback(name));
  targets.set("*", base);
  targets.set("", list.length > 0 ? list.flatMap(fallback) : base);
  return { kind: "tox", targets, prerequisites: new Map() };
}

function expandBraces(pattern: string): readonly string[] {
  const [, before, choices, after] = /^([^{}]*)\{([^{}]*)\}(.*)$/.exec(pattern) ?? [];
  if (choices === undefined) return [pattern];
  return choices.split(",").flatMap((choice) => expandBraces(`${before}${choice.trim()}${after}`));
}

function pyproject(data: DataNode): TargetFile {
  const legacy = data.get("tool", "tox", "legacy_tox_ini");
  const targets = new Map<string, readonly TargetScript[]>();
  const add = (key: string, node: DataNode | undefined): void => {
    const commands =
      node?.kind === "map"
        ? (node.get("cmd") ?? node.get("shell") ?? node.get("composite") ?? node.get("sequence"))
        : node;
    const scripts = (commands?.listed ?? []).filter(({ text }) => text !== undefined).map(ofNode);
    if (scripts.length > 0) targets.set(key, scripts);
  };
  for (const table of [
    data.get("tool", "poe", "tasks"),
    data.get("tool", "pdm", "scripts"),
    data.get("tool", "taskipy", "tasks"),
    data.get("tool", "pixi", "tasks"),
    data.get("tool", "hatch", "scripts"),
  ]) {
    for (const { key, value } of table?.entries ?? []) add(key, value);
  }
  for (const { key: environment, value } of data.get("tool", "hatch", "envs")?.entries ?? []) {
    for (const { key, value: script } of value.get("scripts")?.entries ?? []) {
      add(environment === "default" ? key : `${environment}:${key}`, script);
    }
  }
  if (legacy?.text !== undefined) {
    for (const [name, scripts] of toxIni(parseIni(legacy.text)).targets) targets.set(`tox:${name}`, scripts);
  }
  for (const [name, scripts] of data.get("tool", "tox") ? toxToml(data.get("tool", "tox") as DataNode).targets : []) {
    if (scripts.length > 0) targets.set(`tox:${name}`, scripts);
  }
  return { kind: "pyproject", targets, prerequisites: new Map() };
}

/** The sessions of nox with the literal words of their `session.run(…)`. */
function noxfile(text: string): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const sessions = [...text.matchAll(/^@nox\.session(\([\s\S]*?\))?\s*\n(?:@[^\n]*\n)*def\s+(\w+)\s*\(/gm)];
  for (const [index, match] of sessions.entries()) {
    const body = text.slice(match.index, sessions[index + 1]?.index);
    const named = /\bname\s*=\s*["']([\w.-]+)["']/.exec(match[1] ?? "")?.[1];
    const runs = [...body.matchAll(/\bsession\.run(?:_always)?\(\s*((?:"[^"\n]*"|'[^'\n]*'|\*?[\w.]+|\s|,)*)/g)].map(
      (run) => {
        const words = [...(run[1] ?? "").matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(
          ([, double, single]) => double ?? single ?? "",
        );
        return scriptAt(words.join(" "), text.slice(0, match.index + run.index).split("\n").length);
      },
    );
    targets.set(named ?? match[2] ?? "", runs);
  }
  targets.set("", [...targets.values()].flat());
  return { kind: "nox", targets, prerequisites: new Map() };
}
