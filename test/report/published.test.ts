import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Marked, type Token } from "marked";
import { checkRunOutput } from "../../src/report/check-run.ts";
import { MARKER, pullRequestComment, readyComment } from "../../src/report/comment.ts";
import { failureOutput } from "../../src/report/failure.ts";
import { markdownReport } from "../../src/report/markdown-report.ts";
import { terminalReport } from "../../src/report/terminal.ts";
import { assessmentOf, context, evidenceAt, resultOf } from "../support/reviews.ts";

const critical = resultOf({
  id: "deployment/no-secrets-in-images-or-manifests",
  severity: "critical",
  title: "No credentials are baked into images",
  evidence: [evidenceAt("Dockerfile", 9, "TOKEN is given a literal value.")],
});

describe("the check run", () => {
  test.each([
    ["Not ready: 1 blocker · 81", assessmentOf([critical])],
    ["Ready · 81", assessmentOf([])],
    ["Needs work · 54", assessmentOf([], { score: 54.99, verdict: "needs-work" })],
    ["Ready · 100", assessmentOf([], { score: 100 })],
    ["Ready · 81 (provisional)", assessmentOf([], { coverage: 0.59 })],
    ["Not applicable: no Python", assessmentOf([], { score: null, verdict: "not-applicable", profile: "none" })],
  ])("%s", (title, review) => {
    expect(checkRunOutput(review, context).title).toBe(title);
  });

  test("spells out the blocker, folds the rest, and says what was looked at", () => {
    const unknown = resultOf({
      id: "ci-cd/tests-run",
      outcome: "unknown",
      value: null,
      gain: null,
      reason: "Makefile could not be read",
    });
    const review = assessmentOf([critical, resultOf({ evidence: [evidenceAt("app.py", 3)] }), unknown]);
    expect(checkRunOutput(review, context).summary).toMatchInlineSnapshot(`
"### Not ready: 1 blocker

Readiness **81** of 100 · 2 rules assessed, coverage 93 %.

| Category | Score | Weight |
|---|---:|---:|
| testing | 75 | 14 |
| observability | not assessed | 10 |

**Blocking**

- ⛔ [\`deployment/no-secrets-in-images-or-manifests\`](https://docs.example.invalid/rules/deployment/no-secrets-in-images-or-manifests.md) No credentials are baked into images
  - [\`Dockerfile:9\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/Dockerfile#L9) TOKEN is given a literal value.
  - Why: Nobody can change it safely.
  - Fix: Write a test.

<details>
<summary>To improve (1)</summary>

- [\`testing/tests-present\`](https://docs.example.invalid/rules/testing/tests-present.md) The code has automated tests (high, +4.2)
  - [\`app.py:3\`](https://github.example.invalid/acme/shop/blob/9b2e7d1/app.py#L3) It is wrong here.
  - Why: Nobody can change it safely.
  - Fix: Write a test.

</details>

<details>
<summary>Not evaluated, and why (1)</summary>

- [\`ci-cd/tests-run\`](https://docs.example.invalid/rules/ci-cd/tests-run.md) Makefile could not be read

</details>

<details>
<summary>What was looked at</summary>

- Profile **web-service**: manage.py starts it (\`manage.py\`).
- Coverage 93 %: the share of what applies that could be assessed.
- 412 paths, 31 files read; of the Python that is shipped 20 of 20 files.
- Rules 2026.11.1, dates counted from 2026-11-22.
- Commit \`9b2e7d1\`, 7 requests to GitHub, 3.4 s, review \`rv_1\`.

</details>

Run again with the button above, or comment \`/recheck\`."
`);
  });

  test("our own failure carries no verdict", () => {
    const output = failureOutput("GitHub answered 502", context);
    expect(output.title).not.toMatch(/^(ready|not ready|needs work)/i);
    expect(output.summary).toContain("rv_1");
  });
});

describe("the comment", () => {
  test("says verdict and score in its first line, then what to fix", () => {
    const [marker, headline] = pullRequestComment(assessmentOf([critical]), context).split("\n");
    expect(marker).toBe(MARKER);
    expect(headline).toBe("**Production readiness: not ready: 1 blocker** · score **81** of 100");
  });

  test("is one line when all is well again", () => {
    expect(readyComment(assessmentOf([]), context)).toBe(
      `${MARKER}\n**Production readiness: ready** · score **81** of 100`,
    );
  });

  test("stays under forty visible lines with a thousand findings", () => {
    const many = Array.from({ length: 1000 }, (_, index) => evidenceAt(`pkg/module_${index}.py`, index + 1));
    const body = pullRequestComment(assessmentOf([{ ...critical, evidence: many }]), context);
    const visible = body.replace(/<details>[\s\S]*?<\/details>/g, "");
    expect(visible.split("\n").length).toBeLessThan(40);
    expect(body.length).toBeLessThan(60_000);
    expect(body).toContain("990 more findings");
  });
});

describe("code in what a rule says", () => {
  const saying = (message: string) => assessmentOf([{ ...critical, evidence: [evidenceAt("Dockerfile", 9, message)] }]);

  test.each([
    ["code is code", "`rev: main` is not a fixed version.", "`rev: main` is not a fixed version."],
    ["several of them", "`a_b` and `c*d` move.", "`a_b` and `c*d` move."],
    ["what the repository wrote stays to the letter", "`<b>*x*` is open.", "`<b>*x*` is open."],
    ["a back-tick of the repository ends no code of ours", "`a`b*` is open.", "`a`b&#42;&#96; is open."],
    ["one that is alone means itself", "It's ` and *x*.", "It's &#96; and &#42;x&#42;."],
    ["what is cut off stays code", `\`${"x".repeat(300)}\` moves.`, `\`${"x".repeat(198)}…\``],
  ])("%s", (_, message, markdown) => {
    const { summary } = checkRunOutput(saying(message), context);
    expect(summary.split("\n").find((line) => line.includes("Dockerfile:9"))).toMatch(
      new RegExp(`\\) ${RegExp.escape(markdown)}$`),
    );
    expect(pullRequestComment(saying(message), context)).toContain(markdown);
  });

  test("a reason too", () => {
    const unknown = resultOf({ outcome: "unknown", value: null, reason: "`make x` is computed" });
    expect(checkRunOutput(assessmentOf([unknown]), context).summary).toContain(") `make x` is computed");
  });

  test("a terminal shows it as it was written", () => {
    const report = terminalReport(saying("`rev: main` is *not* <fixed>."), { color: false });
    expect(report).toContain("`rev: main` is *not* <fixed>.");
  });
});

/** Text of a repository that tries everything at once. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom(
    "[x](https://evil.example)",
    "![x](https://evil.example/a.png)",
    "<img src=x onerror=alert(1)>",
    MARKER,
    "@octocat and @acme/platform",
    "fixes #1, GH-2, acme/shop#3",
    "https://evil.example www.evil.example",
    "`` ` `<b>",
    "`https://evil.example @octocat ` <img src=x> ` ``",
    "| a | b |\n|---|---|\n| c | d |",
    "</details></summary>",
    "\u202Egpj.exe",
    "# heading\n- [ ] task\n> quote",
    "*bold* _italic_ ~~gone~~ [^1]",
    "0123456789abcdef0123456789abcdef01234567",
    ":tada: $x^2$ &lt;b&gt; &#64;octocat",
  ),
  fc
    .array(fc.constantFrom("[", "]", "(", ")", "`", "|", "<", ">", "@", "#", "\n", "!", "*", "_", "http://", "a"), {
      maxLength: 60,
    })
    .map((parts) => parts.join("")),
);

/** A link that pyready itself makes: to a rule's page, or to a plain path of the commit that was judged. */
function isOwnLink(href: string): boolean {
  if (href.startsWith(`${context.docsUrl}/`)) return true;
  const path = href.startsWith(`${context.filesUrl}/`) ? href.slice(context.filesUrl.length + 1) : "";
  return /^[A-Za-z0-9._/-]+(#L\d+)?$/.test(path) && !path.split("/").includes("..");
}

/** Every token of rendered Markdown, however deep. */
function tokensOf(markdown: string): readonly Token[] {
  const marked = new Marked({ gfm: true });
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token);
  });
  return tokens;
}

const OWN_HTML = /^\s*(<\/?(details|summary|sub)>\s*|<summary>[\w ,()]+<\/summary>\s*|<!-- pyready:sticky:v1 -->\s*)+$/;

describe("text of a repository", () => {
  const reviewWith = (words: string) =>
    assessmentOf(
      [
        { ...critical, evidence: [evidenceAt(words || "x", 1, words)] },
        resultOf({ evidence: [evidenceAt(words || "x", null, words)] }),
        resultOf({ outcome: "unknown", value: null, reason: words }),
      ],
      {
        repository: words,
        profileEvidence: [{ path: words, line: null, message: words }],
        components: [
          { root: words, profile: "library", score: 1, lines: 1 },
          { root: `${words}2`, profile: "library", score: 1, lines: 1 },
        ],
        lookedAt: {
          files: 1,
          read: 1,
          sources: { read: 1, of: 1 },
          characters: 1,
          complete: true,
          unreadable: [{ path: words, reason: words }],
        },
      },
    );

  test("makes no link, image, mention, reference or HTML, and no second marker", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const review = reviewWith(words);
        const comment = pullRequestComment(review, context);
        for (const markdown of [checkRunOutput(review, context).summary, comment, markdownReport(review, context)]) {
          const tokens = tokensOf(markdown);
          const links = tokens.filter(({ type }) => type === "link") as { href: string }[];
          expect(links.filter(({ href }) => !isOwnLink(href))).toEqual([]);
          expect(tokens.filter(({ type }) => type === "image")).toEqual([]);
          const html = tokens.filter(({ type, raw }) => type === "html" && !OWN_HTML.test(raw)).map(({ raw }) => raw);
          expect(html).toEqual([]);
          const plain = tokens
            .filter((token) => token.type === "text" && !("tokens" in token && token.tokens))
            .map(({ raw }) => raw)
            .join("\n");
          expect(plain).not.toMatch(/@[a-z0-9]|(^|[\s(])#\d|\bGH-\d/i);
        }
        expect(comment.split(MARKER)).toHaveLength(2);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps a table's rows whole", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const row = pullRequestComment(reviewWith(words), context)
          .split("\n")
          .find((line) => line.startsWith("| ⛔"));
        expect(row?.replace(/\\\|/g, "").split("|")).toHaveLength(6);
      }),
    );
  });
});

test("summaries stay within GitHub's bytes for any findings, and are cut between them", () => {
  const wide = "\u{1F40D}".repeat(190);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 8 }), (rules, places) => {
      const evidence = Array.from({ length: places }, (_, index) => evidenceAt(`${wide}${index}`, index, wide));
      const results = Array.from({ length: rules }, (_, index) =>
        resultOf({ ...(index % 2 ? critical : {}), id: `testing/rule-${index}`, evidence }),
      );
      const { summary, title } = checkRunOutput(assessmentOf(results), context);
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
      expect(title.length).toBeLessThanOrEqual(255);
      expect(summary.split("<details>").length).toBe(summary.split("</details>").length);
    }),
    { numRuns: 40 },
  );
});
