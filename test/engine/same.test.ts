import { describe, expect, test } from "@jest/globals";
import { isSame } from "../../src/engine/same.ts";

class Box {
  readonly #inside: number;
  constructor(inside: number) {
    this.#inside = inside;
  }
  get isFull(): boolean {
    return this.#inside > 0;
  }
}

const box = new Box(1);
const one = (): number => 1;

function ring(): object {
  const node: Record<string, unknown> = {};
  node.next = node;
  return node;
}

function shared(levels: number): unknown {
  let data: unknown = 1;
  for (let level = 0; level < levels; level++) data = [data, data];
  return data;
}

function nested(levels: number): unknown {
  let data: unknown = 1;
  for (let level = 0; level < levels; level++) data = [data];
  return data;
}

describe("two values are the same", () => {
  const cases: readonly (readonly [string, unknown, unknown, boolean])[] = [
    ["texts", "a", "a", true],
    ["other texts", "a", "b", false],
    ["what is no number", Number.NaN, Number.NaN, true],
    ["nothing, and an empty object", null, {}, false],
    ["an empty list, and an empty object", [], {}, false],
    ["plain data", { a: [1, { b: null }] }, { a: [1, { b: null }] }, true],
    ["plain data that differs deep inside", { a: [1, { b: null }] }, { a: [1, { b: 0 }] }, false],
    ["a key without a value, and no key", { a: undefined }, {}, false],
    ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, false],
    ["maps", new Map([["a", [1]]]), new Map([["a", [1]]]), true],
    ["maps in another order", new Map([["a", 1], ["b", 2]]), new Map([["b", 2], ["a", 1]]), false], // biome-ignore format: one case a line
    ["sets", new Set(["a"]), new Set(["a"]), true],
    ["sets of another size", new Set(["a"]), new Set(["a", "b"]), false],
    ["the same function", one, one, true],
    ["functions that look alike", () => 1, () => 1, false],
    ["the same instance", box, box, true],
    ["instances that differ in what cannot be seen", new Box(1), new Box(2), false],
    ["instances that may differ in it", new Box(1), new Box(1), false],
    ["expressions", /a/, /a/, false],
    ["data that holds itself", ring(), ring(), true],
    ["data whose parts are shared a million million times", shared(40), shared(40), true],
    ["data that is nested deeper than anybody looks", nested(5000), nested(5000), false],
  ];
  test.each(cases)("%s", (_, first, second, expected) => {
    expect(isSame(first, second)).toBe(expected);
  });
});
