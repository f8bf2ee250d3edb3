import type { Outcome, RuleResult } from "../engine/review.ts";
import type { CataloguedRule } from "../rule.ts";
import type { Case } from "./definition.ts";
import type { OwnRule } from "./read.ts";

/** Judges a repository of a few lines by one rule. */
export type JudgeCase = (rule: CataloguedRule, files: Case) => Promise<RuleResult>;

/** What one test of one rule gave. */
export interface TestResult {
  readonly id: string;
  /** As the file names it: `passes[0]`. */
  readonly name: string;
  readonly wanted: Outcome;
  readonly outcome: Outcome;
  /** Why it was skipped or could not be judged, else where something was found. */
  readonly why: string;
  readonly isRight: boolean;
}

const WANTED: readonly (readonly [keyof OwnRule["tests"], Outcome])[] = [
  ["passes", "pass"],
  ["fails", "fail"],
  ["skips", "skip"],
];

/** Runs the tests of own rules, in their order. */
export async function testOwnRules(rules: readonly OwnRule[], judge: JudgeCase): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  for (const { tests, ...rule } of rules)
    for (const [name, wanted] of WANTED)
      for (const [index, files] of (tests[name] ?? []).entries()) {
        const { outcome, reason, evidence } = await judge(rule, files);
        const places = evidence.flatMap(({ path, line }) =>
          path === null ? [] : [line === null ? path : `${path}:${line}`],
        );
        const why = reason ?? places.join(", ");
        results.push({ id: rule.id, name: `${name}[${index}]`, wanted, outcome, why, isRight: outcome === wanted });
      }
  return results;
}
