import type { ShellCommand } from "./shell.ts";

/** Where a step keeps what later steps look at. */
const KEPT = /GITHUB_(OUTPUT|ENV|STATE)/;

/** Commands that are looked at behind one: no line has more. */
const MAX_LIST = 100;

/** How the failure of a command is thrown away by what stands behind it: `pytest && mypy || true`. */
export function maskOf(parts: readonly ShellCommand[], index: number): string | undefined {
  let last = index;
  while (last < index + MAX_LIST && /^(&&|\|)$/.test(parts[last]?.joinedBy ?? "")) last++;
  if (parts[last]?.joinedBy !== "||") return undefined;
  const [next, ...after] = listFrom(parts, last + 1);
  const [program = "", argument] = next?.words ?? [];
  if (program === "exit") return argument === "0" ? "|| exit 0" : undefined;
  if (!/^(true|:|echo|printf)$/.test(program)) return undefined;
  // What is said first, and then fails, or is kept for a later step to fail on, masks nothing.
  const failsLater = after.some(({ words }) => /^(exit|return|false)$/.test(words[0] ?? "") && words[1] !== "0");
  const isKept =
    next?.redirects.some((target) => KEPT.test(target)) || next?.words.some((word) => /::set-output/.test(word));
  return failsLater || isKept ? undefined : `|| ${program}`;
}

/** The commands of a list, up to the end of its line or group. */
function listFrom(parts: readonly ShellCommand[], start: number): readonly ShellCommand[] {
  let end = start;
  while (end < start + MAX_LIST && /^(&&|;)$/.test(parts[end]?.joinedBy ?? "")) end++;
  return parts.slice(start, end + 1);
}
