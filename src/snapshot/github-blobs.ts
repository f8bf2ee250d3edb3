import type { BlobAnswer, RepositoryReader } from "./github.ts";
import type { TreeEntry } from "./snapshot.ts";
import { blobsOfTarball } from "./tarball.ts";

/** A blob as GitHub hands it out. */
export type Blob = { readonly bytes: Uint8Array } | { readonly text: string } | "binary";

const BATCH_BLOBS = 100;
const BATCH_BYTES = 2_000_000;
/** From this many missing files on, one tarball costs less than batches. */
const TARBALL_FROM = 300;
/** So few files in a later round cost no more one by one, and keep GraphQL's budget. */
const ONE_BY_ONE = 2;
/** Files to scan that a tarball left out, and that are asked for all the same. */
const MAX_GAPS = 100;

/** What is to be fetched: files to hold, and others to be looked at as they go by. */
export interface Wanted {
  /** Their bytes are asked for where GitHub's text of them is not faithful. */
  readonly held: readonly TreeEntry[];
  readonly scanned: readonly TreeEntry[];
}

/** Fetches the blobs of one commit in as few requests as there may be. */
export function createBlobFetcher(reader: RepositoryReader, commit: string) {
  let batches = 0;

  /** One by one, in any order; what GitHub does not have is left out. */
  async function* fetch({ held, scanned }: Wanted): AsyncGenerator<readonly [sha: string, blob: Blob]> {
    const all = [...held, ...scanned];
    const needsBytes = new Set(held.map(({ sha }) => sha));
    const inOneBatch = batchesOf(all).length <= 1;
    if (all.length > TARBALL_FROM || (scanned.length > 0 && !inOneBatch)) {
      const open = new Map(all.map((entry) => [entry.sha, entry]));
      for await (const [{ sha }, bytes] of blobsOfTarball(await reader.tarball(commit), all)) {
        open.delete(sha);
        yield [sha, { bytes }];
      }
      yield* inBatches(gapsOf([...open.values()], needsBytes), needsBytes);
    } else if (batches > 0 && all.length <= ONE_BY_ONE) yield* oneByOne(all);
    else yield* inBatches(all, needsBytes);
  }

  async function* inBatches(entries: readonly TreeEntry[], needsBytes: ReadonlySet<string>) {
    for (const batch of batchesOf(entries)) {
      batches++;
      const answers = await reader.blobs(batch.map(({ sha }) => sha));
      for (const entry of batch) {
        const answer = answers.get(entry.sha);
        if (answer === undefined) continue;
        const blob = blobOf(answer, needsBytes.has(entry.sha));
        if (blob === undefined) yield* oneByOne([entry]);
        else yield [entry.sha, blob] as const;
      }
    }
  }

  async function* oneByOne(entries: readonly TreeEntry[]) {
    for (const { sha } of entries) yield [sha, { bytes: await reader.blob(sha) }] as const;
  }

  return fetch;
}

/** What a tarball left out, as `.gitattributes` may tell it to: what is held, and of the rest a bounded part. */
function gapsOf(open: readonly TreeEntry[], needsBytes: ReadonlySet<string>): readonly TreeEntry[] {
  const held = open.filter(({ sha }) => needsBytes.has(sha));
  return [...held, ...open.filter(({ sha }) => !needsBytes.has(sha)).slice(0, MAX_GAPS)];
}

/** Undefined where the answer is not enough. */
function blobOf({ text, isBinary, isTruncated }: BlobAnswer, needsBytes: boolean): Blob | undefined {
  if (isBinary === true) return "binary";
  if (text === null || isTruncated) return undefined;
  return needsBytes && text.includes("\uFFFD") ? undefined : { text };
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
