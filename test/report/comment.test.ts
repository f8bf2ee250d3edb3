import { describe, expect, test } from "@jest/globals";
import { MARKER, oneLineComment, pullRequestComment } from "../../src/report/comment.ts";
import { assessmentAgainst, assessmentOf, context, evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const secret = resultOf({
  id: "deployment/no-secrets-in-images-or-manifests",
  severity: "critical",
  title: "No credentials are baked into images",
  evidence: [evidenceAt("Dockerfile", 9, "TOKEN is given a literal value.")],
});
const untested = resultOf({ evidence: [evidenceAt("a.py", 1), evidenceAt("b.py", 2)] });
const known = resultOf({ id: "documentation/readme-present", title: "It is read" });
const base = reviewOf([known, resultOf({ id: "ci-cd/tests-run", title: "Tests run" })], { score: 78.4 });
const report = `[full report](${context.checkUrl})`;

describe("the comment", () => {
  test("says the verdict in its first line, then what the change brings", () => {
    expect(pullRequestComment(assessmentAgainst(base, [secret, untested, known]), context)).toMatchInlineSnapshot(`
"<!-- pyready:sticky:v1 -->
**Production readiness: not ready: 1 blocker** · score 78 → **81** (+3) · [full report](https://github.example.invalid/acme/shop/runs/1)

| Finding | Fix |
|---|---|
| **⛔&nbsp;blocker** [\`Dockerfile:9\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/Dockerfile#L9) TOKEN is given a literal value.<br>[\`deployment/no-secrets-in-images-or-manifests\`](https://docs.example.invalid/rules/deployment/no-secrets-in-images-or-manifests.md) | Write a test. |
| **high** [\`a.py:1\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/a.py#L1) It is wrong here. And at 1 more place.<br>[\`testing/tests-present\`](https://docs.example.invalid/rules/testing/tests-present.md) | Write a test. |

<details>
<summary>1 fixed by this change</summary>

- [\`ci-cd/tests-run\`](https://docs.example.invalid/rules/ci-cd/tests-run.md) Tests run

</details>

<sub>Commit \`9b2e7d1\`, updated in place. The full report also lists 1 finding not from this change. Comment \`/recheck\` to run again, \`/pyready help\` for more.</sub>"
`);
  });

  test("is one line when the change brings nothing", () => {
    expect(oneLineComment(assessmentAgainst(base, [known], { score: 86.3 }), context)).toBe(
      `${MARKER}\n**Production readiness: ready** · score 78 → **86** (+8) · ${report} · 1 other finding fixed in \`9b2e7d1\``,
    );
  });

  test.each([
    ["without a base", assessmentOf(), `**Production readiness: ready** · score **81** of 100 · ${report}`],
    [
      "where what was there before still blocks",
      assessmentAgainst(reviewOf([secret]), [secret]),
      `**Production readiness: not ready: 1 blocker, none new** · score **81** of 100 · ${report}`,
    ],
    [
      "without a score",
      assessmentOf([], { score: null, verdict: "not-applicable" }),
      `**Production readiness: not applicable: no Python** · ${report}`,
    ],
  ])("is one line %s", (_, assessment, line) => {
    expect(oneLineComment(assessment, context)).toBe(`${MARKER}\n${line}`);
  });

  test("shows ten rules of a hundred, and folds some of the rest", () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      resultOf({ id: `testing/rule-${index}`, evidence: [evidenceAt(`pkg/module_${index}.py`, index + 1)] }),
    );
    const body = pullRequestComment(assessmentAgainst(base, many), context);
    const visible = body.replace(/<details>[\s\S]*?<\/details>/g, "").split("\n");
    expect(visible.filter((line) => line.startsWith("| **high**"))).toHaveLength(10);
    expect(visible.length).toBeLessThan(40);
    expect(body).toContain("<summary>90 more findings of this change</summary>");
    expect(body).toMatch(/^- and \d+ more$/m);
  });
});
