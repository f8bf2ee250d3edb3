import type { FileContent, Snapshot } from "./snapshot.ts";

/** What stands at these paths of a snapshot; those that are not there are left out. */
export async function readPaths(
  snapshot: Snapshot,
  paths: readonly string[],
): Promise<Readonly<Record<string, FileContent>>> {
  const entries = snapshot.tree.filter(({ path }) => paths.includes(path));
  return entries.length === 0 ? {} : Object.fromEntries(await snapshot.read(entries));
}
