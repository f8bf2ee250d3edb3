import { seededRandom } from "../sandbox/random.ts";

/** Choices that are the same for the same seed. */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seededRandom(seed);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  /** @throws when there is nothing to choose from */
  pick<Value>(values: readonly Value[]): Value {
    const chosen = this.maybe(values);
    if (chosen === undefined) throw new Error("there is nothing to choose from");
    return chosen;
  }

  /** One of them, undefined when there is none. */
  maybe<Value>(values: readonly Value[]): Value | undefined {
    return values[this.between(0, values.length - 1)];
  }

  /** So many different ones, in any order. */
  sample<Value>(values: readonly Value[], count: number): readonly Value[] {
    const left = [...values];
    return Array.from({ length: Math.min(count, left.length) }, () =>
      left.splice(this.between(0, left.length - 1), 1),
    ).flat();
  }
}
