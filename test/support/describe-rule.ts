import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import type { Evidence, Outcome } from "../../src/engine/review.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import type { AnyRule, MiniSurroundings } from "../../src/rule.ts";
import type { Advisory } from "../../src/snapshot/advisories.ts";
import { type RepositorySettings, settingsWith } from "../../src/snapshot/settings.ts";
import type { RepositoryInfo } from "../../src/snapshot/snapshot.ts";
import { advisorySource } from "./advisories.ts";
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
  /** The exact places of what is silenced, in the same form. */
  readonly suppressed?: readonly string[];
  /** A part of the first message or of the reason. */
  readonly says?: string;
  readonly repository?: Partial<RepositoryInfo>;
  /** What GitHub tells; all else of it is not read yet. */
  readonly settings?: Partial<RepositorySettings>;
  /** What is known of versions, by `name@version`. */
  readonly advisories?: Readonly<Record<string, readonly Advisory[]>>;
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
    { name: "its example that passes", repo: rule.examples.passes, expect: passes, ...around(rule, "passes") },
    { name: "its example that fails", repo: rule.examples.fails, expect: fails, ...around(rule, "fails") },
  ];
  describe(id, () => {
    test.each([...examples, ...cases])("$expect: $name", async (one) => {
      const result = await judgeOne(id, rule, one);
      const shown = { outcome: result.outcome, reason: result.reason, evidence: result.evidence };
      expect({ ...shown, outcome: one.expect }).toEqual(shown);
      if (one.value !== undefined) expect(result.value).toBeCloseTo(one.value, 6);
      if (one.evidence) expect(result.evidence.map(placed)).toEqual(one.evidence);
      if (one.suppressed) expect(result.suppressed.map(placed)).toEqual(one.suppressed);
      if (one.says)
        expect([result.reason, ...result.evidence.map(({ message }) => message)].join("\n")).toContain(one.says);
    });
  });
}

function placed({ path, line }: Pick<Evidence, "path" | "line">): string {
  return [path, line].filter((part) => part !== null).join(":");
}

/** What the example names beside files, as a case. */
function around({ examples }: AnyRule, which: "passes" | "fails"): Pick<RuleCase, "settings" | "advisories"> {
  const { settings, advisories } = examples.outside?.[which] ?? {};
  return {
    ...(settings && { settings: known(settings) }),
    ...(advisories && { advisories }),
  };
}

/** Parts of GitHub's settings, all of them read. */
export function known(values: NonNullable<MiniSurroundings["settings"]>): Partial<RepositorySettings> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { known: true, value }]));
}

async function judgeOne(id: string, rule: AnyRule, one: RuleCase) {
  const { repo, repository, settings, advisories, date, complete } = one;
  const files = miniSnapshot(repo, repository, complete);
  const snapshot = settings ? { ...files, settings: settingsWith(settings, "not read yet") } : files;
  const review = await reviewSnapshot(snapshot, {
    rules: [{ id, rule }],
    date: date ?? "2026-11-22",
    python,
    ...(advisories && { advisories: advisorySource(advisories) }),
  });
  const [result] = review.rules;
  if (!result) throw new Error(`${id} gave no result`);
  return result;
}
