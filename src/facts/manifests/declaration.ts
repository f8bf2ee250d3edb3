import type { DataNode } from "../formats/node.ts";

/** What a dependency is needed for. */
export type Group = "runtime" | "optional" | "development";

/** One dependency as a manifest states it. */
export interface Declaration {
  /** Normalised as PEP 503 does: lower case, runs of `-_.` as one `-`. */
  readonly name: string;
  readonly line: number;
  readonly group: Group;
  /** The versions allowed, as written; empty for any. */
  readonly constraint: string;
  /** The one version allowed, if there is only one. */
  readonly pinned: string | undefined;
}

/** What one manifest declares. */
export interface Manifest {
  readonly kind: "pyproject" | "requirements" | "pipfile" | "setup.cfg" | "setup.py" | "conda" | "pixi";
  readonly declarations: readonly Declaration[];
  /** Requirements files that are read along: `-r other.txt`. */
  readonly includes: readonly string[];
  /** A line that is computed, so that what it declares is not known. */
  readonly computedLine: number | undefined;
  /** Of a requirements file: made by a resolver, or held to hashes; then every version is exact. */
  readonly isCompiled: boolean;
  /** Of a requirements file: another file holds the versions (`-c constraints.txt`). */
  readonly isConstrained: boolean;
  /** Of a package's metadata without a list of dependencies: the standard reads that as "none". */
  readonly statesNone: boolean;
  /** Of a requirements file: at least one line holds a hash, so that pip asks for one of every package. */
  readonly isHashed: boolean;
  /** Options of pip that stand in it. */
  readonly options: readonly { readonly text: string; readonly line: number }[];
  /** What comes from a version control system or an archive instead of an index. */
  readonly references: readonly Reference[];
  /** Lines with a remark on them, or right above. */
  readonly remarked: ReadonlySet<number>;
}

/** A dependency by its address. */
export interface Reference {
  readonly url: string;
  /** The commit, tag or branch, where the address or a key beside it names one. */
  readonly ref: string | undefined;
  /** What the key calls it; an address does not tell. */
  readonly kind: "tag" | "branch" | "unknown";
  readonly line: number;
  readonly group: Group;
}

/** Names of files, extras and groups that serve development and do not ship. */
const DEVELOPMENT_FILE =
  /(^|[-_./])(dev|devel|develop|development|tests?|testing|lint|docs?|ci|typing|type|qa|tools?|build|local|style|pre-commit|ipython|bench\w*)([-_./]|$)/i;

/** What a file of dependencies is for, by its name, or by a folder that serves development as a whole. */
export function groupOfFile(path: string): Group {
  const [name = "", folder = ""] = path.split("/").reverse();
  const isForDevelopment = DEVELOPMENT_FILE.test(name.replace(/\.\w+$/, "")) || isDevelopmentFolder(folder);
  return isForDevelopment ? "development" : "runtime";
}

/** True for `dev` and `requirements-test`, not for a `fast_neural_style` that happens to hold such a word. */
function isDevelopmentFolder(folder: string): boolean {
  const words = folder.split(/[-_.]/).filter((word) => !/^(requirements|reqs|deps|dependencies)$/i.test(word));
  return words.length > 0 && words.every((word) => DEVELOPMENT_FILE.test(word));
}

/** A name as all spellings of it come to. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

const REQUIREMENT = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s;

/** A requirement as PEP 508 writes it; undefined for text that is none. */
export function declarationOf(text: string, line: number, group: Group): Declaration | undefined {
  const [, name, rest = ""] = REQUIREMENT.exec(text.trim()) ?? [];
  if (!name) return undefined;
  const constraint = (rest.split(";", 1)[0] ?? "")
    .trim()
    .replace(/^\((.*)\)$/, "$1")
    .trim();
  if (constraint !== "" && !/^[<>=!~@]/.test(constraint)) return undefined;
  return { name: normalised(name), line, group, constraint, pinned: pinnedBy(constraint) };
}

/** The version that `==1.2` or `=== 1.2` allows alone, or the one thing that a direct reference leads to. */
function pinnedBy(constraint: string): string | undefined {
  const exact = /^={2,3}\s*([\w.!+-]+)$/.exec(constraint)?.[1];
  return (
    exact ??
    /^@\s*(?:git\+\S{1,1000}@[0-9a-f]{40}\S*|https:\/\/\S{1,1000}\.(?:whl|tar\.gz|zip)\S*)$/.exec(constraint)?.[0]
  );
}

/** No address is longer; what searches a line stays bounded by it. */
const LONGEST_ADDRESS = 2000;
const VCS = /\b(?:git|hg|bzr|svn)\+[a-z+]+:\/\/[^\s;,"'#]+/;
const ARCHIVE =
  /\bhttps?:\/\/[^\s;,"'#]+?\/(?:archive|zipball|tarball)\/(?:refs\/(heads|tags)\/)?([^\s;,"'#]+?)(?:\.zip|\.tar\.gz)?(?=[\s;,"'#]|$)/;

/** The address in a requirement; its ref stands behind an `@` of the path. */
export function referenceIn(text: string, line: number, group: Group): readonly Reference[] {
  const start = text.slice(0, LONGEST_ADDRESS);
  const url = VCS.exec(start)?.[0];
  if (url === undefined) {
    const archive = ARCHIVE.exec(start);
    if (!archive) return [];
    const [address, kind, ref] = archive;
    return [
      { url: address, ref, kind: kind === "heads" ? "branch" : kind === "tags" ? "tag" : "unknown", line, group },
    ];
  }
  return [{ url, ref: /:\/\/[^/]*\/.*@([^@]+)$/.exec(url)?.[1], kind: "unknown", line, group }];
}

/** The reference of a table with `git` and the keys of a manager. */
export function referenceOf(table: DataNode, line: number, group: Group): readonly Reference[] {
  const url = (table.get("git") ?? table.get("hg"))?.text;
  if (url === undefined) return [];
  const found = (["rev", "ref", "tag", "branch"] as const).find((key) => table.has(key));
  const kind = found === "tag" || found === "branch" ? found : "unknown";
  return [{ url, ref: found && table.get(found)?.text, kind, line, group }];
}

/** True for a manifest that declares something, or may. */
export function declaresAny({ declarations, includes, computedLine }: Manifest): boolean {
  return declarations.length > 0 || includes.length > 0 || computedLine !== undefined;
}

/** An empty manifest, to be filled in. */
export function manifest(
  kind: Manifest["kind"],
  declarations: readonly Declaration[],
  rest: Partial<Manifest> = {},
): Manifest {
  return {
    kind,
    declarations,
    includes: [],
    computedLine: undefined,
    isCompiled: false,
    isConstrained: false,
    statesNone: false,
    isHashed: false,
    options: [],
    references: [],
    remarked: new Set(),
    ...rest,
  };
}

/** The lines of a text with a remark on them, or right above. */
export function remarkedLines(text: string): ReadonlySet<number> {
  const remarked = new Set<number>();
  let isAnnounced = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const isRemark = /^\s*#/.test(line);
    const hasRemark = !isRemark && /(^|[\s,\]])#/.test(line.replace(/"[^"\n]*"|'[^'\n]*'/g, ""));
    if (hasRemark || (isAnnounced && !isRemark)) remarked.add(index + 1);
    isAnnounced = isRemark;
  }
  return remarked;
}
