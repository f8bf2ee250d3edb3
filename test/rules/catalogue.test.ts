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
    expect(readFileSync(`rules/${id}.ts`, "utf8").split("\n").length).toBeLessThanOrEqual(101);
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

test("a rule has a repair, or says why people have to mend what it finds", () => {
  const silent = rules.filter(({ rule }) => !rule.repair && !/^[a-z].*[^.]$/.test(rule.byHand ?? ""));
  expect(silent.map(({ id }) => id)).toEqual([]);
});

test("what a rule says of its rule set names one that is there", () => {
  const unknown = rules.filter(({ rule }) => rule.since !== undefined && !ruleSets.includes(rule.since));
  expect(unknown.map(({ id }) => id)).toEqual([]);
});
