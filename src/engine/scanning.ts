import type { AnyFact } from "../facts/fact.ts";
import type { ParseCache, ParseResult } from "../facts/parse-cache.ts";
import type { Tree } from "../facts/tree.ts";
import type { Scan, Snapshot, TreeEntry } from "../snapshot/snapshot.ts";
import { type FactNames, nameOf } from "./fact-names.ts";
import type { Harvest } from "./gather.ts";

/** What is kept of a scanned file is small, whatever its size. */
const KEPT = 0;

/**
 * Lets facts look at the files that they scan while these go by, and fills their harvests. What was found
 * in a blob before is known by its id, so that a later review looks only at what changed.
 * @returns undefined where nothing is left to look at.
 */
export function scanOf(
  harvests: ReadonlyMap<AnyFact, Harvest>,
  snapshot: Snapshot,
  tree: Tree,
  names: FactNames,
  cache: ParseCache,
): Scan | undefined {
  const scanning = [...harvests].filter(([{ scans }]) => scans !== undefined);
  const open = new Map<string, (readonly [AnyFact, Harvest])[]>();
  for (const entry of snapshot.tree.filter(({ mode }) => mode.startsWith("100"))) {
    const waiting = scanning.filter(([fact, harvest]) => {
      if (!fact.scans?.(entry.path, tree)) return false;
      const known = cache.get(nameOf(fact, names), entry.path, entry.sha);
      if (known) put(harvest, entry, known);
      return known === undefined;
    });
    if (waiting.length > 0) open.set(entry.path, waiting);
  }
  if (open.size === 0) return undefined;
  return {
    entries: snapshot.tree.filter(({ path }) => open.has(path)),
    see(entry, content) {
      for (const [fact, harvest] of open.get(entry.path) ?? []) {
        if (content.kind === "unreadable" && !content.binary) {
          harvest.unread.set(entry.path, content.reason);
          continue;
        }
        const cut = content.kind === "text" && content.cut === true;
        const file = { path: entry.path, text: content.kind === "text" ? content.text : "", cut };
        put(harvest, entry, cache.parse(nameOf(fact, names), fact, file, cut ? `${entry.sha} cut` : entry.sha, KEPT));
      }
    },
  };
}

function put({ files, unread }: Harvest, { path }: TreeEntry, result: ParseResult): void {
  if ("problem" in result) unread.set(path, result.problem);
  else files.set(path, result.parsed);
}
