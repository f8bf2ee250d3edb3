import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Scored, scoreOf } from "../../src/engine/score.ts";
import { categories, categoryWeights } from "../../src/engine/weights.ts";

const testing = (severity: Scored["severity"], value: number | null): Scored => ({
  category: "testing",
  severity,
  value,
});

describe("the score", () => {
  test.each(Object.entries(categoryWeights))("the weights of %s sum to 100", (_, weights) => {
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
  });

  test("is the mean of the rules, weighted by severity", () => {
    expect(scoreOf([testing("high", 1), testing("medium", 0)], "library")).toBeCloseTo((100 * 6) / 9);
  });

  test("leaves out what has no value", () => {
    expect(scoreOf([testing("high", 0.5), testing("critical", null)], "library")).toBeCloseTo(50);
    expect(scoreOf([testing("critical", null)], "library")).toBeNull();
  });

  test("shrinks a category of which little was assessed", () => {
    const results: Scored[] = [
      { category: "testing", severity: "low", value: 0 },
      { category: "ci-cd", severity: "critical", value: 1 },
    ];
    expect(scoreOf(results, "library")).toBeCloseTo((100 * 18) / (18 + 20 / 9));
  });

  test("a category without weight in the profile does not count", () => {
    expect(scoreOf([{ category: "deployment", severity: "critical", value: 0 }, testing("high", 1)], "library")).toBe(
      100,
    );
  });

  const results = fc.array(
    fc.record({
      category: fc.constantFrom(...categories),
      severity: fc.constantFrom("critical" as const, "high" as const, "medium" as const, "low" as const),
      value: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    { minLength: 1, maxLength: 60 },
  );

  test("stays between 0 and 100, and passing one more rule never lowers it", () => {
    fc.assert(
      fc.property(results, fc.nat(), (all, pick) => {
        const before = scoreOf(all, "web-service");
        const better = all.map((one, index) =>
          index === pick % all.length && one.value !== null ? { ...one, value: 1 } : one,
        );
        const after = scoreOf(better, "web-service");
        if (before === null || after === null) return before === after;
        return before >= 0 && after <= 100 + 1e-9 && after >= before - 1e-9;
      }),
    );
  });
});
