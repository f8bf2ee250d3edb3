import { mentions } from "./mentions.ts";
import { argumentOf, dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import { isCommand, purposeOf } from "./purpose.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import type { Call, Expression, Module } from "./syntax.ts";
import { callsOf, type Scope, statementsOf, within } from "./walk.ts";

/** One trace of somebody's debugging. */
export interface DebugLeftover extends Silenceable {
  readonly says: string;
  readonly kind: "debugger" | "print";
  /** True where its line holds nothing else, and a statement beside it follows: the block is there without it. */
  readonly isAlone: boolean;
}

const MENTION = /\b(breakpoint|set_trace|pdb|ipdb|pudb|debugpy|pydevd|pydevd_pycharm|print)\b/;
const STOPS =
  /^(breakpoint|(pdb|ipdb|pudb|wdb|rpdb|web_pdb|remote_pdb|celery\.contrib\.rdb)\.(set_trace|RemotePdb)|debugpy\.(listen|breakpoint|wait_for_client)|pydevd(_pycharm)?\.settrace|ptvsd\.\w+|IPython\.(core\.debugger\.)?(embed|set_trace))$/;
const DEBUGGER = /^(pdb|ipdb|pudb|wdb|rpdb|web_pdb|remote_pdb)$/;
const ASKED = /debug|[pr]db|breakpoint|trace|inspect|shell|console|interactive|attach/i;
/** Programs that speak to whoever runs them. */
const TALKS = /(^|\/)(cli|__main__|console|main|manage|commands?|shell|.*_cli)\.py$|(^|\/)(cli|commands|console)\//;
const PEERS = /\b(T100|T20[13])\b/;

/** What somebody left in a file while debugging. */
export function readDebugLeftovers(module: Module): readonly DebugLeftover[] {
  if (!mentions(module, MENTION) || purposeOf(module.path) !== "production") return [];
  const names = namesOf(module);
  const calls = [...callsOf(module)];
  const stops = calls
    .filter(({ node, scope }) => STOPS.test(called(node, names)) && !isAsked(module, scope))
    .map(({ node }) => ({
      line: node.line,
      isSilenced: isSilenced(module, node.line, PEERS),
      says: `${called(node, names)}()`,
      kind: "debugger" as const,
      isAlone: isAlone(module, node.line),
    }));
  const talks =
    TALKS.test(module.path) ||
    module.text.startsWith("#!") ||
    [...names.values()].some((name) => /^(argparse|click|typer|optparse|rich)\b/.test(name));
  const prints = talks
    ? []
    : calls
        .filter(({ node, scope }) => isPrint(node, names) && !isProgram(scope))
        .map(({ node: { line } }) => ({
          line,
          isSilenced: isSilenced(module, line, PEERS),
          says: "print()",
          kind: "print" as const,
          isAlone: false,
        }));
  return [...stops, ...(stops.some((one) => !one.isSilenced) ? [] : unusedDebuggers(module, names)), ...prints];
}

function called(node: Call, names: Names): string {
  const name = qualifiedName(node.func, names) ?? "";
  // A name that is not imported is somebody's own.
  return names.has(dottedName(node.func)?.split(".")[0] ?? "") || name === "breakpoint" ? name : "";
}

/** True where the program offers it: under a condition, or in what is named so. */
function isAsked({ path }: Module, { conditions, definitions, isHandler, tries }: Scope): boolean {
  if (ASKED.test(path.slice(path.lastIndexOf("/") + 1))) return true;
  const isConditional = conditions.some(({ test }) => [...within(test)].some((part) => ASKED.test(wordOf(part))));
  return isConditional || definitions.some(({ name }) => ASKED.test(name)) || (isHandler && tries.length > 0);
}

function wordOf(part: Expression): string {
  if (part.kind === "Name") return part.id;
  if (part.kind === "Attribute") return part.attr;
  return part.kind === "Constant" ? part.value.slice(0, 100) : "";
}

/** A debugger with all that brings it, on one line. */
const ALONE = /^[ \t]*(breakpoint\(\)|import (i?pdb|pudb)([ \t]*;[ \t]*\2\.set_trace\(\))?)[ \t]*(#.*)?$/;

function isAlone({ text }: Module, line: number): boolean {
  const lines = text.split(/\r?\n/);
  const own = lines[line - 1] ?? "";
  const next = lines.slice(line).find((one) => /^[ \t]*[^ \t#]/.test(one)) ?? "";
  return ALONE.test(own) && next !== "" && indentOf(next) === indentOf(own);
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** Imports of debuggers that are looked at: a file may be hostile. */
const MAX_IMPORTS = 20;

/** Debuggers that are imported and of which nothing but the name is there. */
function unusedDebuggers(module: Module, names: Names): readonly DebugLeftover[] {
  const imports = [...statementsOf(module)].flatMap(({ node, scope }) =>
    node.kind === "Import" && !isAsked(module, scope)
      ? node.names
          .filter(({ name }) => DEBUGGER.test(name))
          .map(({ name, asName }) => ({ name, local: asName ?? name, line: node.line }))
      : [],
  );
  return imports
    .slice(0, MAX_IMPORTS)
    .filter(({ name, local }) => names.get(local) === name && countOf(module.text, local) === 1)
    .map(({ name, line }) => ({
      line,
      isSilenced: isSilenced(module, line, PEERS),
      says: `import ${name}`,
      kind: "debugger" as const,
      isAlone: isAlone(module, line),
    }));
}

function countOf(text: string, word: string): number {
  return text.split(new RegExp(`\\b${word}\\b`)).length - 1;
}

function isPrint(node: Call, names: Names): boolean {
  return (
    node.func.kind === "Name" &&
    node.func.id === "print" &&
    !names.has("print") &&
    argumentOf(node, "file") === undefined
  );
}

/** The part of a module that runs as a program. */
function isProgram(scope: Scope): boolean {
  if (isCommand(scope) || scope.definitions.some(({ name }) => name === "main")) return true;
  return scope.conditions.some(({ test }) =>
    [...within(test)].some((part) => part.kind === "Name" && part.id === "__name__"),
  );
}
