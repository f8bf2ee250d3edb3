import type {
  AnyFact,
  Component,
  Fact,
  FactContext,
  FactMap,
  ParsedFile,
  SourceFile,
  UnreadFile,
} from "../facts/fact.ts";
import type { ParseCache, ParseResult } from "../facts/parse-cache.ts";
import { type Exclusion, folderOf, isAuxiliary, Tree } from "../facts/tree.ts";
import type { KnownAdvisories } from "../snapshot/advisories.ts";
import { settingsWith } from "../snapshot/settings.ts";
import type { FileContent, Scan, Snapshot, TreeEntry } from "../snapshot/snapshot.ts";
import { type Extraction, extractAll, type PythonReader } from "./extraction.ts";
import { type FactNames, nameOf } from "./fact-names.ts";
import { scanOf } from "./scanning.ts";
import { asWritten, canBeSilenced, type Silencing } from "./silencing.ts";

/** Rounds of reading: what is wanted by path, then what those files mention, and once more. */
const ROUNDS = 3;

/** What a fact has of the repository: parsed files and the ones that could not be. */
export interface Harvest {
  readonly files: Map<string, unknown>;
  readonly unread: Map<string, string>;
}

/** All that was read of a snapshot, ready to be combined. */
export interface Gathered {
  readonly snapshot: Snapshot;
  readonly harvests: ReadonlyMap<AnyFact, Harvest>;
  readonly contents: ReadonlyMap<string, FileContent>;
  /** What is known of the versions that are locked; absent where nobody asked. */
  readonly advisories?: KnownAdvisories;
}

/** What gathering needs beside the snapshot. */
export interface Readers {
  readonly cache: ParseCache;
  readonly python: PythonReader;
}

/** Reads what the facts want, in rounds, and parses it. */
export async function gather(
  snapshot: Snapshot,
  tree: Tree,
  facts: readonly AnyFact[],
  names: FactNames,
  { cache, python }: Readers,
): Promise<Gathered> {
  const contents = new Map<string, FileContent>();
  const harvests = new Map(facts.map((fact) => [fact, { files: new Map(), unread: new Map() } as Harvest]));
  let scan = scanOf(harvests, tree, names, cache);
  let wanted = new Map(
    facts.map((fact) => [fact, selected(fact, tree, tree.entries, (path) => fact.reads(path, tree))]),
  );
  for (let round = 0; round < ROUNDS && (scan || [...wanted.values()].some(({ length }) => length > 0)); round++) {
    await readInto(contents, snapshot, [...wanted.values()].flat(), scan);
    scan = undefined;
    const mentioned = new Set<string>();
    const extractions: (Extraction & { readonly fact: AnyFact })[] = [];
    for (const [fact, entries] of wanted) {
      const harvest = harvests.get(fact) as Harvest;
      for (const entry of entries) {
        const file = readable(harvest, fact, entry, contents);
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
    const candidates = tree.entries.filter(({ path }) => mentioned.has(path));
    wanted = new Map(
      facts.map((fact) => {
        const { files, unread } = harvests.get(fact) as Harvest;
        const isNew = (path: string) => !files.has(path) && !unread.has(path);
        return [fact, selected(fact, tree, candidates, (path) => isNew(path) && fact.readsMentioned(path, tree))];
      }),
    );
  }
  for (const [fact, entries] of wanted) {
    for (const { path } of entries) harvests.get(fact)?.unread.set(path, "it is mentioned too indirectly to be read");
  }
  return { snapshot, harvests, contents };
}

function selected(
  fact: AnyFact,
  tree: Tree,
  among: readonly TreeEntry[],
  matches: (path: string) => boolean,
): readonly TreeEntry[] {
  return fact.select(
    among.filter(({ path }) => matches(path)),
    tree,
  );
}

async function readInto(
  contents: Map<string, FileContent>,
  snapshot: Snapshot,
  entries: readonly TreeEntry[],
  scan: Scan | undefined,
): Promise<void> {
  const missing = new Map(entries.filter(({ path }) => !contents.has(path)).map((entry) => [entry.path, entry]));
  if (missing.size === 0 && !scan) return;
  for (const [path, content] of await snapshot.read([...missing.values()], scan)) contents.set(path, content);
}

/** A file that can be parsed, with the id under which the result is cached; else the harvest learns why not. */
function readable(
  harvest: Harvest,
  fact: AnyFact,
  { path, sha, mode }: TreeEntry,
  contents: ReadonlyMap<string, FileContent>,
): (SourceFile & { readonly id: string }) | undefined {
  const content = contents.get(path);
  if (content?.kind !== "text") {
    harvest.unread.set(path, content?.reason ?? "the source did not return it");
    return undefined;
  }
  const cut = content.cut ?? false;
  if (cut && !fact.readsBeginnings) {
    harvest.unread.set(path, "only its beginning is held");
    return undefined;
  }
  // The id of a link says nothing of what it leads to.
  const id = mode === "120000" ? content.text : sha;
  return { path, text: content.text, cut, id: cut ? `${id} cut` : id };
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

/** The part of a repository that a fact is combined over. */
export interface View {
  readonly component: Component;
  /** The paths that belong to it. */
  readonly tree: Tree;
  /** Folders above it: settings that stand right in them reach into the view. */
  readonly above: readonly string[];
}

const NO_SETTINGS = settingsWith({}, "GitHub's settings are not read here");
const NO_ADVISORIES: KnownAdvisories = { byVersion: new Map(), reason: "advisories are not read here", readAt: null };

/** Combines facts over views; every value is computed once. */
export class FactValues {
  readonly #gathered: Gathered;
  readonly #whole: View;
  readonly #date: string;
  readonly #leftOut: Exclusion;
  /** Holds what nothing silences, where other findings are silenced here; null where nobody asked for that. */
  readonly #shared: FactValues | null;
  readonly #silencing: Silencing;
  readonly #values = new Map<AnyFact, Map<View, unknown>>();
  readonly #byFolder = new Map<AnyFact, ReadonlyMap<string, readonly string[]>>();

  /**
   * @param excluded paths that are there and not the project's own
   * @param leftOut paths that are treated as if they were not there
   * @param shared values of the same, and what is silenced in place of what the commit itself silences
   */
  constructor(
    gathered: Gathered,
    excluded: Exclusion,
    date: string,
    leftOut: Exclusion = () => false,
    shared?: { readonly values: FactValues; readonly silencing: Silencing },
  ) {
    this.#gathered = gathered;
    this.#date = date;
    this.#leftOut = leftOut;
    this.#shared = shared?.values ?? null;
    this.#silencing = shared?.silencing ?? asWritten();
    this.#whole = shared?.values.whole ?? {
      component: { root: "", kind: "primary" },
      tree: new Tree(
        gathered.snapshot.tree.filter(({ path }) => !leftOut(path)),
        excluded,
      ),
      above: [],
    };
  }

  /** Gives a fact the value that somebody knows better; before anything is made from it. */
  assume<Value, Parsed, Uses extends FactMap>(fact: Fact<Value, Parsed, Uses>, view: View, value: Value): void {
    const scope = fact.spans === "repository" ? this.#whole : view;
    this.#values.set(fact, new Map(this.#values.get(fact)).set(scope, value));
  }

  /** The view of the whole repository. */
  get whole(): View {
    return this.#whole;
  }

  /** What was silenced so far. */
  get silenced(): Silencing["places"] {
    return this.#silencing.places;
  }

  /** The same, where other findings are silenced. */
  silencing(silencing: Silencing): FactValues {
    return new FactValues(this.#gathered, () => false, this.#date, this.#leftOut, { values: this, silencing });
  }

  /** @throws what `combine` throws: a defect of the fact. */
  valueOf<Value, Parsed, Uses extends FactMap>(fact: Fact<Value, Parsed, Uses>, view: View): Value {
    if (this.#shared && !canBeSilenced(fact)) return this.#shared.valueOf(fact, view);
    const scope = fact.spans === "repository" ? this.#whole : view;
    const known = this.#values.get(fact) ?? new Map<View, unknown>();
    this.#values.set(fact, known);
    if (!known.has(scope)) known.set(scope, fact.combine(this.#contextOf(fact, scope)));
    return known.get(scope) as Value;
  }

  #contextOf<Value, Parsed, Uses extends FactMap>(
    fact: Fact<Value, Parsed, Uses>,
    view: View,
  ): FactContext<Parsed, Uses> {
    const files: ParsedFile<Parsed>[] = [];
    const unread: UnreadFile[] = [];
    const harvest = this.#gathered.harvests.get(fact);
    const take = (path: string, inherited: boolean): void => {
      const reason = harvest?.unread.get(path);
      if (reason !== undefined) unread.push({ path, reason });
      else if (harvest?.files.has(path)) files.push({ path, parsed: harvest.files.get(path) as Parsed, inherited });
    };
    const size = (harvest?.files.size ?? 0) + (harvest?.unread.size ?? 0);
    // Of many views each holds little, and of most facts there is little to hold.
    if (view.tree.entries.length < size) for (const { path } of view.tree.entries) take(path, false);
    else
      for (const path of new Set([...(harvest?.files.keys() ?? []), ...(harvest?.unread.keys() ?? [])]))
        if (view.tree.has(path)) take(path, false);
    for (const path of view.above.flatMap((folder) => this.#harvestedIn(folder, fact)))
      if (!view.tree.has(path) && !isAuxiliary(path) && !this.#leftOut(path)) take(path, true);
    const uses = Object.fromEntries(
      Object.entries(fact.uses).map(([name, used]) => [name, this.valueOf(used, view)]),
    ) as FactContext<Parsed, Uses>["uses"];
    return {
      files: files.sort((a, b) => compare(a.path, b.path)),
      unread: unread.sort((a, b) => compare(a.path, b.path)),
      tree: view.tree,
      component: view.component,
      repository: this.#gathered.snapshot.repository,
      settings: this.#gathered.snapshot.settings ?? NO_SETTINGS,
      advisories: this.#gathered.advisories ?? NO_ADVISORIES,
      date: this.#date,
      silenced: this.#silencing.silenced,
      uses,
    };
  }

  /** Paths that the fact has something of, right in this folder. */
  #harvestedIn(folder: string, fact: AnyFact): readonly string[] {
    const { files, unread } = this.#gathered.harvests.get(fact) ?? { files: new Map(), unread: new Map() };
    const byFolder = this.#byFolder.get(fact) ?? Map.groupBy([...files.keys(), ...unread.keys()], folderOf);
    this.#byFolder.set(fact, byFolder);
    return byFolder.get(folder) ?? [];
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
