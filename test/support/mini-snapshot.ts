import { createHash } from "node:crypto";
import { BINARY, contentOfText, unreadable } from "../../src/snapshot/content.ts";
import type { FileContent, RepositoryInfo, Snapshot } from "../../src/snapshot/snapshot.ts";

/** A file of a mini-repository: its text, or a link, or one that exists and cannot be read. */
export type MiniFile = string | { readonly link: string } | { readonly unreadable: string; readonly size?: number };

/** A snapshot held in memory, for tests: paths and texts in, the real parsers behind it. */
export function miniSnapshot(
  files: Readonly<Record<string, MiniFile>>,
  repository: Partial<RepositoryInfo> = {},
  complete = true,
): Snapshot {
  const entries = Object.entries(files).map(([path, file]) => ({
    path,
    mode: typeof file === "object" && "link" in file ? "120000" : "100644",
    sha: createHash("sha1").update(JSON.stringify(file)).digest("hex"),
    size: typeof file === "string" ? Buffer.byteLength(file) : "link" in file ? file.link.length : (file.size ?? 1000),
  }));
  return {
    repository: { name: "acme/shop", visibility: "unknown", owner: "unknown", defaultBranch: "main", ...repository },
    commit: null,
    tree: entries,
    complete,
    async read(wanted, scan) {
      for (const entry of scan?.entries ?? []) scan?.see(entry, contentAt(files, entry.path));
      return new Map(wanted.map(({ path }) => [path, contentAt(files, path)]));
    },
  };
}

function contentAt(files: Readonly<Record<string, MiniFile>>, path: string): FileContent {
  const file = files[path];
  if (typeof file === "string") return contentOfText(file);
  if (file && "unreadable" in file) return file.unreadable === "it is binary" ? BINARY : unreadable(file.unreadable);
  const target = file ? files[file.link] : undefined;
  return typeof target === "string" ? contentOfText(target) : unreadable("it is a link to a file that is not there");
}
