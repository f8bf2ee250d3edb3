import type { TreeEntry } from "../snapshot/snapshot.ts";
import type { Change } from "./comparison.ts";

/**
 * What happened to the paths between two trees. A file that is gone and one that is new with the same
 * content are one that was renamed; where it changed its folder, others that went the same way and were
 * edited on it are renamed as well.
 */
export function changeBetween(base: readonly TreeEntry[], head: readonly TreeEntry[]): Change {
  const before = new Map(base.map(({ path, sha }) => [path, sha]));
  const after = new Set(head.map(({ path }) => path));
  const gone = base.filter(({ path }) => !after.has(path));
  const fresh = head.filter(({ path }) => !before.has(path));
  const edited = head.filter(({ path, sha }) => before.has(path) && before.get(path) !== sha);
  const renames = sameContent(gone, fresh);
  if (renames.size > 0) alongWith(renames, base, head, gone, fresh);
  return { touched: pathsOf([...fresh, ...edited]), removed: pathsOf(gone), renames };
}

/** New path to old, where the content is the same: of several candidates one with the same name, else the first. */
function sameContent(gone: readonly TreeEntry[], fresh: readonly TreeEntry[]): Map<string, string> {
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  const pair = (key: (entry: TreeEntry) => string): void => {
    const candidates = Map.groupBy(
      gone.filter(({ path }) => !taken.has(path)),
      key,
    );
    for (const entry of fresh) {
      const old = renames.has(entry.path) ? undefined : candidates.get(key(entry))?.shift();
      if (!old) continue;
      renames.set(entry.path, old.path);
      taken.add(old.path);
    }
  };
  pair(({ path, sha }) => `${sha} ${nameOf(path)}`);
  pair(({ sha }) => sha);
  return renames;
}

/** Adds the folders that files changed, where they moved whole, and the files that went with these. */
function alongWith(
  renames: Map<string, string>,
  base: readonly TreeEntry[],
  head: readonly TreeEntry[],
  gone: readonly TreeEntry[],
  fresh: readonly TreeEntry[],
): void {
  const folders = new Map<string, string>();
  for (const [to, from] of renames)
    for (const [folder, old] of foldersOnTheWay(to, from)) if (!folders.has(folder)) folders.set(folder, old);
  const left = new Set(gone.map(({ path }) => path));
  for (const { path } of fresh) {
    const folder = foldersOf(path).find((one) => folders.has(one));
    const old = folder === undefined ? undefined : `${folders.get(folder)}${path.slice(folder.length)}`;
    if (old !== undefined && left.has(old) && !renames.has(path)) renames.set(path, old);
  }
  const before = allFolders(base);
  const after = allFolders(head);
  for (const [folder, old] of folders) if (!before.has(folder) && !after.has(old)) renames.set(folder, old);
}

/** The folders of a file that kept its name, from its own upwards, to the first that has another name. */
function foldersOnTheWay(to: string, from: string): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  const [olds, news] = [foldersOf(from), foldersOf(to)];
  if (nameOf(to) !== nameOf(from)) return [];
  for (const [level, folder] of news.entries()) {
    const old = olds[level];
    if (old === undefined || old === folder) break;
    pairs.push([folder, old]);
    if (nameOf(old) !== nameOf(folder)) break;
  }
  return pairs;
}

function pathsOf(entries: readonly TreeEntry[]): ReadonlySet<string> {
  return new Set(entries.map(({ path }) => path));
}

function allFolders(tree: readonly TreeEntry[]): ReadonlySet<string> {
  return new Set(tree.flatMap(({ path }) => foldersOf(path)));
}

/** The folders above a path, the nearest first. */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.push(path.slice(0, at));
  return folders;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
