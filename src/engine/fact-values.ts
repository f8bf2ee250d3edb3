import type { AnyFact, Component, Fact, FactContext, FactMap, ParsedFile, UnreadFile } from "../facts/fact.ts";
import { type Exclusion, folderOf, isAuxiliary, type Tree } from "../facts/tree.ts";
import type { KnownAdvisories } from "../snapshot/advisories.ts";
import { settingsWith } from "../snapshot/settings.ts";
import { Answers, type EarlierAnswers } from "./answers.ts";
import type { Gathered, Harvest } from "./gather.ts";
import { isSame, isSameList } from "./same.ts";
import { asWritten, canBeSilenced, type Silencing } from "./silencing.ts";
import type { Since } from "./since.ts";
import { viewsOf } from "./views.ts";

/** The part of a repository that a fact is combined over. */
export interface View {
  readonly component: Component;
  /** Its place among the components; that of the whole repository is before the first. */
  readonly place: number;
  /** The paths that belong to it. */
  readonly tree: Tree;
  /** Folders above it: settings that stand right in them reach into the view. */
  readonly above: readonly string[];
}

/** What is looked at, on which day, and what an earlier review came to. */
interface Looking {
  /** Paths that are there and not the project's own. */
  readonly excluded: Exclusion;
  /** Paths that are treated as if they were not there. */
  readonly leftOut: Exclusion;
  readonly date: string;
  readonly since: Since;
  /** The values of the same paths without the same ones that are left out, of the same repository and day. */
  readonly earlier?: EarlierValues | undefined;
}

/** What a fact came to over one view, and what that rests on beside its files. */
interface Combined {
  readonly value: unknown;
  /** The values of the facts that it uses, in their order. */
  readonly uses: readonly unknown[];
  /** True where it asked for sizes. */
  readonly weighs: boolean;
}

type ByPlace<Kept> = ReadonlyMap<AnyFact, ReadonlyMap<number, Kept>>;

/** What a review leaves of its values for the next one. */
export interface EarlierValues {
  readonly combined: ByPlace<Combined>;
  readonly assumed: ByPlace<unknown>;
  readonly answers: EarlierAnswers;
  readonly components: readonly Component[];
  readonly excluded: Exclusion;
  readonly advisories: KnownAdvisories | undefined;
}

const WHOLE = -1;
const NOTHING: Harvest = { files: new Map(), unread: new Map() };
const NO_SETTINGS = settingsWith({}, "GitHub's settings are not read here");
const NO_ADVISORIES: KnownAdvisories = { byVersion: new Map(), reason: "advisories are not read here", readAt: null };

/**
 * Combines facts over views; every value is computed once. Facts are pure, so an earlier value stands where
 * the files that the fact has and the values that it uses are the same.
 */
export class FactValues {
  readonly #gathered: Gathered;
  readonly #looking: Looking;
  readonly #whole: View;
  readonly #earlier: EarlierValues | undefined;
  readonly #combined = new Map<AnyFact, Map<number, Combined>>();
  readonly #assumed = new Map<AnyFact, Map<number, unknown>>();
  readonly #byFolder = new Map<AnyFact, ReadonlyMap<string, readonly string[]>>();
  /** Holds what nothing silences, where other findings are silenced here; null where nobody asked for that. */
  readonly #shared: FactValues | null;
  readonly #silencing: Silencing;
  /** What rules say of these values. */
  readonly answers: Answers;
  #components: readonly Component[] = [];
  #areComponentsSame = false;

  /** @param shared values of the same, and what is silenced in place of what the commit itself silences */
  constructor(
    gathered: Gathered,
    looking: Looking,
    shared?: { readonly values: FactValues; readonly silencing: Silencing },
  ) {
    const { excluded, leftOut, earlier } = looking;
    this.#gathered = gathered;
    this.#looking = looking;
    this.#shared = shared?.values ?? null;
    this.#silencing = shared?.silencing ?? asWritten();
    this.#whole = shared?.values.whole ?? {
      component: { root: "", kind: "primary" },
      place: WHOLE,
      tree: gathered.tree.without(leftOut, excluded),
      above: [],
    };
    const isOfSame = earlier?.excluded === excluded && isSame(earlier.advisories, gathered.advisories);
    this.#earlier = isOfSame ? earlier : undefined;
    this.answers = new Answers(this.#earlier?.answers);
  }

  /** The view of the whole repository. */
  get whole(): View {
    return this.#whole;
  }

  /** What was silenced so far. */
  get silenced(): Silencing["places"] {
    return this.#silencing.places;
  }

  /** The same, where other findings are silenced; of these nothing is kept. */
  silencing(silencing: Silencing): FactValues {
    return new FactValues(this.#gathered, { ...this.#looking, earlier: undefined }, { values: this, silencing });
  }

  /** What the next review of the same paths can use. */
  get left(): EarlierValues {
    return {
      combined: this.#combined,
      assumed: this.#assumed,
      answers: this.answers.left,
      components: this.#components,
      excluded: this.#looking.excluded,
      advisories: this.#gathered.advisories,
    };
  }

  /** The view of each of these components; where they are others than before, no earlier value of a view stands. */
  viewsOf(components: readonly Component[], areNamed: boolean): readonly View[] {
    this.#components = components;
    this.#areComponentsSame = isSame(this.#earlier?.components, components);
    return viewsOf(components, this.#whole.tree, areNamed);
  }

  /** Gives a fact the value that somebody knows better; before anything is made from it. */
  assume<Value, Parsed, Uses extends FactMap>(fact: Fact<Value, Parsed, Uses>, view: View, value: Value): void {
    const { place } = this.#scopeOf(fact, view);
    const earlier = this.#earlier?.assumed.get(fact)?.get(place);
    keptIn(this.#assumed, fact).set(place, isSame(earlier, value) ? earlier : value);
  }

  /** @throws what `combine` throws: a defect of the fact. */
  valueOf<Value, Parsed, Uses extends FactMap>(fact: Fact<Value, Parsed, Uses>, view: View): Value {
    if (this.#shared && !canBeSilenced(fact)) return this.#shared.valueOf(fact, view);
    const scope = this.#scopeOf(fact, view);
    const assumed = this.#assumed.get(fact);
    if (assumed?.has(scope.place)) return assumed.get(scope.place) as Value;
    const known = keptIn(this.#combined, fact);
    const combined = known.get(scope.place) ?? this.#combine(fact, scope);
    known.set(scope.place, combined);
    return combined.value as Value;
  }

  #scopeOf({ spans }: AnyFact, view: View): View {
    return spans === "repository" ? this.#whole : view;
  }

  #combine(fact: AnyFact, view: View): Combined {
    const names = Object.keys(fact.uses);
    const uses = Object.values(fact.uses as FactMap).map((used) => this.valueOf(used, view));
    const earlier = this.#earlierOf(fact, view);
    if (earlier && isSameList(earlier.uses, uses) && this.#standsFor(earlier, fact, view)) return earlier;
    const before = view.tree.weighings;
    const context = this.#contextOf(fact, view, Object.fromEntries(names.map((name, index) => [name, uses[index]])));
    const value = fact.combine(context);
    return {
      // The earlier value in place of its equal: what rests on it then stands too.
      value: earlier && isSame(earlier.value, value) ? earlier.value : value,
      uses,
      weighs: view.tree.weighings > before,
    };
  }

  #earlierOf(fact: AnyFact, view: View): Combined | undefined {
    if (view !== this.#whole && !this.#areComponentsSame) return undefined;
    return this.#earlier?.combined.get(fact)?.get(view.place);
  }

  /** True where neither files nor sizes that the value rests on have changed. */
  #standsFor({ weighs }: Combined, fact: AnyFact, { tree, above }: View): boolean {
    const { since } = this.#looking;
    // What is silenced is told on the way.
    if ((weighs && !since.areSizesSame) || canBeSilenced(fact)) return false;
    return !since.changedFor(fact).some((path) => tree.has(path) || above.includes(folderOf(path)));
  }

  #contextOf(fact: AnyFact, view: View, uses: Readonly<Record<string, unknown>>): FactContext<unknown, FactMap> {
    const files: ParsedFile<unknown>[] = [];
    const unread: UnreadFile[] = [];
    const harvest = this.#harvestOf(fact);
    const take = (path: string, inherited: boolean): void => {
      const reason = harvest.unread.get(path);
      if (reason !== undefined) unread.push({ path, reason });
      else if (harvest.files.has(path)) files.push({ path, parsed: harvest.files.get(path), inherited });
    };
    const size = harvest.files.size + harvest.unread.size;
    // Of many views each holds little, and of most facts there is little to hold.
    if (view.tree.entries.length < size) for (const { path } of view.tree.entries) take(path, false);
    else
      for (const path of new Set([...harvest.files.keys(), ...harvest.unread.keys()]))
        if (view.tree.has(path)) take(path, false);
    for (const path of view.above.flatMap((folder) => this.#harvestedIn(folder, fact)))
      if (!view.tree.has(path) && !isAuxiliary(path) && !this.#looking.leftOut(path)) take(path, true);
    return {
      files: files.sort((a, b) => compare(a.path, b.path)),
      unread: unread.sort((a, b) => compare(a.path, b.path)),
      tree: view.tree,
      component: view.component,
      repository: this.#gathered.snapshot.repository,
      settings: this.#gathered.snapshot.settings ?? NO_SETTINGS,
      advisories: this.#gathered.advisories ?? NO_ADVISORIES,
      date: this.#looking.date,
      silenced: this.#silencing.silenced,
      uses,
    };
  }

  #harvestOf(fact: AnyFact): Harvest {
    return this.#gathered.harvests.get(fact) ?? NOTHING;
  }

  /** Paths that the fact has something of, right in this folder. */
  #harvestedIn(folder: string, fact: AnyFact): readonly string[] {
    const { files, unread } = this.#harvestOf(fact);
    const byFolder = this.#byFolder.get(fact) ?? Map.groupBy([...files.keys(), ...unread.keys()], folderOf);
    this.#byFolder.set(fact, byFolder);
    return byFolder.get(folder) ?? [];
  }
}

function keptIn<Kept>(all: Map<AnyFact, Map<number, Kept>>, fact: AnyFact): Map<number, Kept> {
  const known = all.get(fact) ?? new Map<number, Kept>();
  all.set(fact, known);
  return known;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
