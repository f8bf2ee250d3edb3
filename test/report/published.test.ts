import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { annotationsOf } from "../../src/report/annotations.ts";
import { changeOf } from "../../src/report/change.ts";
import { checkRunOutput } from "../../src/report/check-run.ts";
import { MARKER, oneLineComment, pullRequestComment } from "../../src/report/comment.ts";
import { failureOutput } from "../../src/report/failure.ts";
import { markdownReport } from "../../src/report/markdown-report.ts";
import { terminalReport } from "../../src/report/terminal.ts";
import { nodesOf } from "../support/markdown.ts";
import { assessmentAgainst, assessmentOf, context, evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const critical = resultOf({
  id: "deployment/no-secrets-in-images-or-manifests",
  severity: "critical",
  title: "No credentials are baked into images",
  evidence: [evidenceAt("Dockerfile", 9, "TOKEN is given a literal value.")],
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
    expect(checkRunOutput(assessmentOf([unknown]), context).summary).toContain("): `make x` is computed");
  });

  test("a terminal shows it as it was written", () => {
    const report = terminalReport(saying("`rev: main` is *not* <fixed>."), { color: false });
    expect(report).toContain("`rev: main` is *not* <fixed>.");
  });
});

/** Texts that each try one thing. */
const TRICKS = [
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
];

/** Text of a repository that tries everything at once. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(fc.constantFrom("[", "]", "(", ")", "`", "|", "<", ">", "@", "#", "\n", "!", "*", "_", "http://", "a"), {
      maxLength: 60,
    })
    .map((parts) => parts.join("")),
);

/** A link that pyready itself makes: to a rule's page, to the check run, or to a plain path of the commit that was judged. */
function isOwnLink(href: string): boolean {
  if (href === context.checkUrl || href.startsWith(`${context.docsUrl}/`)) return true;
  const path = href.startsWith(`${context.filesUrl}/`) ? href.slice(context.filesUrl.length + 1) : "";
  return /^[A-Za-z0-9._/-]+(#L\d+)?$/.test(path) && !path.split("/").includes("..");
}

const OWN_HTML =
  /^\s*(<\/?(details|summary|sub)>\s*|<br>|<summary>[\w ,()]+<\/summary>\s*|<!-- pyready:sticky:v1 -->\s*)+$/;

/** An assessment in which every text of a repository is this one. */
function assessmentWith(words: string) {
  const rules = (path: string) => [
    { ...critical, evidence: [evidenceAt(path, 1, words)] },
    resultOf({ title: words, why: words, fix: words, evidence: [evidenceAt(path, null, words)] }),
    resultOf({ id: "testing/unknown", outcome: "unknown", value: null, reason: words }),
    resultOf({
      ...{ id: "testing/waived", outcome: "waived", value: null },
      waived: [{ ...evidenceAt(path, 1, words), reason: words, owner: words, expires: "2027-01-31" }],
    }),
  ];
  const changes = {
    repository: words,
    profileEvidence: [{ path: words, line: null, message: words }],
    components: [
      { root: words, profile: "library", score: 1, lines: 1 },
      { root: `${words}2`, profile: "library", score: 1, lines: 1 },
    ],
    lookedAt: { ...reviewOf().lookedAt, unreadable: [{ path: words, reason: words }] },
  };
  const assessment = assessmentAgainst(reviewOf(rules(`${words}old`), changes), rules(words || "x"), changes);
  const notice = { kind: "error" as const, message: words, path: words, line: 3 };
  return { ...assessment, reasons: [words], notices: [notice] };
}

describe("text of a repository", () => {
  test("makes no link, image, mention, reference or HTML, and no second marker", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const assessment = assessmentWith(words);
        const all = { ...context, baseBranch: words, isFirst: true };
        const comments = [pullRequestComment(assessment, all), oneLineComment(assessment, all)];
        const { summary } = checkRunOutput(assessment, all);
        const failure = failureOutput(words, context).summary;
        for (const markdown of [...comments, summary, failure, markdownReport(assessment, context)]) {
          const nodes = nodesOf(markdown);
          const addresses = nodes.flatMap(({ type, url }) => (type === "link" ? [url ?? ""] : []));
          expect(addresses.filter((url) => !isOwnLink(url))).toEqual([]);
          expect(nodes.filter(({ type }) => /image|definition|footnote|Reference/.test(type))).toEqual([]);
          const html = nodes.flatMap(({ type, value = "" }) =>
            type === "html" && !OWN_HTML.test(value) ? [value] : [],
          );
          expect(html).toEqual([]);
          const plain = nodes.flatMap(({ type, value }) => (type === "text" ? [value] : [])).join("\n");
          // GitHub looks for these in the text that is rendered.
          expect(plain).not.toMatch(/@[a-z0-9]|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:\/\/|\bwww\.|:[a-z]+:/i);
        }
        for (const comment of comments) expect(comment.split(MARKER)).toHaveLength(2);
      }),
      { numRuns: 30, examples: TRICKS.map((trick) => [trick]) },
    );
  });

  test("keeps headings, lists and tables what they are", () => {
    const shapeOf = (words: string) => {
      const assessment = assessmentWith(words);
      const shape = /^(heading|table|tableRow|tableCell|listItem|thematicBreak|blockquote|code|delete)$/;
      return [checkRunOutput(assessment, context).summary, pullRequestComment(assessment, context)].map((markdown) =>
        nodesOf(markdown).flatMap(({ type }) => (shape.test(type) ? [type] : [])),
      );
    };
    const plain = shapeOf("x");
    fc.assert(
      fc.property(hostile, (words) => expect(shapeOf(words)).toEqual(plain)),
      { numRuns: 30, examples: TRICKS.map((trick) => [trick]) },
    );
  });

  test("hides nothing in an annotation", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const assessment = assessmentWith(words);
        for (const { title, message } of annotationsOf(assessment, changeOf(assessment))) {
          expect(title).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(message.split("\n").join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
    );
  });
});

const wide = "\u{1F40D}".repeat(190);

/** Findings of any number, as long and as wide as they can be. */
const findings = fc
  .record({
    rules: fc.constantFrom(0, 1, 60, 200),
    places: fc.integer({ min: 1, max: 8 }),
    known: fc.integer({ min: 0, max: 200 }),
    words: fc.constantFrom(wide, "|`".repeat(100), "x"),
  })
  .map(({ rules, places, known, words }) => {
    const evidence = Array.from({ length: places }, (_, index) => evidenceAt(`${words}${index}`, index, words));
    const results = Array.from({ length: rules }, (_, index) =>
      resultOf({ ...(index % 2 ? critical : {}), id: `testing/rule-${index}`, evidence }),
    );
    const notice = { kind: "change" as const, message: words, path: words, line: 1 };
    const assessment = assessmentAgainst(reviewOf(results.slice(rules - known)), results);
    return { ...assessment, notices: Array.from({ length: known }, () => notice) };
  });

describe("whatever is found", () => {
  test("what is published stays within GitHub's limits, and is cut between findings", () => {
    fc.assert(
      fc.property(findings, (assessment) => {
        const { summary, title, annotations, actions } = checkRunOutput(assessment, {
          ...context,
          ...{ baseBranch: wide, isFirst: true, mayProposeFixes: true, repairable: new Set(["a/b"]) },
        });
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
        expect(title.length).toBeLessThanOrEqual(255);
        expect(summary.split("<details>").length).toBe(summary.split("</details>").length);
        expect(annotations.length).toBeLessThanOrEqual(50);
        for (const { title: name, message } of annotations) {
          expect(name.length).toBeLessThanOrEqual(255);
          expect(Buffer.byteLength(message)).toBeLessThanOrEqual(64 * 1024);
        }
        expect(actions.length).toBeLessThanOrEqual(3);
        for (const { label, description, identifier } of actions)
          expect([label.length <= 20, description.length <= 40, identifier.length <= 20]).toEqual([true, true, true]);
        const comment = pullRequestComment(assessment, context);
        expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(65_536);
        expect(comment.replace(/<details>[\s\S]*?<\/details>/g, "").split("\n").length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 12 },
    );
  });

  test("the same input gives the same bytes", () => {
    fc.assert(
      fc.property(findings, (assessment) => {
        const again = structuredClone(assessment);
        expect(checkRunOutput(again, context)).toEqual(checkRunOutput(assessment, context));
        expect(pullRequestComment(again, context)).toBe(pullRequestComment(assessment, context));
      }),
      { numRuns: 4 },
    );
  });

  test("ten thousand findings take less than a second of the processor", () => {
    const results = Array.from({ length: 130 }, (_, rule) =>
      resultOf({
        id: `testing/rule-${rule}`,
        severity: rule % 3 ? "high" : "critical",
        evidence: Array.from({ length: 77 }, (_line, index) => evidenceAt(`pkg/module_${index}.py`, index + 1)),
      }),
    );
    const assessment = assessmentAgainst(reviewOf(results.slice(0, 40)), results);
    const before = process.cpuUsage();
    checkRunOutput(assessment, context);
    pullRequestComment(assessment, context);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
