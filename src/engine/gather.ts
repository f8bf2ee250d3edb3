import type { AnyFact, SourceFile } from "../facts/fact.ts";
import type { ParseCache, ParseResult } from "../facts/parse-cache.ts";
import type { Tree } from "../facts/tree.ts";
import type { KnownAdvisories } from "../snapshot/advisories.ts";
import type { FileContent, Scan, Snapshot, TreeEntry } from "../snapshot/snapshot.ts";
import { type Extraction, extractAll, type PythonReader } from "./extraction.ts";
import { type FactNames, nameOf } from "./fact-names.ts";
import { scanOf } from "./scanning.ts";

/** Rounds of reading: what is wanted by path, then what those files mention, and once more. */
const ROUNDS = 3;

/** What a fact has of the repository: parsed files and the ones that could not be. */
export interface Harvest {
  readonly files: Map<string, unknown>;
  readonly unread: Map<string, string>;
}

/** What each fact has. */
export type Harvests = ReadonlyMap<AnyFact, Harvest>;

/** The paths that each fact always wants to read. */
export type Wanted = ReadonlyMap<AnyFact, readonly string[]>;

/** All that was read of a snapshot, ready to be combined. */
export interface Gathered {
  readonly snapshot: Snapshot;
  readonly tree: Tree;
  readonly wanted: Wanted;
  readonly harvests: Harvests;
  readonly contents: ReadonlyMap<string, FileContent>;
  /** What is known of the versions that are locked; absent where nobody asked. */
  readonly advisories?: KnownAdvisories;
}

/** What gathering needs beside the snapshot. */
export interface Readers {
  readonly cache: ParseCache;
  readonly python: PythonReader;
  /** What facts want of exactly these paths, as far as an earlier review asked them. */
  readonly known?: Wanted | undefined;
}

/** Reads what the facts want, in rounds, and parses it. */
export async function gather(
  snapshot: Snapshot,
  tree: Tree,
  facts: readonly AnyFact[],
  names: FactNames,
  { cache, python, known }: Readers,
): Promise<Gathered> {
  const contents = new Map<string, FileContent>();
  const sources = new Map<string, Source | string>();
  const harvests = new Map(facts.map((fact) => [fact, { files: new Map(), unread: new Map() } as Harvest]));
  let scan = scanOf(harvests, snapshot, tree, names, cache);
  const always = new Map(
    facts.map((fact) => [fact, known?.get(fact) ?? tree.paths.filter((path) => fact.reads(path, tree))]),
  );
  const byPath = new Map(snapshot.tree.map((entry) => [entry.path, entry]));
  const selected = (fact: AnyFact, paths: readonly string[]): readonly TreeEntry[] =>
    fact.select(
      paths.map((path) => byPath.get(path) as TreeEntry),
      tree,
    );
  let wanted = new Map(facts.map((fact) => [fact, selected(fact, always.get(fact) ?? [])]));
  for (let round = 0; round < ROUNDS && (scan || [...wanted.values()].some(({ length }) => length > 0)); round++) {
    await readInto(contents, snapshot, wanted.values(), scan);
    scan = undefined;
    const mentioned = new Set<string>();
    const extractions: (Extraction & { readonly fact: AnyFact })[] = [];
    for (const [fact, entries] of wanted) {
      const harvest = harvests.get(fact) as Harvest;
      for (const entry of entries) {
        const known = sources.get(entry.path) ?? sourceOf(entry, contents.get(entry.path));
        sources.set(entry.path, known);
        const file = readable(harvest, fact, entry, known);
        if (!file) continue;
        if (fact.extract) extractions.push({ fact, harvest, extract: fact.extract, file });
        else
          for (const path of take(harvest, fact, file, cache.parse(nameOf(fact, names), fact, file, file.id), tree))
            mentioned.add(path);
      }
    }
    await extractAll(extractions, cache, python);
    for (const { fact, harvest, file } of extractions)
      if (harvest.files.has(file.path))
        for (const path of fact.mentions(harvest.files.get(file.path), file.path, tree)) mentioned.add(path);
    const candidates = tree.paths.filter((path) => mentioned.has(path));
    wanted = new Map(
      facts.map((fact) => {
        const { files, unread } = harvests.get(fact) as Harvest;
        const isNew = (path: string) => !files.has(path) && !unread.has(path);
        const wants = (path: string) => isNew(path) && fact.readsMentioned(path, tree);
        return [fact, selected(fact, candidates.filter(wants))];
      }),
    );
  }
  for (const [fact, entries] of wanted) {
    for (const { path } of entries) harvests.get(fact)?.unread.set(path, "it is mentioned too indirectly to be read");
  }
  return { snapshot, tree, wanted: always, harvests, contents };
}

async function readInto(
  contents: Map<string, FileContent>,
  snapshot: Snapshot,
  wanted: Iterable<readonly TreeEntry[]>,
  scan: Scan | undefined,
): Promise<void> {
  const missing = new Map<string, TreeEntry>();
  for (const entries of wanted)
    for (const entry of entries) if (!contents.has(entry.path)) missing.set(entry.path, entry);
  if (missing.size === 0 && !scan) return;
  for (const [path, content] of await snapshot.read([...missing.values()], scan)) contents.set(path, content);
}

/** A file that can be parsed, with the id under which results are cached. */
interface Source extends SourceFile {
  readonly id: string;
}

/** What there is to parse of a file, or why there is nothing. */
function sourceOf({ path, sha, mode }: TreeEntry, content: FileContent | undefined): Source | string {
  if (content?.kind !== "text") return content?.reason ?? "the source did not return it";
  const cut = content.cut ?? false;
  // The id of a link says nothing of what it leads to.
  const id = mode === "120000" ? content.text : sha;
  return { path, text: content.text, cut, id: cut ? `${id} cut` : id };
}

/** The file, where the fact can use it; else its harvest learns why not. */
function readable(harvest: Harvest, fact: AnyFact, { path }: TreeEntry, source: Source | string): Source | undefined {
  const reason = typeof source === "string" ? source : "only its beginning is held";
  if (typeof source !== "string" && (!source.cut || fact.readsBeginnings)) return source;
  harvest.unread.set(path, reason);
  return undefined;
}

/** Puts what became of a file into the harvest; gives the paths that it mentions. */
function take(
  { files, unread }: Harvest,
  fact: AnyFact,
  { path }: SourceFile,
  result: ParseResult,
  tree: Tree,
): Iterable<string> {
  if ("problem" in result) {
    unread.set(path, result.problem);
    return [];
  }
  files.set(path, result.parsed);
  return fact.mentions(result.parsed, path, tree);
}
