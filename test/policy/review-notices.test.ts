import { describe, expect, test } from "@jest/globals";
import { reviewNotices } from "../../src/policy/review-notices.ts";
import { policyOf, told } from "../support/policies.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

function noticesOn(date: string, use = { findings: 1, isJudged: true }) {
  const { policy } = policyOf(
    'waivers:\n  - rule: ci-cd/tests-run\n    reason: They run by hand for now.\n    owner: "@ada"\n    expires: 2026-12-31\n',
  );
  const waivers = [{ rule: "ci-cd/tests-run", expires: "2026-12-31", ...use }];
  return told(reviewNotices(policy, reviewOf([], { date, waivers })));
}

describe("a waiver", () => {
  test.each([
    ["2026-11-24", []],
    ["2026-12-16", []],
    [
      "2026-12-17",
      ["The waiver of ci-cd/tests-run (@ada) ends in 14 days, on 2026-12-31: what it covers counts again then."],
    ],
    [
      "2026-12-30",
      ["The waiver of ci-cd/tests-run (@ada) ends tomorrow, on 2026-12-31: what it covers counts again then."],
    ],
    [
      "2026-12-31",
      ["The waiver of ci-cd/tests-run (@ada) ends today, on 2026-12-31: what it covers counts again then."],
    ],
    ["2027-01-01", ["The waiver of ci-cd/tests-run (@ada) ended on 2026-12-31: what it covered counts again."]],
  ])("is announced two weeks before its end, and told when it ended: %s", (date, expected) => {
    expect(noticesOn(date)).toEqual(expected.map((sentence) => `.github/pyready.yml:2 ${sentence}`));
  });

  test("that covers nothing is told, and not where its rule was not judged", () => {
    expect(noticesOn("2026-11-24", { findings: 0, isJudged: true })).toEqual([
      ".github/pyready.yml:2 The waiver of ci-cd/tests-run covers nothing, and can be deleted.",
    ]);
    expect(noticesOn("2026-11-24", { findings: 0, isJudged: false })).toEqual([]);
  });
});

test("components without files are told", () => {
  const { policy } = policyOf("components: [services/api, services/ap]\n");
  const components = [{ root: "services/api", profile: "web-service", score: 80, lines: 100 }];
  expect(told(reviewNotices(policy, reviewOf([], { components })))).toEqual([
    " components names services/ap, which holds no files: it is not judged.",
  ]);
});

describe("a finding that the change silences", () => {
  const noticesOf = (many: number) => {
    const toBeSuppressed = Array.from({ length: many }, (_, index) => evidenceAt("app.py", index + 1));
    return told(reviewNotices(policyOf("").policy, reviewOf([resultOf({ toBeSuppressed })])));
  };

  test("is told at its place", () => {
    expect(noticesOf(1)).toEqual([
      "app.py:1 This change tells a tool to pass over what testing/tests-present finds here: the finding counts until that is merged.",
    ]);
  });

  test.each([
    [11, " This change silences 1 more finding."],
    [13, " This change silences 3 more findings."],
  ])("is counted where there are many: %d", (many, last) => {
    expect(noticesOf(many).slice(10)).toEqual([last]);
  });
});
