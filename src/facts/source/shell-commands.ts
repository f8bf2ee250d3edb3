import { booleanOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, calledName, namesOf } from "./names.ts";
import { isComposed, valuesOf } from "./origins/values.ts";
import { type Origin, originsOf } from "./origins.ts";
import { isCommand, purposeOf } from "./purpose.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import type { Call, Expression, Module } from "./syntax.ts";
import { callsOf } from "./walk.ts";

/** One command that is given to a shell. */
export interface ShellCommand extends Silenceable {
  /** What runs it: `subprocess.run`. */
  readonly called: string;
  /** Where the parts come from that are not written out; `fixed` where all are. */
  readonly origin: Origin;
  /** True where the command is put together here; false where the whole of it is handed on. */
  readonly isComposed: boolean;
  /** True in what only those who build and operate run. */
  readonly isTooling: boolean;
}

const MENTION = /shell|os\.system|popen|getoutput|getstatusoutput|exec_command|from os import/;
const SUBPROCESS = /^subprocess\.(run|call|check_call|check_output|Popen)$/;
const ALWAYS_SHELL =
  /^(os\.(system|popen)|subprocess\.(getoutput|getstatusoutput)|asyncio\.(subprocess\.)?create_subprocess_shell)$/;
const QUOTES = /^(shlex|pipes)\.(quote|join)$|^subprocess\.list2cmdline$|(^|[._])(shell_?)?(quote|escape)$/;
/** What peers call it, as comments silence it. */
const PEERS = /\bS60[2457]\b/;

/** What a file gives to a shell. */
export function readShellCommands(module: Module): readonly ShellCommand[] {
  if (!mentions(module, MENTION)) return [];
  const names = namesOf(module);
  const originOf = originsOf(module, (called) => QUOTES.test(called));
  const isTooling =
    purposeOf(module.path) !== "production" ||
    [...names.values()].some((name) => /^(invoke|fabric|nox|setuptools)(\.|$)/.test(name));
  return [...callsOf(module)].flatMap(({ node, scope }) => {
    const called = calledName(node, names) ?? "";
    const command = commandOf(node, called, names.has("paramiko"));
    if (!command) return [];
    return [
      {
        line: node.line,
        isSilenced: isSilenced(module, node.line, PEERS),
        called: called.endsWith(".exec_command") ? "exec_command" : called,
        origin: originOf(command, scope),
        isComposed: valuesOf(command, scope, module).some(isComposed),
        isTooling: isTooling || isCommand(scope),
      },
    ];
  });
}

function commandOf(node: Call, called: string, usesParamiko: boolean): Expression | undefined {
  const isShell = ALWAYS_SHELL.test(called) || (SUBPROCESS.test(called) && booleanOf(argumentOf(node, "shell")));
  const isRemote = usesParamiko && called.endsWith(".exec_command");
  if (!isShell && !isRemote) return undefined;
  return argumentOf(node, "args", 0) ?? argumentOf(node, "cmd", 0) ?? argumentOf(node, "command", 0);
}
