import type { RepositorySettings } from "./settings.ts";

/** One entry of a repository's tree that is not a directory. */
export interface TreeEntry {
  /** From the repository's root, with forward slashes. Any bytes that git allows: never trust it in Markdown. */
  readonly path: string;
  /** Git's file mode: `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  readonly mode: string;
  /** The object's id; for a working tree that of the content as it is now. */
  readonly sha: string;
  /** Bytes; null where the source does not tell. */
  readonly size: number | null;
}

/** The text of a file, or why there is none. A file without text is never treated as empty or missing. */
export type FileContent =
  | {
      readonly kind: "text";
      readonly text: string;
      /** True when only the beginning of the file is held. */
      readonly cut?: true;
    }
  | {
      readonly kind: "unreadable";
      readonly reason: string;
      /** True when it was looked at, and holds no text. */
      readonly binary?: true;
    };

/** Files that are looked at one by one as they go by, and not held. */
export interface Scan {
  readonly entries: readonly TreeEntry[];
  /** Called once for each entry, in any order; text in another encoding than UTF-8 may hold wrong letters. */
  see(entry: TreeEntry, content: FileContent): void;
}

/** What is known of the repository beside its files. */
export interface RepositoryInfo {
  /** `owner/name`, or the folder's name. */
  readonly name: string;
  readonly visibility: "public" | "private" | "internal" | "unknown";
  readonly owner: "organization" | "user" | "unknown";
  readonly defaultBranch: string | null;
}

/**
 * A repository at one commit: its whole tree, and the text of the files that are asked for.
 * Sources: GitHub, a folder, a saved file.
 */
export interface Snapshot {
  readonly repository: RepositoryInfo;
  /** Full commit id; null for a working tree. */
  readonly commit: string | null;
  readonly tree: readonly TreeEntry[];
  /** False when the source could not list every path: what is absent then proves nothing. */
  readonly complete: boolean;
  /** What GitHub tells beside the files; absent where nobody asked it. */
  readonly settings?: RepositorySettings;
  /**
   * The contents of these entries, by path; one entry for every path asked for. A scan comes with it, so
   * that a source that hands out everything at once is asked once.
   * @throws when the source itself fails (network, disk); never for one unreadable file.
   */
  read(entries: readonly TreeEntry[], scan?: Scan): Promise<ReadonlyMap<string, FileContent>>;
}
