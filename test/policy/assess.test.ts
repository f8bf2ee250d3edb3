import { describe, expect, test } from "@jest/globals";
import type { Comparison } from "../../src/engine/comparison.ts";
import { findingsOf } from "../../src/engine/findings.ts";
import type { Review } from "../../src/engine/review.ts";
import { assess } from "../../src/policy/assess.ts";
import { defaultPolicy, type Gate } from "../../src/policy/policy.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const critical = resultOf({
  id: "security/debug-mode-off",
  severity: "critical",
  evidence: [evidenceAt("shop/settings.py", 3), evidenceAt("shop/settings.py", 9)],
});
const crashed = resultOf({ id: "security/debug-mode-off", severity: "critical", outcome: "crashed", value: null });
const review = reviewOf([critical]);

const NOTHING = { touched: new Set<string>(), removed: new Set<string>(), renames: new Map<string, string>() };

/** What a change does that brings what `added` holds to a base of this score. */
function comparison(added: Review, score = 81.9): Comparison {
  return { base: reviewOf([], { score }), change: NOTHING, added: findingsOf(added), fixed: [], unchanged: [] };
}

function decide(of: Review, change: Comparison | null, gate: Partial<Gate> = {}) {
  const { conclusion, reasons } = assess(of, change, { ...defaultPolicy, gate: { ...defaultPolicy.gate, ...gate } });
  return { conclusion, reasons };
}

describe("the gate", () => {
  test.each([
    ["fails what brings blockers", review, comparison(review), {}, "failure", ["The change brings 2 blockers."]],
    ["lets old blockers be", review, comparison(reviewOf([])), {}, "success", []],
    [
      "fails old blockers where policy says so",
      review,
      comparison(reviewOf([])),
      { failOn: "blocker" },
      "failure",
      ["There are 2 blockers."],
    ],
    ["counts every blocker as new without a base", review, null, {}, "failure", ["There are 2 blockers."]],
    ["never fails a blocker where policy says so", review, null, { failOn: "never", minScore: 50 }, "success", []],
    ["is neutral when it is off", review, null, { failOn: "never" }, "neutral", []],
    ["fails a score under the least", reviewOf([]), null, { minScore: 82 }, "failure", ["The score is below 82."]],
    ["passes the least score itself", reviewOf([], { score: 82 }), null, { minScore: 82 }, "success", []],
    [
      "fails a drop",
      reviewOf([]),
      comparison(reviewOf([]), 84),
      { maxDrop: 2 },
      "failure",
      ["The score drops by 2.1: more than 2 is not allowed."],
    ],
    [
      "passes the greatest drop itself",
      reviewOf([], { score: 81.9 }),
      comparison(reviewOf([]), 83.9),
      { maxDrop: 2 },
      "success",
      [],
    ],
    ["has no drop without a base", reviewOf([]), null, { maxDrop: 0 }, "success", []],
    [
      "is neutral without Python",
      reviewOf([], { verdict: "not-applicable", score: null }),
      null,
      { minScore: 70 },
      "neutral",
      [],
    ],
    [
      "fails a blocker even without Python",
      reviewOf([critical], { verdict: "not-applicable", score: null }),
      null,
      {},
      "failure",
      ["There are 2 blockers."],
    ],
    [
      "asks for action where a critical rule crashed, whatever the score",
      reviewOf([crashed]),
      comparison(reviewOf([])),
      {},
      "action_required",
      ["security/debug-mode-off could not be evaluated: this is a defect of pyready."],
    ],
  ] as const)("%s", (_, of, change, gate, conclusion, reasons) => {
    expect(decide(of, change, gate)).toEqual({ conclusion, reasons });
  });
});
