import type { DataNode } from "../../formats/node.ts";
import { scriptAt, type TargetFile, type TargetScript } from "./model.ts";

const SETTINGS = ["commands_pre", "commands", "commands_post"];
/** Characters of a list of environments that are read, and of a name with braces. */
const MAX_LIST = 20_000;
const MAX_NAME = 500;

/** The environments of tox, whose settings may hold factors: `py: pytest`. */
export function toxIni(data: DataNode): TargetFile {
  const own = data.get("tox:tox") ?? data.get("tox");
  const found = new Map<string, readonly TargetScript[]>();
  for (const { key, value } of data.entries) {
    const name = /^testenv(?::(.*))?$/.exec(key);
    if (!name) continue;
    const scripts = SETTINGS.flatMap((setting) => value.get(setting) ?? []).flatMap(commandsOf);
    const ignored = value.get("ignore_outcome");
    const masked = maskedBy(ignored, value.lineOfKey("ignore_outcome"));
    for (const environment of expandBraces(name[1] ?? ""))
      if (scripts.length > 0) found.set(environment, masked ? scripts.map((one) => ({ ...one, masked })) : scripts);
  }
  const list = own?.get("envlist") ?? own?.get("env_list");
  const names = list?.text
    ?.slice(0, MAX_LIST)
    .split(/[\s,]+(?![^{]*\})/)
    .filter(Boolean);
  return withDefaults(found, names?.flatMap(expandBraces) ?? []);
}

/** One script a line: `py: - pytest` has a factor, and a sign that its failure is ignored. */
function commandsOf(node: DataNode): readonly TargetScript[] {
  const text = substituted(
    (node.text ?? "").replace(/^[ \t]*(?:[\w!,{}.-]+:\s+)?/gm, (prefix) => " ".repeat(prefix.length)),
  );
  if (!/^[ \t]*-\s/m.test(text)) return [scriptAt(text, node.line)];
  return text.split("\n").map((line, index) => {
    const at = node.line + index;
    const [sign] = /^\s*-\s*/.exec(line) ?? [];
    return sign === undefined
      ? scriptAt(line, at)
      : { ...scriptAt(line.slice(sign.length), at), masked: { by: "the leading -", line: at } };
  });
}

export function toxToml(data: DataNode): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const scripts = (node: DataNode | undefined): readonly TargetScript[] => {
    const masked = maskedBy(node?.get("ignore_outcome"), node?.lineOfKey("ignore_outcome"));
    return SETTINGS.flatMap((setting) => node?.get(setting)?.items ?? []).map((command) => {
      const [first = "", ...rest] = command.texts;
      const forgiven = first === "-" ? { by: "the leading -", line: command.line } : masked;
      const words = first === "-" ? rest : [first.replace(/^-\s*/, ""), ...rest];
      return { ...scriptAt(substituted(words.map(quoted).join(" ")), command.line), masked: forgiven };
    });
  };
  targets.set("", scripts(data.get("env_run_base")));
  for (const { key, value } of data.get("env")?.entries ?? []) {
    if (value.has("commands")) targets.set(key, scripts(value));
  }
  return withDefaults(targets, data.get("env_list")?.texts ?? []);
}

/** Tox's own names for the project's folder, the environment's programs and its Python. */
function substituted(text: string): string {
  return text
    .replace(/\{(?:toxinidir|tox_root)\}[/\\]?/g, "./")
    .replace(/\{(?:envbindir|env_bin_dir)\}[/\\]/g, "")
    .replace(/\{(?:envpython|env_python)\}/g, "python");
}

function quoted(word: string): string {
  return /[\s"'$;&|()<>]/.test(word) ? `'${word.replaceAll("'", "")}'` : word;
}

function maskedBy(setting: DataNode | undefined, line: number | undefined): TargetScript["masked"] {
  return setting?.text?.toLowerCase() === "true"
    ? { by: "ignore_outcome = true", line: line ?? setting.line }
    : undefined;
}

/** `tox` alone runs the environments of its list; an environment without commands has those of the base. */
function withDefaults(found: ReadonlyMap<string, readonly TargetScript[]>, list: readonly string[]): TargetFile {
  const base = found.get("") ?? [];
  const targets = new Map(found);
  const fallback = (name: string): readonly TargetScript[] => found.get(name) ?? base;
  for (const name of list) targets.set(name, fallback(name));
  targets.set("*", base);
  targets.set("", list.length > 0 ? [...new Set(list.flatMap(fallback))] : base);
  return { kind: "tox", targets, prerequisites: new Map() };
}

/** `py{312,313}-{a,b}` gives four names; more than a matrix could hold are not listed. */
function expandBraces(pattern: string): readonly string[] {
  if (pattern.length > MAX_NAME) return [pattern];
  let names: readonly string[] = [pattern];
  while (names.some((name) => /\{[^{}]*\}/.test(name)) && names.length <= 200) {
    names = names.flatMap((name) => {
      const [, before = "", choices, after = ""] = /^([^{}]*)\{([^{}]*)\}(.*)$/.exec(name) ?? [];
      return choices === undefined
        ? [name.replace(/[{}]/g, "")]
        : choices.split(",").map((one) => `${before}${one.trim()}${after}`);
    });
  }
  return names;
}
