import { describe, expect, test } from "@jest/globals";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { createParseCache } from "../../src/facts/parse-cache.ts";
import { type AnyRule, cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

const date = "2026-11-22";

/** A rule that answers as told, so that the engine alone is under test. */
function ruleThat(check: AnyRule["check"], rest: Partial<AnyRule> = {}): AnyRule {
  return {
    ...defineRule({
      title: "The engine does as told",
      severity: "high",
      why: "It is told to.",
      fix: "Tell it otherwise.",
      references: [],
      needs: ["pythonFiles"],
      check: () => pass(),
      message: () => "It was told so.",
      examples: { passes: {}, fails: {} },
    }),
    check,
    ...rest,
  } as AnyRule;
}

const monorepo = {
  "libs/one/pyproject.toml": '[project]\nname = "one"\n',
  "libs/one/one.py": "x = 1\n".repeat(500),
  "libs/two/pyproject.toml": '[project]\nname = "two"\n',
  "libs/two/two.py": "x = 1\n",
};

describe("a review", () => {
  test("keeps apart what a rule may answer", async () => {
    const crash = (): never => {
      throw new Error("broken");
    };
    const rules = [
      { id: "testing/passes", rule: ruleThat(() => pass()) },
      { id: "testing/fails", rule: ruleThat(() => fail([{ path: "a.py", line: 3, found: {} }])) },
      { id: "testing/in-part", rule: ruleThat(() => partial(0.5, [])) },
      { id: "testing/skips", rule: ruleThat(() => skip("no subject")) },
      { id: "testing/cannot", rule: ruleThat(() => cannotJudge("x.yml could not be read")) },
      { id: "testing/crashes", rule: ruleThat(crash) },
    ];
    const review = await reviewSnapshot(miniSnapshot({ "a.py": "x = 1" }), { rules, date, python });
    expect(review.rules.map(({ outcome }) => outcome)).toEqual([
      "pass",
      "fail",
      "partial",
      "skip",
      "unknown",
      "crashed",
    ]);
    expect(review.score).toBeCloseTo(50);
    expect(review.coverage).toBeCloseTo(3 / 5);
    expect(review.rules.map(({ gain }) => gain && Math.round(gain * 10) / 10)).toEqual([
      0,
      33.3,
      16.7,
      null,
      null,
      null,
    ]);
    expect(review.rules[4]?.reason).toBe("x.yml could not be read");
  });

  test("a failing critical rule blocks, and counts its places", async () => {
    const places = [1, 2].map((line) => ({ path: "a.py", line, found: {} }));
    const rules = [{ id: "security/leaks", rule: ruleThat(() => fail(places), { severity: "critical" }) }];
    const review = await reviewSnapshot(miniSnapshot({ "a.py": "x = 1" }), { rules, date, python });
    expect([review.verdict, review.blockers]).toEqual(["not-ready", 2]);
  });

  test("without Python there is no verdict, and rules for every repository still run", async () => {
    const rules = [
      { id: "testing/for-python", rule: ruleThat(() => fail([])) },
      { id: "governance/for-all", rule: ruleThat(() => pass(), { appliesTo: "any" }) },
    ];
    const review = await reviewSnapshot(miniSnapshot({ "main.go": "" }), { rules, date, python });
    expect([review.verdict, review.profile, review.score]).toEqual(["not-applicable", "none", null]);
    expect(review.rules.map(({ outcome }) => outcome)).toEqual(["skip", "pass"]);
  });

  test("of a monorepo the gravest outcome is shown, with the components beside it", async () => {
    const oneFails: AnyRule["check"] = ({ pythonFiles }) =>
      pythonFiles.paths.includes("libs/two/two.py") ? fail([{ path: "libs/two/two.py", line: 1, found: {} }]) : pass();
    const review = await reviewSnapshot(miniSnapshot(monorepo), {
      rules: [{ id: "testing/each", rule: ruleThat(oneFails) }],
      date,
      python,
    });
    expect(review.rules[0]).toMatchObject({
      outcome: "fail",
      evidence: [{ path: "libs/two/two.py" }],
      components: [
        { root: "libs/one", outcome: "pass" },
        { root: "libs/two", outcome: "fail" },
      ],
    });
    expect(review.components.map(({ score }) => score)).toEqual([100, 0]);
    expect(review.score).toBeGreaterThan(60);
  });

  test("where the tree was cut, an absence proves nothing", async () => {
    const rules = [
      { id: "testing/absent", rule: ruleThat(() => fail([{ found: {} }])) },
      { id: "testing/seen", rule: ruleThat(() => fail([{ path: "a.py", line: 1, found: {} }])) },
      { id: "testing/none-seen", rule: ruleThat(() => pass()) },
    ];
    const review = await reviewSnapshot(miniSnapshot({ "a.py": "x = 1" }, {}, false), { rules, date, python });
    expect(review.rules.map(({ outcome }) => outcome)).toEqual(["unknown", "fail", "unknown"]);
  });

  test("the same tree gives the same review, with a warm cache too", async () => {
    const cache = createParseCache();
    const rules = [{ id: "testing/passes", rule: ruleThat(() => pass()) }];
    const first = await reviewSnapshot(miniSnapshot(monorepo), { rules, date, cache, python });
    expect(await reviewSnapshot(miniSnapshot(monorepo), { rules, date, cache, python })).toEqual(first);
  });

  test("a later review scans only what changed", async () => {
    const cache = createParseCache();
    const rules = [{ id: "testing/scans", rule: ruleThat(() => pass(), { needs: ["committedSecrets"] }) }];
    const scannedOf = async (files: Readonly<Record<string, string>>) => {
      const scanned: string[] = [];
      const snapshot = miniSnapshot(files);
      const watched: Snapshot = {
        ...snapshot,
        read(entries, scan) {
          scanned.push(...(scan?.entries ?? []).map(({ path }) => path));
          return snapshot.read(entries, scan);
        },
      };
      await reviewSnapshot(watched, { rules, date, cache, python });
      return scanned;
    };
    expect(await scannedOf(monorepo)).toEqual(Object.keys(monorepo));
    expect(await scannedOf({ ...monorepo, "libs/two/two.py": "x = 2\n" })).toEqual(["libs/two/two.py"]);
    expect(await scannedOf(monorepo)).toEqual([]);
  });

  test("a source that fails ends the review: it is not judged as empty", async () => {
    const broken = {
      ...miniSnapshot({ "pyproject.toml": "" }),
      read: () => Promise.reject(new Error("connection reset")),
    };
    await expect(reviewSnapshot(broken, { rules: [], date, python })).rejects.toThrow("connection reset");
  });
});
