import { describe, expect, test } from "@jest/globals";
import type { Assessment } from "../../src/policy/assessment.ts";
import { defaultPolicy } from "../../src/policy/policy.ts";
import { checkRunOutput } from "../../src/report/check-run.ts";
import { failureOutput, shortOutput } from "../../src/report/failure.ts";
import { assessmentAgainst, assessmentOf, context, evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const secret = resultOf({
  id: "deployment/no-secrets-in-images-or-manifests",
  category: "deployment",
  severity: "critical",
  title: "No credentials are baked into images",
  gain: 3.1,
  evidence: [evidenceAt("Dockerfile", 9, "TOKEN is given a literal value.")],
});
const injection = resultOf({
  id: "security/no-script-injection",
  severity: "critical",
  title: "No text of strangers is run",
  evidence: [evidenceAt(".github/workflows/ci.yml", 12, "The title of an issue is run by a shell.")],
});
const untested = resultOf({ evidence: [evidenceAt("app.py", 3, "It has no test.")] });
const unpinned = resultOf({ id: "ci-cd/actions-pinned", severity: "medium", gain: 1.26, title: "Actions are pinned" });
const base = (rules: Parameters<typeof reviewOf>[0] = [], changes: Parameters<typeof reviewOf>[1] = {}) =>
  reviewOf(rules, { score: 78.4, commit: "4f1c2ab".padEnd(40, "0"), ...changes });

const crashed = { ...secret, outcome: "crashed", value: null, evidence: [] } as const;
const strict = { ...defaultPolicy, gate: { ...defaultPolicy.gate, minScore: 90 } };

describe("the title is the verdict, the score, and at most the change", () => {
  test.each([
    ["Not ready: 1 blocker · 81", assessmentOf([secret])],
    ["Ready · 81", assessmentOf([])],
    ["Needs work · 54", assessmentOf([], { score: 54.99, verdict: "needs-work" })],
    ["Ready · 81 (provisional)", assessmentOf([], { coverage: 0.59 })],
    ["Not applicable: no Python", assessmentOf([], { score: null, verdict: "not-applicable", profile: "none" })],
    ["No Python, and 1 blocker", assessmentOf([secret], { score: null, verdict: "not-applicable", profile: "none" })],
    ["Not ready: 1 blocker · 81 (+3)", assessmentAgainst(base(), [secret])],
    ["Not ready: 2 blockers, 1 new · 81 (+3)", assessmentAgainst(base([injection]), [secret, injection])],
    ["Not ready: 1 blocker, none new · 81", assessmentAgainst(base([secret], { score: 81.2 }), [secret])],
    ["Ready · 81 (−1)", assessmentAgainst(base([], { score: 82 }))],
    ["Ready · 81 (+3, provisional)", assessmentAgainst(base(), [], { coverage: 0.3 })],
    ["Ready · 81", assessmentAgainst(base([], { score: null }))],
    ["Needs a person: 1 critical rule could not be judged · 81", assessmentOf([crashed])],
    ["Below the gate of the policy · 81 (+3)", assessmentAgainst(base(), [], {}, strict)],
  ])("%s", (title, assessment) => {
    expect(checkRunOutput(assessment, context).title).toBe(title);
  });
});

describe("the summary", () => {
  test("tells what the change does, what blocks, what to do next, and folds the rest", () => {
    const unknown = resultOf({
      id: "ci-cd/tests-run",
      outcome: "unknown",
      value: null,
      gain: null,
      reason: "Makefile could not be read",
    });
    const waived = resultOf({
      id: "testing/coverage-gate",
      outcome: "waived",
      value: null,
      gain: null,
      waived: [
        {
          ...evidenceAt("pyproject.toml", 3, "No gate."),
          reason: "Later.",
          owner: "@acme/qa",
          expires: "2027-01-31",
        },
      ],
    });
    const preview = {
      ...{ id: "testing/mutants-killed", title: "Mutants are killed", severity: "low" as const },
      ...{ since: "2026.12.1", outcome: "fail" as const, findings: 2 },
    };
    const assessment = assessmentAgainst(
      base([
        injection,
        unpinned,
        resultOf({ id: "documentation/readme-present", severity: "high", title: "It is read" }),
      ]),
      [secret, injection, unpinned, untested, unknown, waived],
      { previews: [preview, { ...preview, id: "testing/quiet", outcome: "pass", findings: 0 }] },
    );
    const notice = { kind: "change" as const, message: "1 finding is waived.", path: ".github/pyready.yml", line: 4 };
    const { summary } = checkRunOutput(
      { ...assessment, notices: [notice] },
      {
        ...context,
        baseBranch: "main",
        policySha: "4f1c2ab".padEnd(40, "0"),
        organisation: "absent",
        repairable: new Set([unpinned.id]),
      },
    );
    expect(summary).toMatchInlineSnapshot(`
"### Not ready: 2 blockers, 1 new

**This check fails.** The change brings 1 blocker.

| | This change | \`main\` at \`4f1c2ab\` | Difference |
|---|---:|---:|---:|
| Readiness of 100 | **81** | 78 | +3 |
| Blockers | **2** | 1 | 1 new |
| To improve | **2** | 2 | 1 new, 1 fixed |
| Coverage | 93 % | 93 % | |

**Blocking, new here**

- ⛔ [\`deployment/no-secrets-in-images-or-manifests\`](https://docs.example.invalid/rules/deployment/no-secrets-in-images-or-manifests.md) No credentials are baked into images
  - [\`Dockerfile:9\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/Dockerfile#L9) TOKEN is given a literal value.
  - Why: Nobody can change it safely.
  - Fix: Write a test.

**Blocking, and not from this change**

- ⛔ [\`security/no-script-injection\`](https://docs.example.invalid/rules/security/no-script-injection.md) No text of strangers is run
  - [\`.github/workflows/ci.yml:12\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/.github/workflows/ci.yml#L12) The title of an issue is run by a shell.
  - Why: Nobody can change it safely.
  - Fix: Write a test.

**Policy**

- After the merge: \`.github/pyready.yml:4\` ​1 finding is waived.

**What to do next**

The shortest way to 85 is [\`security/no-script-injection\`](https://docs.example.invalid/rules/security/no-script-injection.md), [\`testing/tests-present\`](https://docs.example.invalid/rules/testing/tests-present.md) and [\`deployment/no-secrets-in-images-or-manifests\`](https://docs.example.invalid/rules/deployment/no-secrets-in-images-or-manifests.md): then the score is 91.8.

| Fix, the best for its effort first | Gain |
|---|---:|
| No text of strangers is run<br>[\`security/no-script-injection\`](https://docs.example.invalid/rules/security/no-script-injection.md) · [\`.github/workflows/ci.yml:12\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/.github/workflows/ci.yml#L12) | +4.2 |
| The code has automated tests<br>[\`testing/tests-present\`](https://docs.example.invalid/rules/testing/tests-present.md) · [\`app.py:3\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/app.py#L3) | +4.2 |
| No credentials are baked into images<br>[\`deployment/no-secrets-in-images-or-manifests\`](https://docs.example.invalid/rules/deployment/no-secrets-in-images-or-manifests.md) · [\`Dockerfile:9\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/Dockerfile#L9) | +3.1 |
| Actions are pinned<br>[\`ci-cd/actions-pinned\`](https://docs.example.invalid/rules/ci-cd/actions-pinned.md) · the repository, a repair is ready | +1.3 |

<details>
<summary>To improve (2, 1 new)</summary>

- **new** [\`testing/tests-present\`](https://docs.example.invalid/rules/testing/tests-present.md) The code has automated tests (high, +4.2)
  - [\`app.py:3\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/app.py#L3) It has no test.
  - Why: Nobody can change it safely.
  - Fix: Write a test.
- [\`ci-cd/actions-pinned\`](https://docs.example.invalid/rules/ci-cd/actions-pinned.md) Actions are pinned (medium, +1.3)
  - Why: Nobody can change it safely.
  - Fix: Write a test.

</details>

<details>
<summary>Fixed by this change (1)</summary>

- [\`documentation/readme-present\`](https://docs.example.invalid/rules/documentation/readme-present.md) It is read

</details>

<details>
<summary>Waived by the policy (1)</summary>

- [\`testing/coverage-gate\`](https://docs.example.invalid/rules/testing/coverage-gate.md) [\`pyproject.toml:3\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/pyproject.toml#L3) No gate. Waived until 2027-01-31 by @​acme/qa: Later.

</details>

<details>
<summary>Too new to count (1)</summary>

- [\`testing/mutants-killed\`](https://docs.example.invalid/rules/testing/mutants-killed.md) Mutants are killed (low, since 2026.12.1): 2 findings

</details>

<details>
<summary>Not evaluated, and why (1)</summary>

- [\`ci-cd/tests-run\`](https://docs.example.invalid/rules/ci-cd/tests-run.md): Makefile could not be read

</details>

<details>
<summary>Score by category</summary>

| Category | Score | At the base | Weight |
|---|---:|---:|---:|
| testing | 75 | 75 | 14 |
| observability | not assessed | not assessed | 10 |

</details>

<details>
<summary>What was looked at</summary>

- Profile **web-service**: manage.py starts it (\`manage.py\`).
- Coverage 93 %: the share of what applies that could be assessed.
- 412 paths, 31 files read; of the Python that is shipped 20 of 20 files.
- Rules 2026.11.1, dates counted from 2026-11-22.
- Commit \`9b2e7d1\`, compared with \`4f1c2ab\` of \`main\`.
- Policy as it stands at \`4f1c2ab\`; what a change alters in it applies after the merge. No policy of the organisation was found.
- 7 requests to GitHub, 3.4 s, review \`rv_1\`.

</details>

Run again with the button above, or comment \`/recheck\`; \`/pyready help\` tells how to waive a finding."
`);
  });

  test.each([
    [
      "fails, with the reason",
      assessmentAgainst(base(), [secret]),
      "**This check fails.** The change brings 1 blocker.",
    ],
    [
      "passes in spite of what was there before",
      assessmentAgainst(base([secret]), [secret]),
      "**This check passes.** It fails when a change brings a blocker that was not there.",
    ],
    [
      "never fails where the gate is off",
      assessmentAgainst(
        base(),
        [secret],
        {},
        { ...defaultPolicy, gate: { failOn: "never", minScore: null, maxDrop: null } },
      ),
      "The policy's gate is off: this check never fails.",
    ],
    [
      "names every way to fail",
      assessmentAgainst(
        base(),
        [],
        { score: 60, verdict: "needs-work" },
        { ...defaultPolicy, gate: { failOn: "blocker", minScore: 50, maxDrop: 30 } },
      ),
      "It fails when there is a blocker, or when the score is under 50, or when a change lowers the score by more than 30.",
    ],
    [
      "asks for a person where a critical rule crashed",
      assessmentAgainst(base(), [{ ...secret, outcome: "crashed", value: null }]),
      "**This check needs a person.** deployment/no&#45;secrets",
    ],
    [
      "has nothing to judge without Python",
      assessmentOf([], { score: null, verdict: "not-applicable", profile: "none" }),
      "There is no Python here to judge.",
    ],
    [
      "fails without Python where what holds for every repository does not",
      assessmentOf([secret], { score: null, verdict: "not-applicable", profile: "none" }),
      "**This check fails.** There is 1 blocker.\n\nThere is no Python here to judge. What holds for every repository stands below.",
    ],
  ])("says that the check %s", (_, assessment, sentence) => {
    expect(checkRunOutput(assessment, context).summary).toContain(sentence.replace("&#45;", "-"));
  });

  test("shows the whole reason of a waiver", () => {
    const reason = `${"word ".repeat(60)}end`;
    const accepted = { ...evidenceAt("pyproject.toml", 3), reason, owner: "@acme/qa", expires: "2027-01-31" };
    const waived = resultOf({ outcome: "waived", value: null, waived: [accepted] });
    expect(checkRunOutput(assessmentOf([waived]), context).summary).toContain(reason);
  });

  test("tells a reason once, for up to twelve rules in a row", () => {
    const rules = Array.from({ length: 14 }, (_, index) =>
      resultOf({
        id: `testing/rule-${index}`,
        outcome: "unknown",
        value: null,
        reason: index < 13 ? "It is off." : "No.",
      }),
    );
    const { summary } = checkRunOutput(assessmentOf(rules), context);
    expect(
      summary.match(/^- \[`testing\/rule.*: .*$/gm)?.map((row) => [row.split("](").length - 1, row.slice(-3)]),
    ).toEqual([
      [12, "ff."],
      [1, "ff."],
      [1, "No."],
    ]);
    expect(summary).toContain("Not evaluated, and why (14)");
  });

  test("asks for a comment on a pull request alone", () => {
    const tailOf = (baseBranch?: string): string | undefined =>
      checkRunOutput(assessmentOf([]), { ...context, ...(baseBranch && { baseBranch }) })
        .summary.split("\n")
        .at(-1);
    expect(tailOf("main")).toContain("or comment `/recheck`");
    expect(tailOf()).not.toContain("/recheck");
  });

  test("explains itself in the first check of a repository alone", () => {
    const first = checkRunOutput(assessmentOf([secret]), { ...context, isFirst: true });
    const later = checkRunOutput(assessmentOf([secret]), context);
    for (const words of ["first check here", "require the status check `pyready`", "`comment: never`"]) {
      expect(first.summary).toContain(words);
      expect(later.summary).not.toContain(words);
    }
    expect(first.title).toBe(later.title);
    expect(first.summary).toContain("It fails only when a change brings a blocker that was not there.");
    const off = { ...defaultPolicy, gate: { failOn: "never", minScore: null, maxDrop: null } } as const;
    const ungated = checkRunOutput(assessmentAgainst(base(), [secret], {}, off), { ...context, isFirst: true });
    expect(ungated.summary).toContain("It never fails: the policy's gate is off.");
  });

  test("counts what it leaves out, and keeps every part", () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      resultOf({ id: `testing/rule-${index}`, title: "x".repeat(300), evidence: [evidenceAt("app.py", index)] }),
    );
    const { summary } = checkRunOutput(assessmentAgainst(base(), [secret, ...many]), context);
    const shown = summary.split("\n").filter((line) => line.startsWith("- **new** [`testing/rule-")).length;
    expect(shown).toBeGreaterThan(20);
    expect(summary).toContain(`- and ${300 - shown} more\n`);
    expect(summary).toContain("What was looked at");
    expect(summary.endsWith("how to waive a finding.")).toBe(true);
  });
});

describe("annotations", () => {
  const touching = ({ comparison, ...assessment }: Assessment): Assessment => {
    const touched = new Set(["Dockerfile", "app.py", ".github/workflows/ci.yml"]);
    const change = { touched, removed: new Set<string>(), renames: new Map<string, string>() };
    return { ...assessment, comparison: comparison && { ...comparison, change } };
  };
  const old = resultOf({ id: "testing/old", evidence: [evidenceAt("app.py", 9)] });

  test("stand only in files that the change touches: what is new, then what blocks", () => {
    const elsewhere = resultOf({ id: "testing/elsewhere", evidence: [evidenceAt("lib.py", 2)] });
    const whole = resultOf({ id: "testing/whole" });
    const assessment = assessmentAgainst(base([injection, old]), [secret, injection, untested, old, elsewhere, whole]);
    const { annotations } = checkRunOutput(touching(assessment), context);
    expect(annotations.map(({ path, line, level }) => [path, line, level])).toEqual([
      ["Dockerfile", 9, "failure"],
      ["app.py", 3, "warning"],
      [".github/workflows/ci.yml", 12, "failure"],
    ]);
    expect(annotations[0]).toMatchObject({
      title: "No credentials are baked into images",
      message:
        "TOKEN is given a literal value.\nWhy: Nobody can change it safely.\nFix: Write a test.\nRule: deployment/no-secrets-in-images-or-manifests",
    });
  });

  test("about a file as a whole stand at its first line", () => {
    const about = resultOf({ severity: "low", evidence: [evidenceAt("app.py", null)] });
    const { annotations } = checkRunOutput(touching(assessmentAgainst(base(), [about])), context);
    expect(annotations).toMatchObject([{ path: "app.py", line: 1, level: "notice" }]);
  });

  test("are none where there is no base, and so no change", () => {
    expect(checkRunOutput(assessmentOf([secret]), context).annotations).toEqual([]);
  });
});

describe("buttons", () => {
  test.each([
    ["to run again", {}, ["recheck"]],
    ["not for repairs that the App may not write", { repairable: new Set(["a/b"]) }, ["recheck"]],
    ["not for repairs that are none", { mayProposeFixes: true, repairable: new Set<string>() }, ["recheck"]],
    ["for repairs that the App may write", { mayProposeFixes: true, repairable: new Set(["a/b"]) }, ["recheck", "fix"]],
  ])("are there %s", (_, changes, identifiers) => {
    const { actions } = checkRunOutput(assessmentOf(), { ...context, ...changes });
    expect(actions.map(({ identifier }) => identifier)).toEqual(identifiers);
  });
});

test("our own failure carries no verdict", () => {
  const output = failureOutput("GitHub answered 502", context);
  expect(output.title).not.toMatch(/^(ready|not ready|needs work)/i);
  expect(output.summary).toContain("rv_1");
  expect(output.summary).toContain("GitHub answered 502");
});

test("a report that GitHub refuses becomes a short one with the same verdict", () => {
  const output = shortOutput({ title: "Not ready: 1 blocker · 81" }, context);
  expect(output.title).toBe("Not ready: 1 blocker · 81");
  expect(output.summary).toContain("The verdict above stands.");
  expect(output.annotations).toEqual([]);
});
