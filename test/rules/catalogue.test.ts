import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { ruleSets } from "../../src/engine/rule-set.ts";
import { ruleMetadata } from "../support/rule-metadata.ts";

describe.each(rules.map(({ id, rule }) => ({ id, rule })))("$id", ({ id, rule }) => {
  test("is a category and a claim in small letters", () => {
    expect(id).toMatch(/^[a-z-]+\/[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test("says why and how to fix it in whole sentences", () => {
    for (const text of [rule.why, rule.fix]) expect(text).toMatch(/^[A-Z`].*\.$/s);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
  });

  test("is not longer than a rule may be", () => {
    expect(readFileSync(`rules/${id}.ts`, "utf8").split("\n").length).toBeLessThanOrEqual(61);
  });

  test("has a test with every outcome that it can give, and exact evidence", () => {
    const path = `test/rules/${id}.test.ts`;
    expect(existsSync(path)).toBe(true);
    expect(ruleMetadata(readFileSync(`rules/${id}.ts`, "utf8"), readFileSync(path, "utf8"))).toEqual([]);
  });
});

test("titles are unique", () => {
  const titles = rules.map(({ rule }) => rule.title);
  expect(titles).toEqual([...new Set(titles)]);
});

test("a rule has a repair, or says why people have to mend what it finds, and not both", () => {
  const unclear = rules.filter(({ rule }) =>
    rule.repair ? rule.byHand !== undefined : !/^[a-z].*[^.]$/.test(rule.byHand ?? ""),
  );
  expect(unclear.map(({ id }) => id)).toEqual([]);
});

describe("rule sets", () => {
  const ofFirst = readFileSync("test/rules/first-rule-set.txt", "utf8").trimEnd().split("\n");
  const namesOf = ({ id, rule }: (typeof rules)[number]): readonly string[] => [id, ...(rule.formerly ?? [])];

  // Who adds a rule adds the next set to src/engine/rule-set.ts, where it is not there yet, and names it.
  test("a rule that is not of the first one names the one that it came with", () => {
    const later = rules.filter((one) => !namesOf(one).some((name) => ofFirst.includes(name)));
    const nameless = later.filter(({ rule }) => !ruleSets.slice(1).includes(rule.since ?? ""));
    expect(nameless.map(({ id }) => id)).toEqual([]);
  });

  test("a rule of the first one is still there, by this name or another, and names no other set", () => {
    const kept = rules.filter((one) => namesOf(one).some((name) => ofFirst.includes(name)));
    const names = new Set(kept.flatMap(namesOf));
    expect(ofFirst.filter((id) => !names.has(id))).toEqual([]);
    expect(kept.filter(({ rule }) => rule.since !== undefined).map(({ id }) => id)).toEqual([]);
  });
});
