import { facts } from "../facts/index.ts";
import { Tree } from "../facts/tree.ts";
import type { FileContent, Scan, Snapshot, TreeEntry } from "../snapshot/snapshot.ts";

const noTree = new Tree([]);

/** True for a file that can silence findings in others: what is vendored or generated, and what scanners pass over. */
export function silences(path: string): boolean {
  return [facts.attributes, facts.secretAllowlists, facts.ignoredAdvisories].some((fact) => fact.reads(path, noTree));
}

/**
 * The head with those files that can silence findings as they stand at the base: what a change does to them
 * holds after the merge, and never for itself.
 */
export function trusted(head: Snapshot, base: Snapshot): Snapshot {
  const ofBase = base.tree.filter(({ path }) => silences(path));
  const ofHead = head.tree.filter(({ path }) => silences(path));
  if (!base.complete || isSame(ofBase, ofHead)) return head;
  const source = (path: string): Snapshot => (silences(path) ? base : head);
  return {
    ...head,
    tree: [...head.tree.filter(({ path }) => !silences(path)), ...ofBase].sort((a, b) => (a.path < b.path ? -1 : 1)),
    async read(entries, scan) {
      const contents = new Map<string, FileContent>();
      for (const from of [head, base]) {
        const own = <One extends TreeEntry>(all: readonly One[]) => all.filter(({ path }) => source(path) === from);
        const scanned: Scan | undefined = scan && { ...scan, entries: own(scan.entries) };
        const asked = own(entries);
        if (asked.length === 0 && !scanned?.entries.length) continue;
        for (const [path, content] of await from.read(asked, scanned)) contents.set(path, content);
      }
      return contents;
    },
  };
}

function isSame(a: readonly TreeEntry[], b: readonly TreeEntry[]): boolean {
  const shas = new Map(a.map(({ path, sha }) => [path, sha]));
  return a.length === b.length && b.every(({ path, sha }) => shas.get(path) === sha);
}
