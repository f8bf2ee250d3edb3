import { createHash } from "node:crypto";
import type { TreeEntry } from "../snapshot/snapshot.ts";

/** Folders whose content others wrote or tools made: never first-party. */
const THIRD_PARTY =
  /(^|\/)(\.git|\.hg|\.tox|\.nox|\.venv|venv|node_modules|site-packages|__pypackages__|[^/]+\.egg-info|vendor|vendored|third_party|_vendor|thirdparty|external|extern|\.eggs)\//;
/** Folders that hold built Python, though also first-party files of other kinds. */
const BUILT = /(^|\/)(dist|build|env)\//;
/** Path segments that only exist in the skeleton of a project template. */
const TEMPLATE = /\{\{|\{%/;
/** Code that the protocol compiler writes. */
const GENERATED = /_pb2(_grpc)?\.pyi?$/;
/** The record that pip leaves beside what it installs. */
const RECORD_FOLDER = ".dist-info/";
/** Folders that support the product and are neither deployed nor published; with a hyphen in its name none is a package. */
const AUXILIARY =
  /(^|\/)((?:[^/]*-)?(?:examples?|samples?)|demos?|docs?|documentation|tests?|(?:unit|integration|functional|acceptance|system|smoke|load|kube|e2e)[-_]?tests?|testing|test[-_]?data|fixtures?|e2e|benchmarks?|perf|profiling|playground|tutorials?|\.github|\.circleci|\.devcontainer|\.agents|\.claude|\.codex|\.cursor|\.gemini)(\/|$)/i;

/** A git attribute that takes paths out of the first-party code, as a matcher over paths. */
export type Exclusion = (path: string) => boolean;

/** What is listed of a file: what a fact is made from stays the same while this and the files it reads do. */
export type Listed = Pick<TreeEntry, "path" | "mode">;

/** The paths of a repository, or of one component of it. */
export class Tree {
  readonly #entries: readonly TreeEntry[];
  readonly #byPath: ReadonlyMap<string, TreeEntry>;
  readonly #excluded: Exclusion;
  #paths: readonly string[] | undefined;
  #folders: ReadonlySet<string> | undefined;
  #endings: ReadonlySet<string> | undefined;
  #python: readonly Listed[] | undefined;
  #weighings = 0;
  #installed: ReadonlySet<string> | undefined;
  /** Answers that were given: every fact asks for every path. */
  readonly #firstParty = new Map<string, boolean>();
  /** A tree of the same entries, of which none is excluded. */
  readonly #bare: Tree | undefined;

  constructor(entries: readonly TreeEntry[], excluded: Exclusion = () => false, bare?: Tree) {
    this.#entries = entries;
    this.#byPath = bare ? bare.#byPath : new Map(entries.map((entry) => [entry.path, entry]));
    this.#excluded = excluded;
    this.#bare = bare;
  }

  /** What is left of a tree that excludes nothing where some paths are treated as if they were not there, and others are not the project's own. */
  without(leftOut: Exclusion, excluded: Exclusion): Tree {
    const left = this.#entries.filter(({ path }) => !leftOut(path));
    return new Tree(left, excluded, left.length === this.#entries.length ? this : undefined);
  }

  get entries(): readonly Listed[] {
    return this.#entries;
  }

  /** The same exclusions over fewer entries. */
  narrowedTo(entries: readonly Listed[]): Tree {
    return new Tree(
      entries.flatMap(({ path }) => this.#byPath.get(path) ?? []),
      this.#excluded,
    );
  }

  get paths(): readonly string[] {
    this.#paths ??= this.#bare ? this.#bare.paths : this.entries.map(({ path }) => path);
    return this.#paths;
  }

  /** The same for the same paths and modes, and for no others. */
  get listing(): string {
    const listed = this.entries.map(({ path, mode }) => `${mode} ${path}`);
    return createHash("sha256").update(listed.join("\0")).digest("hex");
  }

  has(path: string): boolean {
    return this.#byPath.has(path);
  }

  entry(path: string): Listed | undefined {
    return this.#byPath.get(path);
  }

  /** Bytes of a file; null where the source does not tell. */
  sizeOf(path: string): number | null {
    this.#weighings++;
    return this.#byPath.get(path)?.size ?? null;
  }

  /** How often a size was asked for: what is made without one stays true when sizes change. */
  get weighings(): number {
    return this.#weighings;
  }

  /** True for a folder that holds at least one file, however deep. */
  hasFolder(path: string): boolean {
    this.#folders ??= new Set(this.entries.flatMap((entry) => ancestorsOf(entry.path)));
    return this.#folders.has(path);
  }

  /** True where some path ends so, whatever the folder; of deep paths the last folders count. */
  hasEnding(end: string): boolean {
    this.#endings ??= new Set(this.entries.flatMap(({ path }) => endingsOf(path)));
    return this.#endings.has(end);
  }

  /** Written by this project: not vendored, installed, generated, built, or part of a template's skeleton. */
  isFirstParty(path: string): boolean {
    const known = this.#firstParty.get(path) ?? this.#isFirstParty(path);
    this.#firstParty.set(path, known);
    return known;
  }

  #isFirstParty(path: string): boolean {
    if (this.#bare) return this.#bare.isFirstParty(path) && !this.#excluded(path);
    if (THIRD_PARTY.test(path) || TEMPLATE.test(path) || GENERATED.test(path) || this.#excluded(path)) return false;
    return !(path.endsWith(".py") && BUILT.test(path)) && !this.#isInstalled(path);
  }

  /** True below a folder that pip installed into, as the layers of functions do; files right in it may be our own. */
  #isInstalled(path: string): boolean {
    this.#installed ??= new Set(this.paths.flatMap(installedInto));
    const { size } = this.#installed;
    return size > 0 && ancestorsOf(folderOf(path)).some((folder) => this.#installed?.has(folder));
  }

  /** First-party Python files that are regular files. */
  get python(): readonly Listed[] {
    this.#python ??= this.entries.filter(
      ({ path, mode }) => path.endsWith(".py") && mode.startsWith("100") && this.isFirstParty(path),
    );
    return this.#python;
  }
}

/** The folder that holds such a record; none for the root, where a project's own folders stand. */
function installedInto(path: string): readonly string[] {
  const record = path.indexOf(RECORD_FOLDER);
  const slash = record < 0 ? -1 : path.lastIndexOf("/", record);
  return slash < 0 ? [] : [path.slice(0, slash)];
}

/** True for what only supports the product: examples, documentation, tests, fixtures. */
export function isAuxiliary(path: string): boolean {
  return AUXILIARY.test(folderOf(path));
}

/** The folder of a path; empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The path of a file of this name in the same folder. */
export function besideOf(path: string, name: string): string {
  const folder = folderOf(path);
  return folder === "" ? name : `${folder}/${name}`;
}

/** Folders that hold the manifests of the folder above. */
const MANIFEST_FOLDER = /^(requirements|reqs|deps|dependencies|conda|ci|\.ci|build|docker|scripts|tools|hack|bin)$/i;

/** The folder that a manifest speaks for: its own, or the one above `requirements/` and the like. */
export function folderOfManifest(path: string): string {
  const folder = folderOf(path);
  return MANIFEST_FOLDER.test(nameOf(folder)) ? folderOf(folder) : folder;
}

/** Every folder above a path, nearest first; the root is the empty string and comes last. */
export function ancestorsOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.push(folder);
  return [...folders, ""];
}

const MAX_ENDINGS = 10;

/** `c.py` and `b/c.py` of `a/b/c.py`. */
function endingsOf(path: string): readonly string[] {
  const parts = path.split("/").slice(-MAX_ENDINGS);
  return parts.slice(1).map((_, index) => parts.slice(index + 1).join("/"));
}

/** `path` as seen from `folder`, with `.` and `..` resolved; undefined where it leaves the repository. */
export function resolvePath(folder: string, path: string): string | undefined {
  const segments = path.startsWith("/") ? [] : folder.split("/").filter(Boolean);
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}
