import type { Silenced } from "../fact.ts";
import type { Module } from "./syntax.ts";

/** What somebody may have told a peer to pass over. */
export interface Silenceable {
  /** One-based. */
  readonly line: number;
  /** True where a comment on one of its lines silences a rule of a peer that asks the same. */
  readonly isSilenced: boolean;
}

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

/** What was found in a file and is not silenced, with its path. */
export function standing<Found extends Silenceable>(
  { path, parsed }: { readonly path: string; readonly parsed: readonly Found[] },
  silenced: Silenced,
): readonly (Omit<Found, "isSilenced"> & { readonly path: string })[] {
  return parsed
    .filter(({ line, isSilenced }) => !(isSilenced && silenced({ path, line }, "place")))
    .map(({ isSilenced: _, ...found }) => ({ path, ...found }));
}
