import { LRUCache } from "lru-cache";
import { contentOf, contentOfText, sizeLimit, tooLarge, unreadable } from "./content.ts";
import { listTree, type TreeReader } from "./github-tree.ts";
import { readThroughLinks } from "./links.ts";
import type { FileContent, RepositoryInfo, Snapshot, TreeEntry } from "./snapshot.ts";
import { contentsOfTarball } from "./tarball.ts";

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

const BATCH_BLOBS = 100;
const BATCH_BYTES = 2_000_000;
/** From this many missing files on, one tarball costs less than batches. */
const TARBALL_FROM = 300;
/** So few files in a later round cost no more one by one, and keep GraphQL's budget. */
const ONE_BY_ONE = 2;

/**
 * A repository at one commit, read through GitHub's API: the tree in one request, files in batches.
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
  let batches = 0;

  async function readBlobs(entries: readonly TreeEntry[]): Promise<ReadonlyMap<string, FileContent>> {
    const contents = new Map<string, FileContent>();
    const missing = new Map<string, TreeEntry>();
    for (const entry of entries) {
      const known =
        entry.size !== null && entry.size > sizeLimit(entry.path)
          ? tooLarge(entry.path, entry.size)
          : cache.blobs.get(entry.sha);
      if (known) contents.set(entry.path, known);
      else missing.set(entry.sha, entry);
    }
    const fetched = await fetchBlobs([...missing.values()]);
    for (const [sha, content] of fetched) cache.blobs.set(sha, content, { size: sizeOf(content) });
    for (const { path, sha } of entries) {
      if (!contents.has(path)) contents.set(path, fetched.get(sha) ?? unreadable("GitHub does not have it"));
    }
    return contents;
  }

  async function fetchBlobs(entries: readonly TreeEntry[]): Promise<ReadonlyMap<string, FileContent>> {
    if (entries.length > TARBALL_FROM)
      return withoutGaps(entries, await contentsOfTarball(await reader.tarball(commit), entries));
    if (batches > 0 && entries.length <= ONE_BY_ONE) return fetchOneByOne(entries);
    const contents = new Map<string, FileContent>();
    for (const batch of batchesOf(entries)) {
      batches++;
      for (const [sha, content] of await fetchBatch(batch)) contents.set(sha, content);
    }
    return contents;
  }

  /** A tarball leaves out what `.gitattributes` tells it to: the rest is asked for. */
  async function withoutGaps(entries: readonly TreeEntry[], found: ReadonlyMap<string, FileContent>) {
    const contents = new Map(found);
    for (const batch of batchesOf(entries.filter(({ sha }) => !contents.has(sha)))) {
      for (const [sha, content] of await fetchBatch(batch)) contents.set(sha, content);
    }
    return contents;
  }

  async function fetchBatch(entries: readonly TreeEntry[]): Promise<ReadonlyMap<string, FileContent>> {
    const answers = await reader.blobs(entries.map(({ sha }) => sha));
    const contents = new Map<string, FileContent>();
    const unclear: TreeEntry[] = [];
    for (const entry of entries) {
      const answer = answers.get(entry.sha);
      if (answer?.isBinary === true) contents.set(entry.sha, unreadable("it is binary"));
      else if (answer?.text != null && !answer.isTruncated && !answer.text.includes("\uFFFD"))
        contents.set(entry.sha, contentOfText(answer.text));
      else if (answer) unclear.push(entry);
    }
    return new Map([...contents, ...(await fetchOneByOne(unclear))]);
  }

  async function fetchOneByOne(entries: readonly TreeEntry[]): Promise<ReadonlyMap<string, FileContent>> {
    const contents = new Map<string, FileContent>();
    for (const { path, sha } of entries) contents.set(sha, contentOf(path, await reader.blob(sha)));
    return contents;
  }

  return {
    repository,
    commit,
    tree: listed.tree,
    complete: listed.complete,
    read: (entries) => readThroughLinks(entries, byPath, readBlobs),
  };
}

function batchesOf(entries: readonly TreeEntry[]): readonly (readonly TreeEntry[])[] {
  const batches: TreeEntry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const size = entry.size ?? 0;
    const current = batches.at(-1);
    if (!current || current.length >= BATCH_BLOBS || bytes + size > BATCH_BYTES) {
      batches.push([entry]);
      bytes = size;
    } else {
      current.push(entry);
      bytes += size;
    }
  }
  return batches;
}

function sizeOf(content: FileContent): number {
  return (content.kind === "text" ? content.text.length : 0) + 100;
}
