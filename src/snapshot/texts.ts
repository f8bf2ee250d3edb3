import { createHash } from "node:crypto";
import { contentOfText, unreadable } from "./content.ts";
import type { Snapshot } from "./snapshot.ts";

/** A repository that is written down as paths and texts. */
export function textSnapshot(texts: Readonly<Record<string, string>>): Snapshot {
  return {
    repository: { name: "test", visibility: "unknown", owner: "unknown", defaultBranch: null },
    commit: null,
    tree: Object.entries(texts).map(([path, text]) => ({
      path,
      mode: "100644",
      sha: createHash("sha1").update(text).digest("hex"),
      size: Buffer.byteLength(text),
    })),
    complete: true,
    async read(entries, scan) {
      const contentOf = (path: string) =>
        texts[path] === undefined ? unreadable("it is not there") : contentOfText(texts[path]);
      for (const entry of scan?.entries ?? []) scan?.see(entry, contentOf(entry.path));
      return new Map(entries.map(({ path }) => [path, contentOf(path)]));
    },
  };
}
