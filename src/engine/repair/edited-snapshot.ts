import { createHash } from "node:crypto";
import type { FileContent, Snapshot, TreeEntry } from "../../snapshot/snapshot.ts";

/** A file as a repair leaves it. */
export interface FileChange {
  readonly path: string;
  /** Null for a file that the repair creates. */
  readonly before: string | null;
  readonly after: string;
}

/** The snapshot as it is after these changes, held in memory. */
export function editedSnapshot(snapshot: Snapshot, changes: readonly FileChange[]): Snapshot {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const created = changes.filter(({ before }) => before === null).map((change) => entryOf(change, "100644"));
  const tree = snapshot.tree.map((entry) => {
    const change = changed.get(entry.path);
    return change ? entryOf(change, entry.mode) : entry;
  });
  const contentOf = (path: string): FileContent | undefined => {
    const change = changed.get(path);
    return change && { kind: "text", text: change.after };
  };
  return {
    ...snapshot,
    commit: null,
    tree: [...tree, ...created].sort((a, b) => (a.path < b.path ? -1 : 1)),
    async read(entries, scan) {
      const isUntouched = ({ path }: TreeEntry): boolean => !changed.has(path);
      for (const entry of scan?.entries ?? []) {
        const content = contentOf(entry.path);
        if (content) scan?.see(entry, content);
      }
      const others = scan && { entries: scan.entries.filter(isUntouched), see: scan.see.bind(scan) };
      const contents = new Map(await snapshot.read(entries.filter(isUntouched), others));
      for (const { path } of entries) {
        const content = contentOf(path);
        if (content) contents.set(path, content);
      }
      return contents;
    },
  };
}

function entryOf({ path, after }: FileChange, mode: string): TreeEntry {
  const bytes = Buffer.from(after);
  const sha = createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
  return { path, mode, sha, size: bytes.byteLength };
}
