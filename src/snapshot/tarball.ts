import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { contentOf } from "./content.ts";
import type { FileContent, TreeEntry } from "./snapshot.ts";

/** Bytes that are unpacked at most: an archive that holds more is left there. */
const MAX_UNPACKED = 2_000_000_000;

/**
 * The contents of these entries out of a gzipped tar, by blob id. Streamed: nothing touches the disk,
 * and nothing but what was asked for is kept. Links, devices and files of another size are passed over.
 */
export async function contentsOfTarball(
  archive: AsyncIterable<Uint8Array>,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, FileContent>> {
  const wanted = new Map(entries.map((entry) => [entry.path, entry]));
  const contents = new Map<string, FileContent>();
  const unpack = extract();
  const done = (async () => {
    let unpacked = 0;
    for await (const file of unpack) {
      const { name, type, size = 0 } = file.header;
      unpacked += size;
      if (unpacked > MAX_UNPACKED) throw new Error("the archive unpacks to more than 2 GB");
      const entry = wanted.get(name.slice(name.indexOf("/") + 1));
      if (!entry || type !== "file" || (entry.size !== null && entry.size !== size)) {
        file.resume();
        continue;
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of file) chunks.push(chunk as Uint8Array);
      contents.set(entry.sha, contentOf(entry.path, Buffer.concat(chunks)));
    }
  })();
  await Promise.all([done, pipeline(Readable.from(archive), createGunzip(), unpack)]);
  return contents;
}
