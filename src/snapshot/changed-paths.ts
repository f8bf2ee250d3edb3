import type { TreeEntry } from "./snapshot.ts";

/** Paths that are new or hold something else than before; what was deleted is not there to be read. */
export function changedPaths(before: readonly TreeEntry[], after: readonly TreeEntry[]): ReadonlySet<string> {
  const known = new Map(before.map(({ path, sha }) => [path, sha]));
  return new Set(after.filter(({ path, sha }) => known.get(path) !== sha).map(({ path }) => path));
}
