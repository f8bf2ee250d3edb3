import { scriptAt, type TargetFile, type TargetScript } from "./model.ts";

const MAKE_HEADER = /^([A-Za-z0-9_./%-]+(?:\s+[A-Za-z0-9_./%-]+)*)\s*::?(?!=)([^=\n]*)$/;
const JUST_HEADER = /^@?([A-Za-z_][\w-]*)(?:\s[^:\n]*)?:(?!=)(.*)$/s;
const ASSIGNMENT = /^(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]?:?=\s*(.*)$/s;
/** How often variables are put into variables, and how long a command may grow by it. */
const MAX_PASSES = 5;
const MAX_LENGTH = 4000;
/** Targets that one header may name. */
const MAX_NAMES = 100;

/** Makefile and justfile: a header in the first column, indented commands below it. */
export function recipes(kind: "make" | "just", text: string): TargetFile {
  const header = kind === "make" ? MAKE_HEADER : JUST_HEADER;
  const targets = new Map<string, TargetScript[]>();
  const prerequisites = new Map<string, string[]>();
  const variables = new Map<string, string>([["MAKE", "make"]]);
  let current: readonly string[] = [];
  const lines = text.split(/\r?\n/);
  for (const [index, raw] of lines.entries()) {
    const assigned = /^\s/.test(raw) ? null : ASSIGNMENT.exec(raw);
    if (assigned?.[1]) variables.set(assigned[1], variableValue(raw, assigned[1], assigned[2] ?? ""));
    const [, names, needs = ""] = header.exec(raw) ?? [];
    if (names !== undefined && !/^\s/.test(raw)) {
      current = names.split(/\s+/).slice(0, MAX_NAMES);
      const needed = (needs.split("#")[0] ?? "").split(/[\s|]+/).filter(Boolean);
      for (const name of current) {
        if (!targets.has(name)) targets.set(name, []);
        const known = prerequisites.get(name) ?? [];
        for (const one of needed) known.push(one);
        prerequisites.set(name, known);
      }
    } else if (/^\s+\S/.test(raw)) {
      if (current.length === 0 || isContinued(lines[index - 1])) continue;
      const script = commandAt(lines, index, variables);
      for (const name of current) targets.get(name)?.push(script);
    } else if (/^\S/.test(raw) && !/^(#|ifn?(eq|def)|else|endif)/.test(raw)) {
      current = [];
    }
  }
  const first = [...targets.keys()].find((name) => !name.startsWith(".") && !name.includes("%"));
  if (first !== undefined) prerequisites.set("", [targets.has("default") ? "default" : first]);
  targets.set("", targets.get("") ?? []);
  // `%:` takes every other name.
  const any = targets.get("%");
  if (any) targets.set("*", any);
  return { kind, targets, prerequisites };
}

/** What a variable holds; the default of `?=` gives way to the environment. */
function variableValue(line: string, name: string, given: string): string {
  const value = given.replace(/^"(.*)"$|^'(.*)'$/, "$1$2");
  return /^[^=]*\?=/.test(line) && !/[{}]/.test(value) ? `\${${name}:-${value}}` : value;
}

/** A recipe's command with the lines that it is continued on. */
function commandAt(lines: readonly string[], index: number, variables: ReadonlyMap<string, string>): TargetScript {
  let end = index + 1;
  while (end < lines.length && isContinued(lines[end - 1])) end++;
  const pieces = lines.slice(index, end).map((line) => line.trim());
  const text = pieces.map((piece, at) => (at < pieces.length - 1 ? piece.slice(0, -1) : piece)).join(" ");
  const [, signs = "", command = ""] = /^([@+-]*)\s*([\s\S]*)$/.exec(text) ?? [];
  const script = scriptAt(expanded(command, variables), index + 1);
  return signs.includes("-") ? { ...script, masked: { by: "the leading -", line: index + 1 } } : script;
}

function isContinued(line: string | undefined): boolean {
  return line?.trimEnd().endsWith("\\") === true;
}

function expanded(text: string, variables: ReadonlyMap<string, string>): string {
  const short = (name: string): string | undefined => {
    const value = variables.get(name);
    return value === undefined || value.length > MAX_LENGTH ? undefined : value;
  };
  let result = text;
  for (let pass = 0; pass < MAX_PASSES && result.length < MAX_LENGTH; pass++) {
    const next = result
      .replace(/(?<!\$)\$[({]([A-Za-z_]\w*)[)}]/g, (whole, name: string) => short(name) ?? whole)
      .replace(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (whole, name: string) => short(name) ?? whole);
    if (next === result) break;
    result = next;
  }
  return (result.length < MAX_LENGTH * 10 ? result : text).replaceAll("$$", "$");
}
