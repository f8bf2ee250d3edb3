import { LRUCache } from "lru-cache";
import {
  BINARY,
  contentOf,
  contentOfText,
  overLimit,
  SCAN_LIMIT,
  scannedContentOf,
  sizeLimit,
  tooLarge,
  unreadable,
} from "./content.ts";
import { type Blob, createBlobFetcher } from "./github-blobs.ts";
import { listTree, type TreeReader } from "./github-tree.ts";
import { readThroughLinks } from "./links.ts";
import type { FileContent, RepositoryInfo, Scan, Snapshot, TreeEntry } from "./snapshot.ts";

/** What a batch query says of one blob. */
export interface BlobAnswer {
  /** Null for binary content. */
  readonly text: string | null;
  readonly isBinary: boolean | null;
  /** True when GitHub cut the text. */
  readonly isTruncated: boolean;
}

/** What a snapshot needs of GitHub; `src/github/` implements it. */
export interface RepositoryReader extends TreeReader {
  /** Many blobs in one request, by id; an id that is not there is absent. */
  blobs(shas: readonly string[]): Promise<ReadonlyMap<string, BlobAnswer>>;
  blob(sha: string): Promise<Uint8Array>;
  /** The commit's files as tar, gzipped, as a stream. */
  tarball(sha: string): Promise<AsyncIterable<Uint8Array>>;
}

/** What is kept between reviews of one tenant. Never share it between installations. */
export interface SnapshotCache {
  readonly trees: LRUCache<string, { readonly tree: readonly TreeEntry[]; readonly complete: boolean }>;
  readonly blobs: LRUCache<string, FileContent>;
}

export function createSnapshotCache(): SnapshotCache {
  return { trees: new LRUCache({ maxSize: 400_000 }), blobs: new LRUCache({ maxSize: 48_000_000 }) };
}

/** Bytes of a tree that is scanned at most: an archive of more is not asked for. */
const SCANNED_BYTES = 1_500_000_000;

/**
 * A repository at one commit, read through GitHub's API: the tree in one request, files in batches or
 * out of one archive.
 * @throws when GitHub fails; the review is then tried again, never judged as empty.
 */
export async function githubSnapshot(
  reader: RepositoryReader,
  repository: RepositoryInfo,
  commit: string,
  cache: SnapshotCache = createSnapshotCache(),
): Promise<Snapshot> {
  const listed = cache.trees.get(commit) ?? (await listTree(reader, commit));
  if (listed.complete) cache.trees.set(commit, listed, { size: listed.tree.length + 1 });
  const byPath = new Map(listed.tree.map((entry) => [entry.path, entry]));
  const isTooMuch = listed.tree.reduce((sum, { size }) => sum + (size ?? 0), 0) > SCANNED_BYTES;
  const fetch = createBlobFetcher(reader, commit);

  async function readBlobs(
    entries: readonly TreeEntry[],
    scan: Scan = NO_SCAN,
  ): Promise<ReadonlyMap<string, FileContent>> {
    const contents = new Map<string, FileContent>();
    const held = new Map<string, TreeEntry>();
    for (const entry of entries) {
      const known =
        entry.size !== null && entry.size > sizeLimit(entry.path)
          ? tooLarge(entry.path, entry.size)
          : cache.blobs.get(entry.sha);
      if (known) contents.set(entry.path, known);
      else held.set(entry.sha, entry);
    }
    const scanned = Map.groupBy(toScan(scan), ({ sha }) => sha);
    const passing = [...scanned].flatMap(([sha, [entry]]) => (entry && !held.has(sha) ? [entry] : []));
    const fetched = new Map<string, FileContent>();
    for await (const [sha, blob] of fetch({ held: [...held.values()], scanned: passing })) {
      const entry = held.get(sha);
      if (entry) fetched.set(sha, contentOfBlob(entry.path, blob));
      for (const one of scanned.get(sha) ?? []) scan.see(one, scannedContentOfBlob(blob));
      scanned.delete(sha);
    }
    for (const one of [...scanned.values()].flat()) scan.see(one, unreadable("GitHub does not hand it out"));
    for (const [sha, content] of fetched) cache.blobs.set(sha, content, { size: sizeOf(content) });
    for (const { path, sha } of entries) {
      if (!contents.has(path)) contents.set(path, fetched.get(sha) ?? unreadable("GitHub does not have it"));
    }
    return contents;
  }

  /** What has to be fetched for a scan; of the rest it is told at once. */
  function toScan({ entries, see }: Scan): readonly TreeEntry[] {
    return entries.filter((entry) => {
      const known = knownOf(entry);
      if (known) see(entry, known);
      return known === undefined;
    });
  }

  function knownOf({ sha, size }: TreeEntry): FileContent | undefined {
    if (isTooMuch) return unreadable("the repository is too large to be scanned");
    if (size !== null && size > SCAN_LIMIT) return overLimit(size, SCAN_LIMIT);
    const held = cache.blobs.get(sha);
    return held?.kind === "text" || (held?.kind === "unreadable" && held.binary) ? held : undefined;
  }

  return {
    repository,
    commit,
    tree: listed.tree,
    complete: listed.complete,
    read: (entries, scan) => readThroughLinks(entries, byPath, readBlobs, scan),
  };
}

const NO_SCAN: Scan = { entries: [], see: () => {} };

function contentOfBlob(path: string, blob: Blob): FileContent {
  if (blob === "binary") return BINARY;
  return "text" in blob ? contentOfText(blob.text) : contentOf(path, blob.bytes);
}

function scannedContentOfBlob(blob: Blob): FileContent {
  if (blob === "binary") return BINARY;
  return "text" in blob ? { kind: "text", text: blob.text } : scannedContentOf(blob.bytes);
}

function sizeOf(content: FileContent): number {
  return (content.kind === "text" ? content.text.length : 0) + 100;
}
