import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import type { Outcome } from "../../src/engine/review.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import type { AnyRule } from "../../src/rule.ts";
import type { RepositoryInfo } from "../../src/snapshot/snapshot.ts";
import { type MiniFile, miniSnapshot } from "./mini-snapshot.ts";
import { python } from "./python.ts";

/** One sentence about a rule, on a mini-repository. */
export interface RuleCase {
  readonly name: string;
  readonly repo: Readonly<Record<string, MiniFile>>;
  readonly expect: Outcome;
  /** The exact value of a partial outcome. */
  readonly value?: number;
  /** The exact places, as `path:line`, `path`, or empty for the repository as a whole. */
  readonly evidence?: readonly string[];
  /** A part of the first message or of the reason. */
  readonly says?: string;
  readonly repository?: Partial<RepositoryInfo>;
  /** ISO day; the default is far enough from every end of life. */
  readonly date?: string;
  /** False for a tree that was cut. */
  readonly complete?: boolean;
}

/**
 * Tests a rule by its documented examples and a table of cases, through the real readers.
 * Every rule needs a pass, a fail with exact evidence, and a skip unless it never skips.
 */
export function describeRule(
  rule: AnyRule,
  cases: readonly RuleCase[],
  /** What the examples come to where files alone cannot decide: GitHub's settings tell the rest. */
  { passes = "pass", fails = "fail" }: { readonly passes?: Outcome; readonly fails?: Outcome } = {},
): void {
  const id = rules.find((catalogued) => catalogued.rule === rule)?.id;
  if (!id) throw new Error(`"${rule.title}" is not in rules/index.ts: run npm run generate`);
  const examples: readonly RuleCase[] = [
    { name: "its example that passes", repo: rule.examples.passes, expect: passes },
    { name: "its example that fails", repo: rule.examples.fails, expect: fails },
  ];
  describe(id, () => {
    test.each([...examples, ...cases])("$expect: $name", async (one) => {
      const result = await judgeOne(id, rule, one);
      const shown = { outcome: result.outcome, reason: result.reason, evidence: result.evidence };
      expect({ ...shown, outcome: one.expect }).toEqual(shown);
      if (one.value !== undefined) expect(result.value).toBeCloseTo(one.value, 6);
      if (one.evidence)
        expect(result.evidence.map(({ path, line }) => [path, line].filter((part) => part !== null).join(":"))).toEqual(
          one.evidence,
        );
      if (one.says)
        expect([result.reason, ...result.evidence.map(({ message }) => message)].join("\n")).toContain(one.says);
    });
  });
}

async function judgeOne(id: string, rule: AnyRule, { repo, repository, date, complete }: RuleCase) {
  const review = await reviewSnapshot(miniSnapshot(repo, repository, complete), {
    rules: [{ id, rule }],
    date: date ?? "2026-11-22",
    python,
  });
  const [result] = review.rules;
  if (!result) throw new Error(`${id} gave no result`);
  return result;
}
