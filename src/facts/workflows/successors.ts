import type { ActionReference } from "./model.ts";
import { BROKEN_ACTIONS, FIRST_ON_NODE_20, RAISED_ALONE } from "./retirements.ts";

/** What of a line to write instead of what. */
export interface Successor {
  readonly piece: string;
  readonly by: string;
}

/** The files that took the place of workflow commands. */
const FILES: Readonly<Record<string, string>> = {
  "set-output": "GITHUB_OUTPUT",
  "save-state": "GITHUB_STATE",
  "set-env": "GITHUB_ENV",
  "add-path": "GITHUB_PATH",
};
const COMMAND = /^echo (["']?)::(set-output|save-state|set-env|add-path)(?: name=([\w-]+))?::([^"'`%;&|<>\\]*)\1$/;

/** The first version of an action that works, where the number is all that changes; a commit is looked up by people. */
export function raised(uses: Extract<ActionReference, { kind: "remote" }>): Successor | undefined {
  const name = `${uses.owner}/${uses.repository}`.toLowerCase();
  const major = BROKEN_ACTIONS[name]?.below ?? FIRST_ON_NODE_20[name];
  const first = Math.max(major ?? 0, FIRST_ON_NODE_20[name] ?? 0);
  if (first === 0 || !RAISED_ALONE.has(name) || !/^v\d+(\.\d+)*$/.test(uses.ref ?? "")) return undefined;
  return { piece: uses.text, by: `${uses.text.split("@")[0]}@v${first}` };
}

/** The line of a script at this offset, with a file in place of the command; undefined for more than a plain echo. */
export function fileCommand(script: string, offset: number): Successor | undefined {
  const start = script.lastIndexOf("\n", offset) + 1;
  const end = script.indexOf("\n", offset);
  const piece = script.slice(start, end < 0 ? script.length : end).trim();
  const [, quote = "", command = "", name, value = ""] = COMMAND.exec(piece) ?? [];
  const file = FILES[command];
  if (!file || (name === undefined) !== (command === "add-path")) return undefined;
  return { piece, by: `echo ${quote}${name === undefined ? "" : `${name}=`}${value}${quote} >> "$${file}"` };
}
