import { readFile, writeFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { contentOfText, unreadable } from "./content.ts";
import { readThroughLinks } from "./links.ts";
import type { FileContent, Scan, Snapshot, TreeEntry } from "./snapshot.ts";

/** Most bytes of a saved snapshot, unpacked. */
const LIMIT = 512_000_000;

/** The saved form: one JSON object, gzipped or not. */
interface SavedSnapshot {
  readonly repository: string;
  readonly commit: string | null;
  readonly defaultBranch: string | null;
  readonly tree: readonly (TreeEntry & { readonly type: string })[];
  /** Texts by path; a path of the tree that is missing here cannot be read. */
  readonly files: Readonly<Record<string, string>>;
  readonly truncatedFiles: readonly string[];
  readonly complete: boolean;
}

/** A file that is no saved snapshot; the message names it. */
export class UnusableSnapshot extends Error {}

/**
 * A snapshot saved as one JSON file, gzipped or plain.
 * @throws UnusableSnapshot when the file cannot be read or holds no snapshot.
 */
export async function readSavedSnapshot(path: string): Promise<Snapshot> {
  const saved = parseSaved(path, await bytesOf(path));
  const truncated = new Set(saved.truncatedFiles);
  const readOne = (entry: TreeEntry): FileContent => {
    const text = Object.hasOwn(saved.files, entry.path) ? saved.files[entry.path] : undefined;
    if (text === undefined) return unreadable("its text is not in the snapshot");
    const content = contentOfText(text);
    return truncated.has(entry.path) && content.kind === "text" ? { ...content, cut: true } : content;
  };
  const tree = saved.tree.filter(({ type }) => type !== "tree");
  const byPath = new Map(tree.map((entry) => [entry.path, entry]));
  const read = async (entries: readonly TreeEntry[], scan?: Scan) => {
    for (const entry of scan?.entries ?? []) scan?.see(entry, readOne(entry));
    return new Map(entries.map((entry) => [entry.path, readOne(entry)]));
  };
  return {
    repository: { name: saved.repository, visibility: "unknown", owner: "unknown", defaultBranch: saved.defaultBranch },
    commit: saved.commit,
    tree,
    complete: saved.complete,
    read: (entries, scan) => readThroughLinks(entries, byPath, read, scan),
  };
}

/** A snapshot that remembers what is read of it, so that it can be saved with exactly that; not what is only scanned. */
export function recorded(snapshot: Snapshot): { readonly snapshot: Snapshot; save(path: string): Promise<void> } {
  const files: Record<string, string> = {};
  const truncatedFiles: string[] = [];
  return {
    snapshot: {
      ...snapshot,
      async read(entries, scan) {
        const contents = await snapshot.read(entries, scan);
        for (const [path, content] of contents) {
          if (content.kind !== "text") continue;
          files[path] = content.text;
          if (content.cut) truncatedFiles.push(path);
        }
        return contents;
      },
    },
    async save(path) {
      const { repository, commit, tree, complete } = snapshot;
      const typed = tree.map((entry) => ({
        ...entry,
        // A link was read through: what it led to stands in its place.
        mode: entry.mode === "120000" && entry.path in files ? "100644" : entry.mode,
        type: entry.mode === "160000" ? "commit" : "blob",
      }));
      const saved = {
        repository: repository.name,
        commit,
        defaultBranch: repository.defaultBranch,
        complete,
        tree: typed,
        files,
        export: { truncatedFiles },
      };
      const json = Buffer.from(JSON.stringify(saved));
      await writeFile(path, path.endsWith(".gz") ? gzipSync(json) : json);
    },
  };
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const bytes = await readFile(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return isGzip ? gunzipSync(bytes, { maxOutputLength: LIMIT }) : bytes;
  } catch (error) {
    throw new UnusableSnapshot(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? "error"})`);
  }
}

function parseSaved(path: string, bytes: Buffer): SavedSnapshot {
  let data: Record<string, unknown>;
  try {
    data = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
  } catch {
    throw new UnusableSnapshot(`${path} is not JSON`);
  }
  const { repository, commit, defaultBranch, tree, files } = data ?? {};
  const isTree =
    Array.isArray(tree) && tree.every((entry) => typeof entry?.path === "string" && typeof entry?.mode === "string");
  if (typeof repository !== "string" || !isTree || typeof files !== "object" || files === null) {
    throw new UnusableSnapshot(`${path} is no saved snapshot: it needs repository, tree and files`);
  }
  const { truncatedFiles } = (data.export ?? {}) as { truncatedFiles?: readonly string[] };
  return {
    repository,
    commit: typeof commit === "string" ? commit : null,
    defaultBranch: typeof defaultBranch === "string" ? defaultBranch : null,
    tree: tree as SavedSnapshot["tree"],
    files: Object.fromEntries(Object.entries(files).filter(([, text]) => typeof text === "string")),
    truncatedFiles: truncatedFiles ?? [],
    complete: data.complete !== false,
  };
}
