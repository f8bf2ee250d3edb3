import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink, realpath, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
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
import { git } from "./git.ts";
import { readThroughLinks } from "./links.ts";
import type { FileContent, Scan, Snapshot, TreeEntry } from "./snapshot.ts";

/** Folders that a walk outside git does not enter. */
const NOT_ENTERED = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  ".venv",
  "venv",
  ".tox",
  ".nox",
  "__pycache__",
  ".mypy_cache",
  ".ruff_cache",
  ".pytest_cache",
  "site-packages",
]);
/** Files that a walk outside git lists at most; a folder with more is declared incomplete. */
const MAX_FILES = 200_000;
/** Files that are looked at on the disk at a time. */
const AT_ONCE = 64;

/** A folder that cannot be reviewed; the message says why. */
export class UnusableFolder extends Error {}

/**
 * A folder as it is now. In a git checkout: the files that git tracks, and untracked ones that it does
 * not ignore. Elsewhere: every file below it, without dependencies and caches. Links are followed
 * inside the folder only, and nothing of it is run.
 * @throws UnusableFolder when there is no such folder.
 */
export async function folderSnapshot(path: string): Promise<Snapshot> {
  const root = await rootOf(path);
  const { paths, submodules, complete } = (await listedByGit(root)) ?? (await walked(root));
  const entries = (await inBatches(paths, (file) => entryOf(root, file))).filter((entry) => entry !== undefined);
  const tree = [...entries, ...submodules].sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(tree.map((entry) => [entry.path, entry]));
  return {
    repository: { name: basename(root), visibility: "unknown", owner: "unknown", defaultBranch: null },
    commit: null,
    tree,
    complete,
    read: (wanted, scan) => readThroughLinks(wanted, byPath, (files, now) => readFiles(root, files, now), scan),
  };
}

async function rootOf(path: string): Promise<string> {
  try {
    const root = await realpath(path);
    if ((await stat(root)).isDirectory()) return root;
  } catch {
    // Said below, in the same words.
  }
  throw new UnusableFolder(`${path} is not a folder`);
}

interface Listing {
  readonly paths: readonly string[];
  readonly submodules: readonly TreeEntry[];
  readonly complete: boolean;
}

/** What git lists below the folder; undefined outside a checkout, or without git. */
async function listedByGit(root: string): Promise<Listing | undefined> {
  const listed = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await git(root, "ls-files", "-z", ...args)).split("\0").filter(Boolean);
  try {
    const [tracked, untracked] = await Promise.all([listed("--stage"), listed("--others", "--exclude-standard")]);
    const staged = tracked.map((line) => /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(line)).filter((match) => match !== null);
    const isSubmodule = ([, mode]: readonly string[]): boolean => mode === "160000";
    return {
      paths: [
        ...new Set([...staged.filter((match) => !isSubmodule(match)).map(([, , , path = ""]) => path), ...untracked]),
      ],
      submodules: staged
        .filter(isSubmodule)
        .map(([, mode = "", sha = "", path = ""]) => ({ path, mode, sha, size: null })),
      complete: true,
    };
  } catch {
    return undefined;
  }
}

async function walked(root: string): Promise<Listing> {
  const paths: string[] = [];
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined && paths.length < MAX_FILES; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!NOT_ENTERED.has(entry.name)) waiting.push(path);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        paths.push(relative(root, path).split(sep).join("/"));
      }
    }
  }
  return { paths, submodules: [], complete: paths.length < MAX_FILES };
}

/** A file as it is on the disk; undefined when it was deleted there. */
async function entryOf(root: string, path: string): Promise<TreeEntry | undefined> {
  const found = await lstat(join(root, path)).catch(() => undefined);
  if (!found || found.isDirectory()) return undefined;
  const mode = found.isSymbolicLink() ? "120000" : found.mode & 0o111 ? "100755" : "100644";
  // Stands for the content within one review, without reading it.
  const sha = createHash("sha1").update(`${path}\0${found.size}\0${found.mtimeMs}\0${found.ino}`).digest("hex");
  return { path, mode, sha, size: found.size };
}

async function readFiles(
  root: string,
  entries: readonly TreeEntry[],
  scan?: Scan,
): Promise<ReadonlyMap<string, FileContent>> {
  await inBatches(scan?.entries ?? [], async (entry) => scan?.see(entry, await scanOne(root, entry)));
  const contents = await inBatches(
    entries,
    async (entry): Promise<[string, FileContent]> => [entry.path, await readOne(root, entry)],
  );
  return new Map(contents);
}

async function readOne(root: string, { path, mode, size }: TreeEntry): Promise<FileContent> {
  if (mode === "120000")
    return opened(async () => contentOfText((await readlink(join(root, path))).split(sep).join("/")));
  if (size !== null && size > sizeLimit(path)) return tooLarge(path, size);
  return opened(() => bytesOf(root, path, (bytes) => contentOf(path, bytes)));
}

async function scanOne(root: string, { path, size }: TreeEntry): Promise<FileContent> {
  if (size !== null && size > SCAN_LIMIT) return overLimit(size, SCAN_LIMIT);
  return opened(() => bytesOf(root, path, scannedContentOf));
}

async function bytesOf(root: string, path: string, content: (bytes: Uint8Array) => FileContent): Promise<FileContent> {
  const absolute = join(root, path);
  // A folder on the way may have become a link since it was listed.
  const real = await realpath(absolute);
  if (real !== absolute && !real.startsWith(root + sep)) return unreadable("it is outside the folder");
  return content(await readFile(real));
}

async function opened(read: () => Promise<FileContent>): Promise<FileContent> {
  try {
    return await read();
  } catch (error) {
    return unreadable(`it cannot be opened (${(error as NodeJS.ErrnoException).code ?? "error"})`);
  }
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}
