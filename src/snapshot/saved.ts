import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { contentOfText, unreadable } from "./content.ts";
import { readThroughLinks } from "./links.ts";
import type { FileContent, Snapshot, TreeEntry } from "./snapshot.ts";

/** Most bytes of a saved snapshot, unpacked. */
const LIMIT = 512_000_000;

/** The saved form: one JSON object, gzipped or not. */
interface SavedSnapshot {
  readonly repository: string;
  readonly commit: string | null;
  readonly defaultBranch?: string | null;
  readonly tree: readonly (TreeEntry & { readonly type: string })[];
  /** Texts by path; a path of the tree that is missing here cannot be read. */
  readonly files: Readonly<Record<string, string>>;
  readonly export?: { readonly truncatedFiles?: readonly string[] };
}

/**
 * A snapshot saved as one JSON file, gzipped or plain.
 * @throws when the file cannot be read or is no snapshot; the message names it.
 */
export async function readSavedSnapshot(path: string): Promise<Snapshot> {
  const bytes = await readFile(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const saved = JSON.parse(
    (isGzip ? gunzipSync(bytes, { maxOutputLength: LIMIT }) : bytes).toString("utf8"),
  ) as SavedSnapshot;
  const truncated = new Set(saved.export?.truncatedFiles ?? []);
  const read = (entry: TreeEntry): FileContent => {
    const text = Object.hasOwn(saved.files, entry.path) ? saved.files[entry.path] : undefined;
    if (text === undefined) return unreadable("its text is not in the snapshot");
    const content = contentOfText(text);
    return truncated.has(entry.path) && content.kind === "text" ? { ...content, cut: true } : content;
  };
  const tree = saved.tree.filter(({ type }) => type !== "tree");
  const byPath = new Map(tree.map((entry) => [entry.path, entry]));
  const readAll = async (entries: readonly TreeEntry[]) => new Map(entries.map((entry) => [entry.path, read(entry)]));
  return {
    repository: {
      name: saved.repository,
      visibility: "unknown",
      owner: "unknown",
      defaultBranch: saved.defaultBranch ?? null,
    },
    commit: saved.commit,
    tree,
    complete: true,
    read: (entries) => readThroughLinks(entries, byPath, readAll),
  };
}
