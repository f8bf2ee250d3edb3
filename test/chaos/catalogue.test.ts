import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { catalogue } from "./catalogue.ts";
import { faults } from "./faults/all.ts";

const proven = new Set([...faults.values()].flatMap(({ proves }) => proves));

test("the catalogue holds every fault once, in order", () => {
  expect(catalogue.map(({ no }) => no)).toEqual(Array.from({ length: 56 }, (_, index) => index + 1));
});

test("every fault is a case of the harness, or of tests that are there", () => {
  const unproven = catalogue.filter(({ no, tests }) => !proven.has(no) && tests.length === 0);
  expect(unproven).toEqual([]);
  const named = catalogue.flatMap(({ tests }) => tests).filter((name) => name !== "bench:load");
  expect(named.filter((name) => !existsSync(`test/${name}.test.ts`))).toEqual([]);
});

test("the harness proves nothing that the catalogue does not know", () => {
  expect([...proven].filter((no) => !catalogue.some((entry) => entry.no === no))).toEqual([]);
});
