import type { Module } from "./syntax.ts";

const known = new WeakMap<Module, ReadonlyMap<number, string>>();

/** True where the authors silenced a rule of a peer on this line, as `# noqa: S301` and `# nosec` do: they have weighed it. */
export function isSilenced(module: Module, line: number, codes: RegExp): boolean {
  const comments = known.get(module) ?? new Map(module.comments.map((comment) => [comment.line, comment.text]));
  known.set(module, comments);
  const text = comments.get(line);
  if (text === undefined) return false;
  const noqa = /#\s*noqa(?::([^#]*))?/i.exec(text);
  if (noqa) return noqa[1] === undefined || codes.test(noqa[1]);
  const pylint = /#\s*pylint:\s*disable=([^#]*)/i.exec(text);
  if (pylint) return codes.test(pylint[1] ?? "");
  return /#\s*(nosec|nosemgrep)\b/i.test(text);
}
