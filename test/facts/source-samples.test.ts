import { expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

const parse = rules.filter(({ id }) => id === "code-quality/sources-parse");
const many = Object.fromEntries(Array.from({ length: 3100 }, (_, index) => [`shop/part_${index}.py`, "x = 1\n"]));
const broken = { ...many, "shop/zzz.py": "def (:\n" };

test("of very many sources a sample is read, and the report says so", async () => {
  const { lookedAt } = await reviewSnapshot(miniSnapshot(many), { rules: parse, date: "2026-11-22", python });
  expect(lookedAt.sources).toEqual({ read: 3000, of: 3100 });
});

test("what a change touches is read, however many others there are", async () => {
  const options = { rules: parse, date: "2026-11-22", python };
  const changed = async () => new Set(Object.keys(broken).slice(-110));
  const { lookedAt, rules: judged } = await reviewSnapshot(miniSnapshot(broken), { ...options, changed });
  expect(judged[0]?.evidence.map(({ path }) => path)).toEqual(["shop/zzz.py"]);
  expect(lookedAt.sources.read).toBeGreaterThan(3000);
});
