import type { AnyFact } from "../facts/fact.ts";
import type { Gathered, Harvest, Harvests } from "./gather.ts";
import { isSame, isSameList } from "./same.ts";

/** What facts are made from beside the paths: what is known of the files, and their sizes in the order of the paths. */
export interface Reading {
  readonly harvests: Harvests;
  readonly sizes: readonly (number | null)[];
}

const NOTHING: Harvest = { files: new Map(), unread: new Map() };

export function readingOf({ harvests, snapshot }: Pick<Gathered, "harvests" | "snapshot">): Reading {
  return { harvests, sizes: snapshot.tree.map(({ size }) => size) };
}

/** What is other now than when the same paths were reviewed before; everything, where nobody did. */
export class Since {
  readonly areSizesSame: boolean;
  readonly #before: Reading | undefined;
  readonly #now: Reading;
  readonly #changed = new Map<AnyFact, readonly string[]>();

  constructor(before: Reading | undefined, now: Reading) {
    this.#before = before;
    this.#now = now;
    this.areSizesSame = before !== undefined && isSameList(before.sizes, now.sizes);
  }

  /** The paths of which the fact has something else, gained and lost ones among them. */
  changedFor(fact: AnyFact): readonly string[] {
    const known = this.#changed.get(fact);
    if (known) return known;
    const [before, now] = [this.#before, this.#now].map((reading) => reading?.harvests.get(fact) ?? NOTHING);
    const changed = changedPaths(before as Harvest, now as Harvest);
    this.#changed.set(fact, changed);
    return changed;
  }
}

/** The paths at which two harvests differ. */
export function changedPaths(before: Harvest, now: Harvest): readonly string[] {
  return [...changedKeys(before.files, now.files), ...changedKeys(before.unread, now.unread)];
}

function changedKeys(before: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): readonly string[] {
  const isOther = ([path, value]: readonly [string, unknown]): boolean =>
    !before.has(path) || !isSame(before.get(path), value);
  const lost = [...before.keys()].filter((path) => !now.has(path));
  return [...[...now].filter(isOther).map(([path]) => path), ...lost];
}
