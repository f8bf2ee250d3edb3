import { parseIni } from "../../formats/ini.ts";
import type { DataNode } from "../../formats/node.ts";
import { ofNode, type TargetFile, type TargetScript } from "./model.ts";
import { toxIni, toxToml } from "./tox.ts";

/** `package.json` and the like: a table of names and commands. */
export function table(kind: TargetFile["kind"], scripts: DataNode | undefined): TargetFile {
  return {
    kind,
    targets: new Map((scripts?.entries ?? []).map(({ key, value }) => [key, [ofNode(value)]])),
    prerequisites: new Map(),
  };
}

export function taskfile(data: DataNode | undefined): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const prerequisites = new Map<string, readonly string[]>();
  for (const { key, value } of data?.get("tasks")?.entries ?? []) {
    const commands =
      value.kind === "map" ? [...(value.get("cmds")?.items ?? []), ...(value.get("cmd")?.listed ?? [])] : value.listed;
    const ignored = value.get("ignore_error");
    const masked = ignored?.boolean
      ? { by: "ignore_error: true", line: value.lineOfKey("ignore_error") ?? ignored.line }
      : undefined;
    const scripts = commands.map((command) => (command.kind === "map" ? command.get("cmd") : command));
    targets.set(
      key,
      scripts.flatMap((script) => (script?.text === undefined ? [] : [{ ...ofNode(script), masked }])),
    );
    const called = commands.flatMap((command) => command.get("task")?.text ?? []);
    prerequisites.set(key, [
      ...called,
      ...(value.get("deps")?.listed ?? []).flatMap((one) => one.text ?? one.get("task")?.text ?? []),
    ]);
  }
  prerequisites.set("", ["default"]);
  return { kind: "task", targets, prerequisites };
}

/** The scripts of pyproject.toml: of Poe, PDM, taskipy, pixi, Hatch and tox. */
export function pyproject(data: DataNode): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const add = (key: string, node: DataNode | undefined): void => {
    const commands =
      node?.kind === "map"
        ? (node.get("cmd") ?? node.get("shell") ?? node.get("composite") ?? node.get("sequence"))
        : node;
    const scripts = (commands?.listed ?? []).flatMap((one) =>
      one.text === undefined ? (one.get("cmd") ?? one.get("shell") ?? []) : one,
    );
    if (scripts.length > 0) targets.set(key, scripts.map(ofNode));
  };
  const tool = data.get("tool");
  for (const scripts of [
    tool?.get("poe", "tasks"),
    tool?.get("pdm", "scripts"),
    tool?.get("taskipy", "tasks"),
    tool?.get("pixi", "tasks"),
    ...(tool?.get("pixi", "feature")?.entries ?? []).map(({ value }) => value.get("tasks")),
    tool?.get("hatch", "scripts"),
  ]) {
    for (const { key, value } of scripts?.entries ?? []) add(key, value);
  }
  const environments = tool?.get("hatch", "envs");
  for (const { key: environment } of environments?.entries ?? []) {
    for (const { key, value } of hatchScripts(environments, environment)) {
      add(environment === "default" ? key : `${environment}:${key}`, value);
    }
  }
  const legacy = tool?.get("tox", "legacy_tox_ini");
  const tox = tool?.get("tox");
  const files = [
    ...(legacy?.text === undefined ? [] : [toxIni(parseIni(legacy.text))]),
    ...(tox?.has("env_run_base") || tox?.has("env") ? [toxToml(tox)] : []),
  ];
  for (const { targets: found } of files) for (const [name, scripts] of found) targets.set(`tox:${name}`, scripts);
  return { kind: "pyproject", targets, prerequisites: new Map() };
}

/** An environment of Hatch has the scripts of its template, which is `default` where it names none. */
function hatchScripts(environments: DataNode | undefined, name: string): DataNode["entries"] {
  const scripts = new Map<string, DataNode["entries"][number]>();
  const seen = new Set<string>();
  for (let current = name; !seen.has(current); ) {
    seen.add(current);
    const environment = environments?.get(current);
    for (const entry of environment?.get("scripts")?.entries ?? [])
      if (!scripts.has(entry.key)) scripts.set(entry.key, entry);
    current = environment?.get("template")?.text ?? "default";
  }
  return [...scripts.values()];
}
