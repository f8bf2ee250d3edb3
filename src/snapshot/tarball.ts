import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import type { TreeEntry } from "./snapshot.ts";

/** Bytes that are unpacked at most: an archive that holds more is left there. */
const MAX_UNPACKED = 2_000_000_000;
/** Entries that are looked at at most; GitHub lists no more of a tree than a fifth of them. */
const MAX_FILES = 500_000;

/**
 * The blobs of these entries out of a gzipped tar, one by one. Streamed: nothing touches the disk, and
 * nothing but the file that is handed over is held. Links, devices and files whose content is not the
 * blob's (an archive may substitute keywords) are passed over.
 */
export async function* blobsOfTarball(
  archive: AsyncIterable<Uint8Array>,
  entries: readonly TreeEntry[],
): AsyncGenerator<readonly [entry: TreeEntry, bytes: Uint8Array]> {
  const wanted = new Map(entries.map((entry) => [entry.path, entry]));
  const unpack = extract();
  const fed = pipeline(Readable.from(archive), createGunzip(), unpack);
  // Who reads below learns of it as well; this one would be told too late.
  fed.catch(() => {});
  let unpacked = 0;
  let files = 0;
  for await (const file of unpack) {
    const { name, type, size = 0 } = file.header;
    unpacked += size;
    if (unpacked > MAX_UNPACKED) throw new Error("the archive unpacks to more than 2 GB");
    if (++files > MAX_FILES) throw new Error("the archive holds too many files");
    const entry = wanted.get(name.slice(name.indexOf("/") + 1));
    if (!entry || type !== "file" || (entry.size !== null && entry.size !== size)) {
      file.resume();
      continue;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of file) chunks.push(chunk as Uint8Array);
    const bytes = Buffer.concat(chunks);
    if (isBlob(bytes, entry.sha)) yield [entry, bytes];
  }
  await fed;
}

/** Whether these bytes are the blob with this id, as git counts it. */
function isBlob(bytes: Buffer, id: string): boolean {
  const algorithm = id.length === 64 ? "sha256" : "sha1";
  return createHash(algorithm).update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex") === id;
}
