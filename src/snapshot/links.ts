import { posix } from "node:path";
import { unreadable } from "./content.ts";
import type { FileContent, Scan, TreeEntry } from "./snapshot.ts";

/** Links that lead to links, at most. */
const MAX_HOPS = 5;

/**
 * The contents of entries, where a symbolic link has the content of the file that it leads to. Links
 * out of the repository, in circles, or to what is no file are unreadable. A scan goes with the first reading.
 */
export async function readThroughLinks(
  entries: readonly TreeEntry[],
  tree: ReadonlyMap<string, TreeEntry>,
  read: (entries: readonly TreeEntry[], scan?: Scan) => Promise<ReadonlyMap<string, FileContent>>,
  scan?: Scan,
): Promise<ReadonlyMap<string, FileContent>> {
  const contents = new Map<string, FileContent>();
  let waiting = entries.map((entry) => ({ asked: entry.path, entry }));
  for (let hop = 0; (waiting.length > 0 && hop <= MAX_HOPS) || (hop === 0 && scan); hop++) {
    const submodules = waiting.filter(({ entry }) => entry.mode === "160000");
    for (const { asked } of submodules) contents.set(asked, unreadable("it is a submodule"));
    const files = waiting.filter(({ entry }) => entry.mode !== "160000");
    const found = await read(
      files.map(({ entry }) => entry),
      hop === 0 ? scan : undefined,
    );
    waiting = files.flatMap(({ asked, entry }) => {
      const content = found.get(entry.path) ?? unreadable("the source did not return it");
      if (entry.mode !== "120000" || content.kind !== "text") {
        contents.set(asked, content);
        return [];
      }
      const target = targetOf(entry.path, content.text, tree);
      if (target) return [{ asked, entry: target }];
      contents.set(asked, unreadable("it is a link to no file of the repository"));
      return [];
    });
  }
  for (const { asked } of waiting) contents.set(asked, unreadable("it is a link that leads in a circle"));
  return contents;
}

function targetOf(path: string, link: string, tree: ReadonlyMap<string, TreeEntry>): TreeEntry | undefined {
  if (link.startsWith("/")) return undefined;
  return tree.get(posix.normalize(posix.join(posix.dirname(path), link)));
}
