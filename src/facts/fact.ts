import picomatch from "picomatch";
import type { KnownAdvisories } from "../snapshot/advisories.ts";
import type { RepositorySettings } from "../snapshot/settings.ts";
import type { RepositoryInfo, TreeEntry } from "../snapshot/snapshot.ts";
import type { Module } from "./source/syntax.ts";
import type { Tree } from "./tree.ts";

/** A deployable or publishable unit of a repository. */
export interface Component {
  /** Its folder; empty for the root. */
  readonly root: string;
  /** Auxiliary components (examples, docs, tests) are neither deployed nor published. */
  readonly kind: "primary" | "auxiliary";
}

/** A file as a parser gets it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** True when the text is only the file's beginning; such files come to facts that read beginnings. */
  readonly cut: boolean;
}

/** A file that the fact wanted and that nobody could read, or that does not follow its format. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

export interface ParsedFile<Parsed> {
  readonly path: string;
  readonly parsed: Parsed;
  /** True for a file above the component's folder, whose settings reach into it. */
  readonly inherited: boolean;
}

/** A place at which something was found. */
export interface FoundPlace {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  /** Tells it from others of its line. */
  readonly mark?: string | undefined;
}

/**
 * Whether what was found at a place is left out, as somebody told a tool to pass over it: that very place, as a
 * comment does, or all that its path holds, as a list does.
 */
export type Silenced = (place: FoundPlace, by: "place" | "path" | null) => boolean;

/** What a fact is combined from: files of the component (or repository) and the facts it uses. */
export interface FactContext<Parsed, Uses extends FactMap> {
  readonly files: readonly ParsedFile<Parsed>[];
  readonly unread: readonly UnreadFile[];
  /** The paths of the component, or of the whole repository. */
  readonly tree: Tree;
  readonly component: Component;
  readonly repository: RepositoryInfo;
  /** What GitHub tells of it beside the files. */
  readonly settings: RepositorySettings;
  /** What is known of the versions that it locks. */
  readonly advisories: KnownAdvisories;
  /** ISO date from which end-of-life is counted. */
  readonly date: string;
  readonly silenced: Silenced;
  readonly uses: { readonly [Name in keyof Uses]: ValueOf<Uses[Name]> };
}

// biome-ignore lint/suspicious/noExplicitAny: a fact of any value and any parsed form
export type AnyFact = Fact<any, any, any>;
export type FactMap = Readonly<Record<string, AnyFact>>;
export type ValueOf<F> = F extends Fact<infer Value, infer _Parsed, infer _Uses> ? Value : never;

/**
 * One kind of knowledge about a repository: which files it wants, how one file is parsed (cached by
 * the blob's id), and how all of them combine to a value. Pure: no network, clock or file system.
 */
export interface Fact<Value, Parsed, Uses extends FactMap> {
  /** `component` facts are combined once for each component, `repository` facts once. */
  readonly spans: "repository" | "component";
  /** True where GitHub's settings or history tell it: these are as of today, whatever the commit. */
  readonly isOfToday: boolean;
  /** True where comments and lists of other tools silence some of what it finds. */
  readonly canBeSilenced: boolean;
  /** Facts that this one is made from. */
  readonly uses: Uses;
  /** True for a path that it always wants to read, by the listing of the tree alone. */
  reads(path: string, tree: Tree): boolean;
  /** True for a path that it wants once another file mentions it. */
  readsMentioned(path: string, tree: Tree): boolean;
  /** The entries worth reading, where not all are: a stable choice. */
  select(entries: readonly TreeEntry[], tree: Tree): readonly TreeEntry[];
  /** True when the beginning of a file is of use; else a file that is held in part is unread. */
  readonly readsBeginnings: boolean;
  /**
   * True for a path whose text it looks at once, as it goes by, in place of `reads`: for what concerns every
   * file. `parse` is then given any text, and what it returns must be small.
   */
  readonly scans: ((path: string, tree: Tree) => boolean) | undefined;
  /** @throws FormatError when the text does not follow the format: the file is then unread. */
  parse(file: SourceFile): Parsed;
  /** What it takes from the syntax of a file of Python, in place of `parse`: listed in source/extractors.ts. */
  readonly extract: ((module: Module) => Parsed) | undefined;
  /** Paths of the tree that this file leads to, read in the next round. */
  mentions(parsed: Parsed, path: string, tree: Tree): Iterable<string>;
  combine(context: FactContext<Parsed, Uses>): Value;
}

type Definition<Value, Parsed, Uses extends FactMap> = Partial<
  Omit<Fact<Value, Parsed, Uses>, "combine" | "extract" | "parse" | "uses" | "spans">
> & {
  readonly spans?: "repository" | "component";
  readonly uses?: Uses;
  parse?(file: SourceFile): Parsed;
  extract?(module: Module): Parsed;
  combine(context: FactContext<Parsed, Uses>): Value;
};

/** Types a fact and fills in what it does not need. */
export function defineFact<Value, Parsed = never, const Uses extends FactMap = Record<never, never>>(
  definition: Definition<Value, Parsed, Uses>,
): Fact<Value, Parsed, Uses> {
  return {
    spans: "component",
    isOfToday: false,
    canBeSilenced: false,
    uses: {} as Uses,
    reads: () => false,
    readsMentioned: () => false,
    select: (entries) => entries,
    readsBeginnings: false,
    extract: undefined,
    scans: undefined,
    parse: ({ path }) => {
      throw new Error(`${path} has no parser`);
    },
    mentions: () => [],
    ...definition,
  };
}

/** Globs may come from a repository: what is longer, or has more company, matches nothing. */
const MAX_GLOB_LENGTH = 1000;
const MAX_GLOBS = 100;

/** A matcher for paths by globs; files and folders that start with a dot match as well. */
export function globs(...patterns: readonly string[]): (path: string) => boolean {
  return matcherOf(bounded(patterns), { dot: true });
}

/** The same, whatever the case of letters. */
export function globsAnyCase(...patterns: readonly string[]): (path: string) => boolean {
  return matcherOf(bounded(patterns), { dot: true, nocase: true });
}

/** One expression for all of them, asked only of paths that end as one of them does: every fact asks for every path. */
function matcherOf(patterns: readonly string[], options: picomatch.PicomatchOptions): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const written = new Set(patterns);
  const any = new RegExp(
    patterns.map((pattern) => picomatch.makeRe(pattern, options).source).join("|"),
    options.nocase ? "i" : "",
  );
  const endings = [...new Set(patterns.flatMap(endingsOf))];
  if (endings.includes("")) return (path) => written.has(path) || any.test(path);
  const isLast = lastLetters([...endings, ...patterns], options.nocase === true);
  const endsAlike = (path: string) => options.nocase === true || endings.some((end) => path.endsWith(end));
  return (path) => isLast(path) && (written.has(path) || (endsAlike(path) && any.test(path)));
}

/** True for what ends with the last letter of one of these: the cheapest question that tells most paths apart. */
function lastLetters(texts: readonly string[], anyCase: boolean): (path: string) => boolean {
  const all = texts.map((text) => text.slice(-1));
  const letters = anyCase ? all.flatMap((letter) => [letter.toLowerCase(), letter.toUpperCase()]) : all;
  const codes = new Set(letters.map((letter) => letter.charCodeAt(0)));
  return (path) => codes.has(path.charCodeAt(path.length - 1));
}

/** What a path ends with that a glob matches; empty where the glob does not tell. */
function endingsOf(pattern: string): readonly string[] {
  if (/^!|\\/.test(pattern)) return [""];
  const [, start = "", options, end = ""] = /^(.*)\{([^{}]*,[^{}]*)\}([^{}]*)$/s.exec(pattern) ?? [];
  const written = options === undefined ? [pattern] : options.split(",").map((option) => start + option + end);
  return written.map((one) => (one.includes("..") ? "" : (/[^/*?()[\]{}!+@|]*$/.exec(one)?.[0] ?? "")));
}

function bounded(patterns: readonly string[]): string[] {
  return patterns.slice(0, MAX_GLOBS).filter(({ length }) => length <= MAX_GLOB_LENGTH);
}
