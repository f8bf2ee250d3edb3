import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Judged } from "../../src/engine/judge.ts";
import type { JudgedRule, ProfiledComponent } from "../../src/engine/judged-rule.ts";
import { nextFixes } from "../../src/engine/next-fixes.ts";
import { scoreIfPassed } from "../../src/engine/rescore.ts";
import type { Review } from "../../src/engine/review.ts";
import { summarise } from "../../src/engine/summarise.ts";
import { categories } from "../../src/engine/weights.ts";
import type { AnyRule } from "../../src/rule.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const judged: fc.Arbitrary<Judged> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((value) => ({
    outcome: value === 1 ? ("pass" as const) : value === 0 ? ("fail" as const) : ("partial" as const),
    value,
    reason: null,
    evidence: [],
  })),
  fc
    .constantFrom("skip" as const, "unknown" as const, "waived" as const)
    .map((outcome) => ({ outcome, value: null, reason: "so", evidence: [] })),
);

const component: fc.Arbitrary<Omit<ProfiledComponent, "root">> = fc.record({
  profile: fc.constantFrom("web-service", "library", "notebooks", "docs-only", "none"),
  signals: fc.constant([]),
  lines: fc.integer({ min: 0, max: 50_000 }),
  productLines: fc.integer({ min: 0, max: 50_000 }),
});

/** A repository of one to three components, judged by up to ten rules. */
const reviews: fc.Arbitrary<Review> = fc
  .array(component, { minLength: 1, maxLength: 3 })
  .chain((components) =>
    fc.tuple(fc.constant(components), fc.array(judgedRule(components.length), { minLength: 1, maxLength: 10 })),
  )
  .map(([components, rules]) =>
    reviewOf(
      [],
      summarise(
        rules.map((make, index) => make(index)),
        components.map((one, index) => ({ ...one, root: `part-${index}` })),
        () => undefined,
      ),
    ),
  );

function judgedRule(components: number): fc.Arbitrary<(index: number) => JudgedRule> {
  return fc
    .record({
      category: fc.constantFrom(...categories),
      severity: fc.constantFrom("critical" as const, "high" as const, "medium" as const, "low" as const),
      scope: fc.constantFrom("component" as const, "repository" as const),
      all: fc.array(judged, { minLength: components, maxLength: components }),
    })
    .map(({ category, severity, scope, all }) => (index) => ({
      id: `${category}/rule-${index}`,
      rule: { title: "It holds", severity, scope, why: "", fix: "" } as unknown as AnyRule,
      judged: scope === "repository" ? all.slice(0, 1) : all,
      suppressed: [],
      toBeSuppressed: [],
      unread: [],
      isOfToday: false,
    }));
}

const failing = ({ rules }: Review) => rules.filter(({ outcome }) => outcome === "fail" || outcome === "partial");

describe("judging again with rules passed", () => {
  test("gives the score itself where none is", () => {
    fc.assert(fc.property(reviews, (review) => scoreIfPassed(review, new Set()) === review.score));
  });

  test("gives what a rule's gain says, and sums of gains are exact", () => {
    fc.assert(
      fc.property(reviews, fc.infiniteStream(fc.boolean()), (review, picks) => {
        fc.pre(review.score !== null);
        const passed = failing(review).filter(() => picks.next().value);
        const sum = passed.reduce((all, { gain }) => all + (gain ?? 0), review.score ?? 0);
        const score = scoreIfPassed(review, new Set(passed.map(({ id }) => id)));
        expect(score).toBeCloseTo(sum, 6);
      }),
    );
  });

  test("never lowers the score, whichever rule passes", () => {
    fc.assert(
      fc.property(reviews, fc.nat(), (review, pick) => {
        const { id } = review.rules[pick % review.rules.length] ?? resultOf();
        const after = scoreIfPassed(review, new Set([id]));
        return review.score === null ? after === null : (after ?? 0) >= review.score - 1e-9;
      }),
    );
  });
});

describe("the next fixes", () => {
  test("to the next band are the fewest that reach it", () => {
    fc.assert(
      fc.property(reviews, (review) => {
        const { nextBand } = nextFixes(review);
        if (nextBand === null) return review.score === null || review.score >= 95;
        const ids = failing(review).map(({ id }) => id);
        const reaches = (some: readonly string[]) => (scoreIfPassed(review, new Set(some)) ?? 0) >= nextBand.from;
        return (
          reaches(nextBand.fixes.map(({ result }) => result.id)) &&
          !subsetsOf(ids).some((some) => some.length < nextBand.fixes.length && reaches(some))
        );
      }),
    );
  });

  test.each([
    ["nothing to a repository in the highest band", 95.5, null],
    ["70 to one that needs work", 69.99, 70],
    ["85 to one that is ready", 70, 85],
  ])("are %s", (_, score, from) => {
    const result = resultOf({ gain: 100 - score });
    const review = reviewOf(
      [result, resultOf({ id: "ci-cd/tests-run", category: "ci-cd", outcome: "pass", value: 1 })],
      {
        score,
      },
    );
    expect(nextFixes(review).nextBand?.from ?? null).toBe(from);
  });

  test("come in order of gain for the effort", () => {
    const at = (places: number) => Array.from({ length: places }, (_, index) => evidenceAt(`module_${index}.py`, 1));
    const rules = [
      resultOf({ id: "testing/many", gain: 5, evidence: at(6) }),
      resultOf({ id: "testing/few", gain: 5, evidence: at(5) }),
      resultOf({ id: "testing/one", gain: 5, evidence: at(1) }),
      resultOf({ id: "testing/missing", gain: 5 }),
      resultOf({ id: "testing/repair", gain: 5, evidence: at(9) }),
      resultOf({ id: "testing/large", gain: 20, evidence: at(9) }),
      resultOf({ id: "testing/nothing", gain: 0 }),
      resultOf({ id: "testing/passes", gain: 0, outcome: "pass", value: 1 }),
    ];
    const { fixes } = nextFixes(reviewOf(rules), new Set(["testing/repair"]));
    expect(fixes.map(({ result, effort }) => [result.id, effort])).toEqual([
      ["testing/repair", "repair"],
      ["testing/large", "many-places"],
      ["testing/one", "one-place"],
      ["testing/few", "few-places"],
      ["testing/missing", "missing"],
      ["testing/many", "many-places"],
    ]);
  });
});

function subsetsOf(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((_id, place) => bits & (1 << place)));
}
