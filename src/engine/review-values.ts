import { facts as allFacts } from "../facts/index.ts";
import type { Exclusion } from "../facts/tree.ts";
import { type EarlierValues, FactValues } from "./fact-values.ts";
import type { Gathered, Wanted } from "./gather.ts";
import { type Reading, readingOf, Since } from "./since.ts";
import type { Scope } from "./terms.ts";
import { pathMatcher } from "./waive.ts";

/** What a review leaves for the next one of the same paths: most commits change files, and add or remove none. */
export interface Earlier {
  readonly wanted: Wanted;
  readonly reading: Reading;
  /** By what is looked at. */
  readonly scopes: ReadonlyMap<string, EarlierValues>;
}

const NONE: Exclusion = () => false;
const RAW = "raw";

/** The values of one review, by what is looked at, and what the rules say of them. */
export class ReviewValues {
  /** Advisories are known once the versions are that are locked. */
  gathered: Gathered;
  readonly #date: string;
  readonly #earlier: Earlier | undefined;
  readonly #since: Since;
  readonly #reading: Reading;
  readonly #scopes = new Map<string, FactValues>();

  constructor(gathered: Gathered, date: string, earlier: Earlier | undefined) {
    this.gathered = gathered;
    this.#date = date;
    this.#earlier = earlier;
    this.#reading = readingOf(gathered);
    this.#since = new Since(earlier?.reading, this.#reading);
  }

  /** Everything that is there, before it is known what the repository calls vendored or generated. */
  get raw(): FactValues {
    return this.#of(RAW, NONE, NONE);
  }

  /** What is in a scope; with what the repository itself calls vendored or generated, or without heeding it. */
  within({ exclude, components, profile }: Scope, heedsAttributes: boolean): FactValues {
    const key = JSON.stringify([exclude, components, profile, heedsAttributes]);
    return this.#of(key, heedsAttributes ? this.#attributes : NONE, exclude.length > 0 ? pathMatcher(exclude) : NONE);
  }

  /** True where the repository calls some of its own paths vendored or generated. */
  get hasAttributes(): boolean {
    const excluded = this.#attributes;
    return this.gathered.snapshot.tree.some(({ path }) => excluded(path));
  }

  /** What the next review of the same paths can use. */
  get left(): Earlier {
    const scopes = [...this.#scopes].map(([key, values]) => [key, values.left] as const);
    return { wanted: this.gathered.wanted, reading: this.#reading, scopes: new Map(scopes) };
  }

  get #attributes(): Exclusion {
    return this.raw.valueOf(allFacts.attributes, this.raw.whole);
  }

  #of(key: string, excluded: Exclusion, leftOut: Exclusion): FactValues {
    const known = this.#scopes.get(key);
    if (known) return known;
    const earlier = this.#earlier?.scopes.get(key);
    const made = new FactValues(this.gathered, { excluded, leftOut, date: this.#date, since: this.#since, earlier });
    this.#scopes.set(key, made);
    return made;
  }
}
