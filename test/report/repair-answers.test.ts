import { describe, expect, test } from "@jest/globals";
import { nothingToRepair, repairProposal, repairsByHand } from "../../src/report/repair-answers.ts";
import { resultOf, reviewOf } from "../support/reviews.ts";

const review = reviewOf([resultOf({ id: "testing/tests-present" })]);
const changes = [{ path: "ci.yml", before: "a\n", after: "b\n" }];
const found = {
  review,
  after: { ...review, score: 84.9 },
  repairs: [{ ruleId: "testing/tests-present", edits: [], changes, isWhole: false }],
  notRepaired: [{ ruleId: "security/no-weak-crypto", reason: "it takes a person, and <b> says `so`" }],
  changes,
};
const docsUrl = "https://docs.example.invalid/rules";

describe("repairs", () => {
  test("are proposed with what they change, what they gain, and what is left", () => {
    expect(repairProposal(found, { login: "grace", number: 5, docsUrl })).toEqual({
      title: "Repair testing/tests-present",
      body: `Asked for by \`grace\` in #5.

- [\`testing/tests-present\`](${docsUrl}/testing/tests-present.md) The code has automated tests (in part): \`ci.yml\`

Readiness goes from 81 to **84**. The repository was judged again with these changes: no rule gets worse. They are proposals all the same; read them.

<details>
<summary>Not repaired (1)</summary>

- \`security/no-weak-crypto\`: it takes a person, and &lt;b&gt; says \`so\`

</details>
`,
    });
  });

  test("that cannot be written name the reason, and come as a patch", () => {
    const body = repairsByHand(found, changes, { because: "its App lacks `contents: write`", docsUrl, suggested: 0 });
    expect(body).toContain("because its App lacks `contents: write`.");
    expect(body).toContain("```diff\ndiff --git a/ci.yml b/ci.yml\n");
  });

  test("that are not shown are named", () => {
    const long = { path: "a|b.yml", before: null, after: "x\n" };
    const body = repairsByHand(found, [long], { because: "it is so", docsUrl, suggested: 3 });
    expect(body).toContain("Suggested on the lines: 3 changes.");
    expect(body).toContain("Not shown, for their length or their letters: `a∣b.yml`.");
    expect(body).not.toContain("```");
  });

  test.each<[string, Parameters<typeof nothingToRepair>, string]>([
    ["a rule holds", [[], "a/b"], "`a/b` finds nothing to repair here."],
    ["a rule cannot be repaired", [found.notRepaired, "a/b"], "`a/b` is not repaired: it takes a person, and"],
    ["nothing fails", [[], null], "Nothing fails here."],
    [
      "nothing that fails can be repaired",
      [found.notRepaired, null],
      "Nothing that fails here can be repaired for sure.",
    ],
  ])("are none where %s", (_, given, expected) => {
    expect(nothingToRepair(...given)).toContain(expected);
  });
});
