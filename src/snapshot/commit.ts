import { createHash } from "node:crypto";
import { readFile, readlink, realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  contentOf,
  contentOfText,
  overLimit,
  SCAN_LIMIT,
  scannedContentOf,
  sizeLimit,
  tooLarge,
  unreadable,
} from "./content.ts";
import { git, objectsOf } from "./git.ts";
import { readThroughLinks } from "./links.ts";
import type { FileContent, Scan, Snapshot, TreeEntry } from "./snapshot.ts";

/** A commit that a folder cannot be compared with; the message says why. */
export class UnusableBase extends Error {}

/**
 * A folder of a checkout as it was where its branch left another: the newest commit that both have.
 * Nothing is checked out: git hands out the blobs.
 * @throws UnusableBase when there is no such commit
 */
export async function mergeBaseSnapshot(folder: string, ref: string): Promise<Snapshot> {
  const root = await realpath(folder);
  return commitSnapshot(root, await mergeBaseOf(root, ref));
}

/** A folder of a checkout as its last commit has it; undefined where no commit has any of it. */
export async function headSnapshot(folder: string): Promise<Snapshot | undefined> {
  try {
    const root = await realpath(folder);
    const commit = (await git(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")).trim();
    const snapshot = await commitSnapshot(root, commit);
    return snapshot.tree.length > 0 ? snapshot : undefined;
  } catch {
    return undefined;
  }
}

async function mergeBaseOf(root: string, ref: string): Promise<string> {
  await git(root, "rev-parse", "--git-dir").catch(() => {
    throw new UnusableBase(`${root} is no git checkout: it has nothing to be compared with`);
  });
  const commit = await git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).catch(
    () => {
      throw new UnusableBase(`${ref} is no commit of this checkout; fetch it first (git fetch origin ${ref})`);
    },
  );
  return git(root, "merge-base", commit.trim(), "HEAD").then(
    (base) => base.trim(),
    () => {
      throw new UnusableBase(
        `${ref} and HEAD have no commit in common here; a shallow checkout has to be deepened (git fetch --unshallow)`,
      );
    },
  );
}

async function commitSnapshot(root: string, commit: string): Promise<Snapshot> {
  const tree = treeOf(await git(root, "ls-tree", "-r", "-z", "-l", commit));
  const byPath = new Map(tree.map((entry) => [entry.path, entry]));
  return {
    repository: { name: basename(root), visibility: "unknown", owner: "unknown", defaultBranch: null },
    commit,
    tree,
    complete: true,
    read: (wanted, scan) => readThroughLinks(wanted, byPath, (entries, now) => readBlobs(root, entries, now), scan),
  };
}

function treeOf(listing: string): readonly TreeEntry[] {
  return listing.split("\0").flatMap((line) => {
    const [, mode = "", sha = "", size = "", path] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
    return path === undefined ? [] : [{ path, mode, sha, size: size === "-" ? null : Number(size) }];
  });
}

async function readBlobs(
  root: string,
  entries: readonly TreeEntry[],
  scan?: Scan,
): Promise<ReadonlyMap<string, FileContent>> {
  const contents = new Map<string, FileContent>();
  const waiting = new Map<string, ((bytes: Buffer | undefined) => void)[]>();
  const ask = ({ sha }: TreeEntry, take: (bytes: Buffer | undefined) => void): void => {
    waiting.set(sha, [...(waiting.get(sha) ?? []), take]);
  };
  for (const entry of scan?.entries ?? []) {
    const tell = (content: FileContent): void => scan?.see(entry, content);
    if ((entry.size ?? 0) > SCAN_LIMIT) tell(overLimit(entry.size ?? 0, SCAN_LIMIT));
    else ask(entry, (bytes) => tell(bytes ? scannedContentOf(bytes) : NOT_THERE));
  }
  for (const entry of entries) {
    const { path, mode, size } = entry;
    if ((size ?? 0) > sizeLimit(path)) contents.set(path, tooLarge(path, size ?? 0));
    else ask(entry, (bytes) => contents.set(path, bytes ? contentOfBlob(path, mode, bytes) : NOT_THERE));
  }
  for await (const [sha, bytes] of objectsOf(root, [...waiting.keys()]))
    for (const take of waiting.get(sha) ?? []) take(bytes);
  return contents;
}

const NOT_THERE = unreadable("git does not have it here");

function contentOfBlob(path: string, mode: string, bytes: Buffer): FileContent {
  return mode === "120000" ? contentOfText(bytes.toString("utf8")) : contentOf(path, bytes);
}

/**
 * The folder with git's ids for the files that may be the same as at another commit: by them a file that
 * did not change is known, and one that only has another name.
 */
export async function withBlobIds(folder: string, snapshot: Snapshot, other: Snapshot): Promise<Snapshot> {
  const root = await realpath(folder);
  const sizes = new Set(other.tree.map(({ size }) => size));
  const algorithm = other.tree.some(({ sha }) => sha.length === 64) ? "sha256" : "sha1";
  const tree: TreeEntry[] = [];
  for (const entry of snapshot.tree) {
    const isComparable = entry.mode !== "160000" && sizes.has(entry.size) && (entry.size ?? 0) <= SCAN_LIMIT;
    const bytes = isComparable ? await bytesOf(join(root, entry.path), entry.mode).catch(() => undefined) : undefined;
    tree.push(bytes ? { ...entry, sha: idOf(bytes, algorithm) } : entry);
  }
  return { ...snapshot, tree };
}

async function bytesOf(path: string, mode: string): Promise<Buffer> {
  return mode === "120000" ? Buffer.from(await readlink(path)) : readFile(path);
}

/** The id of a blob, as git counts it. */
function idOf(bytes: Buffer, algorithm: string): string {
  return createHash(algorithm).update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}
