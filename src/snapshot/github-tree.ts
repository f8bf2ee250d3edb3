import type { TreeEntry } from "./snapshot.ts";

/** Requests that walking a truncated tree may cost; what is left then is declared incomplete. */
const MAX_WALK = 60;

/** What listing a tree needs of GitHub. */
export interface TreeReader {
  /** The entries of a commit's or tree's tree, below it too when recursive. */
  tree(
    sha: string,
    recursive: boolean,
  ): Promise<{ readonly entries: readonly TreeEntry[]; readonly truncated: boolean }>;
}

/** Every entry of a commit's tree that is no directory, in one request where GitHub can list it whole. */
export async function listTree(
  reader: TreeReader,
  commit: string,
): Promise<{ readonly tree: readonly TreeEntry[]; readonly complete: boolean }> {
  const whole = await reader.tree(commit, true);
  if (!whole.truncated) return { tree: whole.entries.filter(isFile), complete: true };
  const files: TreeEntry[] = [];
  let requests = 0;
  let complete = true;
  const waiting: { readonly sha: string; readonly prefix: string; readonly recursive: boolean }[] = [
    { sha: commit, prefix: "", recursive: false },
  ];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (++requests > MAX_WALK) {
      complete = false;
      break;
    }
    const { entries, truncated } = await reader.tree(next.sha, next.recursive);
    if (next.recursive && truncated) {
      waiting.unshift({ ...next, recursive: false });
      continue;
    }
    complete &&= !truncated;
    for (const entry of entries) {
      const path = `${next.prefix}${entry.path}`;
      if (isFile(entry)) files.push({ ...entry, path });
      else if (!next.recursive) waiting.push({ sha: entry.sha, prefix: `${path}/`, recursive: true });
    }
  }
  return { tree: files, complete };
}

function isFile({ mode }: TreeEntry): boolean {
  return mode !== "040000";
}
