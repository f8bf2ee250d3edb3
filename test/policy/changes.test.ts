import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { changeNotices, silencingNotices } from "../../src/policy/changes.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { POLICY, policyOf, told } from "../support/policies.ts";
import { python } from "../support/python.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const date = "2026-11-24";
const snapshot = miniSnapshot({ "shop/api.py": "total = price * count  # of the order\n".repeat(80) });
const chosen = rules.filter(({ id }) => /^(testing\/tests-present|ci-cd\/pipeline-configured)$/.test(id));
const UNTIL = "Until the merge the policy of the base holds, for this change as well.";

/** What is told of a change from one policy to another, of a project without tests. */
async function toldOf(from: string, to: string, owners: readonly string[] | null = []) {
  const [before, after] = [policyOf(from), policyOf(to)];
  const judged = ({ policy }: typeof before) =>
    reviewSnapshot(snapshot, { rules: chosen, date, python, terms: async () => policy });
  return told(
    changeNotices({ before, after, review: await judged(before), reviewAfter: await judged(after), owners }),
  ).map((line) => line.trim());
}

const waiver =
  "waivers:\n  - rule: testing/tests-present\n    reason: The suite arrives with the rewrite.\n    owner: '@ada'\n    expires: 2027-02-01\n";

test("what a rule finds that is switched off is counted", () => {
  const found = resultOf({ evidence: [evidenceAt("a.py", 1), evidenceAt("b.py", 2)] });
  const [before, after] = [policyOf(""), policyOf("rules: { testing/tests-present: off }\n")];
  const reviewAfter = reviewOf([{ ...found, outcome: "skip", evidence: [] }]);
  expect(told(changeNotices({ before, after, review: reviewOf([found]), reviewAfter, owners: [] }))).toEqual([
    `${POLICY}:1 After the merge testing/tests-present is off, with 2 findings here.`,
    ` ${UNTIL}`,
  ]);
});

describe("a change to the policy is told, with what it does after the merge", () => {
  test.each([
    ["nothing that matters", "comment: never\n", "\n\ncomment: never # quiet\n", []],
    [
      "a waiver",
      "",
      waiver,
      [
        `${POLICY}:2 After the merge 1 finding of testing/tests-present will be waived until 2027-02-01 by @ada: The suite arrives with the rewrite.`,
        UNTIL,
      ],
    ],
    [
      "a waiver that goes",
      waiver,
      "",
      [`${POLICY}:2 After the merge the waiver of testing/tests-present is gone.`, UNTIL],
    ],
    [
      "a rule that is switched off, and one that is lowered",
      "",
      "rules:\n  testing/tests-present: off\n  ci-cd/pipeline-configured: low\n",
      [
        `${POLICY}:2 After the merge testing/tests-present is off, with 1 finding here.`,
        expect.stringMatching(/:3 After the merge ci-cd\/pipeline-configured is low instead of (high|medium)/),
        UNTIL,
      ],
    ],
    [
      "a rule that comes back",
      "rules: { testing/tests-present: off }\n",
      "",
      ["After the merge testing/tests-present is on, with 1 finding here.", UNTIL],
    ],
    [
      "a gate that is lowered, and paths that are left out",
      "gate: { min-score: 70 }\n",
      "gate: { fail-on: never }\nexclude: [legacy, tools]\n",
      [
        `${POLICY}:1 After the merge gate.fail-on is never instead of new-blocker.`,
        "After the merge gate.min-score is not set instead of 70.",
        `${POLICY}:2 After the merge exclude is legacy, tools instead of not set.`,
        UNTIL,
      ],
    ],
    [
      "an entry that is wrong",
      "",
      "rules:\n  testing/test-present: off\n",
      [
        `${POLICY}:2 This change makes the policy wrong: "testing/test-present" is no rule. Did you mean testing/tests-present? This entry is left out.`,
      ],
    ],
  ])("%s", async (_, from, to, expected) => {
    expect(await toldOf(from, to)).toEqual(expected);
  });

  test("and code owners are asked where the policy says so", async () => {
    const asking = "waiver-approval: code-owners\n";
    const asked = async (owners: readonly string[] | null) =>
      (await toldOf(asking, asking + waiver, owners)).find((line) => line.includes("code owners"));
    expect(await asked(["@acme/security"])).toBe(
      `${POLICY} The policy asks its code owners to approve these waivers: @acme/security.`,
    );
    expect(await asked([])).toBe(
      `${POLICY} The policy asks code owners to approve waivers, and CODEOWNERS names none for ${POLICY}.`,
    );
    expect(await asked(null)).toBe(
      `${POLICY} The policy asks code owners to approve waivers; who they are is unknown, as CODEOWNERS cannot be read.`,
    );
  });
});

test("files that can silence findings are told", () => {
  expect(told(silencingNotices([".gitattributes"]))).toEqual([
    ".gitattributes This change touches .gitattributes, which can silence findings: what it says holds after the merge.",
  ]);
});
