import { createHash } from "node:crypto";

/** A file of a commit: text, or what else git can hold. */
export type GitFile =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly submodule: string }
  | { readonly executable: string };

/** A repository's files: path to content. */
export type GitFiles = Readonly<Record<string, GitFile>>;

export interface TreeItem {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** The App that made it through the API; null for a person. */
  readonly author: string | null;
}

/** Git's objects by id, made as git makes them. */
export class GitObjects {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, readonly TreeItem[]>();
  readonly commits = new Map<string, Commit>();

  commit(files: GitFiles, parents: readonly string[], message: string): string {
    const entries = Object.entries(files).map(([path, file]) => ({ path, ...this.#file(file) }));
    return this.commitTree(this.#tree(entries), parents, message);
  }

  /** @param author the App that made it through the API; a person where none is named */
  commitTree(tree: string, parents: readonly string[], message: string, author: string | null = null): string {
    const parentLines = parents.map((parent) => `parent ${parent}\n`).join("");
    const who = "Sandbox <sandbox@example.invalid> 1767225600 +0000";
    const sha = idOf(
      "commit",
      Buffer.from(`tree ${tree}\n${parentLines}author ${who}\ncommitter ${who}\n\n${message}\n`),
    );
    this.commits.set(sha, { sha, tree, parents, message, author });
    return sha;
  }

  /** A tree that differs from another in these files; null takes one out. */
  changedTree(base: string, changes: ReadonlyMap<string, GitFile | null>): string {
    const entries = new Map(
      this.list(base, true)
        .filter(({ type }) => type !== "tree")
        .map((item) => [item.path, item]),
    );
    for (const [path, file] of changes)
      if (file === null) entries.delete(path);
      else entries.set(path, { path, ...this.#file(file) });
    return this.#tree([...entries.values()]);
  }

  /** The entries of a tree, directories included, below it too when recursive. */
  list(tree: string, recursive: boolean, prefix = ""): readonly TreeItem[] {
    return (this.trees.get(tree) ?? []).flatMap((item) => {
      const shown = { ...item, path: `${prefix}${item.path}` };
      return item.type === "tree" && recursive ? [shown, ...this.list(item.sha, true, `${shown.path}/`)] : [shown];
    });
  }

  /** The files of a commit, by path, as blob ids. */
  filesOf(commit: string): ReadonlyMap<string, TreeItem> {
    const found = this.commits.get(commit);
    const items = found ? this.list(found.tree, true).filter(({ type }) => type !== "tree") : [];
    return new Map(items.map((item) => [item.path, item]));
  }

  /** The commit, its parents and all before them; nearest first. */
  history(commit: string): readonly string[] {
    const seen = new Set<string>();
    const waiting = [commit];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...(this.commits.get(next)?.parents ?? []));
    }
    return [...seen];
  }

  /** The commits of a head that a base does not have, oldest first. */
  between(base: string, head: string): readonly string[] {
    const known = new Set(this.history(base));
    return this.history(head)
      .filter((sha) => !known.has(sha))
      .reverse();
  }

  /** The newest commit that both have; undefined where they have none in common. */
  mergeBase(base: string, head: string): string | undefined {
    const known = new Set(this.history(base));
    return this.history(head).find((sha) => known.has(sha));
  }

  /** A tree and all trees below it, of entries by their whole path. */
  #tree(entries: readonly TreeItem[]): string {
    const folders = new Map<string, TreeItem[]>();
    const items: TreeItem[] = [];
    for (const entry of entries) {
      const slash = entry.path.indexOf("/");
      if (slash < 0) {
        items.push(entry);
        continue;
      }
      const folder = entry.path.slice(0, slash);
      const inside = folders.get(folder) ?? [];
      inside.push({ ...entry, path: entry.path.slice(slash + 1) });
      folders.set(folder, inside);
    }
    for (const [path, inside] of folders) items.push({ path, mode: "040000", type: "tree", sha: this.#tree(inside) });
    items.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const bytes = items.map(({ path, mode, sha }) =>
      Buffer.concat([Buffer.from(`${mode.replace(/^0/, "")} ${path}\0`), Buffer.from(sha, "hex")]),
    );
    const sha = idOf("tree", Buffer.concat(bytes));
    this.trees.set(sha, items);
    return sha;
  }

  #file(file: GitFile): Omit<TreeItem, "path"> {
    if (typeof file === "object" && "submodule" in file) return { mode: "160000", type: "commit", sha: file.submodule };
    const isPlain = typeof file === "string" || file instanceof Uint8Array;
    const mode = isPlain ? "100644" : "link" in file ? "120000" : "100755";
    const content = Buffer.from(isPlain ? file : "link" in file ? file.link : file.executable);
    const sha = idOf("blob", content);
    this.blobs.set(sha, content);
    return { mode, type: "blob", sha };
  }
}

function sortKey({ path, type }: TreeItem): Buffer {
  return Buffer.from(type === "tree" ? `${path}/` : path);
}

function idOf(type: string, content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.byteLength}\0`).update(content).digest("hex");
}
