import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Review, RuleResult, Waived } from "../../../src/engine/review.ts";
import type { Notice } from "../../../src/policy/assessment.ts";
import { htmlReport } from "../../../src/report/html/report.ts";
import { assessmentAgainst, assessmentOf, context, evidenceAt, resultOf, reviewOf } from "../../support/reviews.ts";

type Element = DefaultTreeAdapterTypes.Element;

/** A page as a browser reads it: its elements, however deep, and what each says. */
function pageOf(source: string) {
  const problems: string[] = [];
  const document = parse(source, { onParseError: ({ code }) => problems.push(code) });
  const elements: Element[] = [];
  const textOf = (node: DefaultTreeAdapterTypes.Node): string => {
    if ("value" in node) return node.value;
    return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
  };
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("tagName" in node) elements.push(node);
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(document);
  const all = (tag: string): readonly Element[] => elements.filter(({ tagName }) => tagName === tag);
  return { problems, elements, all, textOf, says: (tag: string) => all(tag).map((one) => shown(textOf(one))) };
}

const shown = (text: string): string => text.replace(/\s+/g, " ").trim();
const attribute = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((one) => one.name === name)?.value;

function page(rules: readonly RuleResult[] = [], changes: Partial<Review> = {}) {
  return pageOf(htmlReport(assessmentOf(rules, changes), context));
}

const critical = resultOf({
  id: "deployment/container-runs-as-non-root",
  severity: "critical",
  title: "Containers run as a non-root user",
  evidence: [evidenceAt("Dockerfile", 1, "`FROM python:3.13` never leaves root.")],
});

describe("the report", () => {
  test("says verdict and score first, and draws the score for readers of text too", () => {
    const { says, all } = page([critical]);
    expect(says("title")).toEqual(["acme/shop: Not ready: 1 blocker"]);
    expect(attribute(all("svg")[0], "aria-label")).toBe("Score 81 of 100");
  });

  test("has the parts that there is something to say in, and a way to each", () => {
    const unknown = resultOf({ id: "ci-cd/tests-run", outcome: "unknown", value: null, gain: null, reason: "so" });
    const waived = resultOf({ id: "ci-cd/x", outcome: "waived", value: null, gain: null, waived: [accepted("so")] });
    const { says, all } = page([critical, resultOf(), unknown, waived]);
    const headings = [
      "What to do next",
      "Categories",
      "Blocking",
      "To improve",
      "Waived",
      "Not evaluated, and why",
      "The other rules",
      "What was looked at",
    ];
    expect(says("h2")).toEqual(headings);
    const ids = new Set(all("section").map((one) => `#${attribute(one, "id")}`));
    const links = all("nav")[0] as Element;
    expect(
      all("a")
        .filter(({ parentNode }) => parentNode && within(parentNode, links))
        .map((one) => attribute(one, "href")),
    ).toEqual([...ids]);
  });

  test("tells of a finding what, where, why and how", () => {
    const { says, all } = page([critical]);
    expect(says("details")[0]).toBe(
      "blocker Containers run as a non-root user +4.2 points deployment/container-runs-as-non-root Why Nobody can change it safely. Fix Write a test. Dockerfile:1 FROM python:3.13 never leaves root.",
    );
    expect(attribute(all("details")[0], "open")).toBe("");
    expect(all("a").map((one) => attribute(one, "href"))).toContain(`${context.filesUrl}/Dockerfile#L1`);
  });

  test("marks what a repair was tried for, where to begin and at the finding", () => {
    const repair = { ruleId: critical.id, edits: [], changes: [], isWhole: false };
    const { says } = pageOf(htmlReport(assessmentOf([critical, resultOf()], {}), { ...context, repairs: [repair] }));
    expect(says("ol")[0]).toContain("repair ready");
    expect(says("details")[0]).toContain(`pyready fix --rule ${critical.id} mends it in part`);
    expect(says("details")[1]).not.toContain("repair");
  });

  test("draws each component of a monorepo beside its number", () => {
    const components = ["", "api", "jobs"].map((root, index) => ({
      root,
      profile: index === 2 ? "none" : "worker",
      score: index === 2 ? null : 70 + index,
      lines: 1200,
    }));
    expect(page([], { components }).says("tr").slice(-3)).toEqual(
      ["the root worker70 1,200", "api worker71 1,200", "jobs no Pythonnot assessed1,200"].map((row) =>
        expect.stringMatching(new RegExp(row.replace(/ ?(\d)/g, "\\s?$1"))),
      ),
    );
  });

  test("without Python has no score and says so", () => {
    const { says, all } = page([], { score: null, verdict: "not-applicable", profile: "none", categories: [] });
    expect(attribute(all("svg")[0], "aria-label")).toBe("Not scored");
    expect(says("header")[0]).toContain("There is no Python here to judge.");
  });

  test("with a base says what the base has, and what the change fixes", () => {
    const base = reviewOf([critical], { score: 72.4 });
    const { says } = pageOf(htmlReport(assessmentAgainst(base), context));
    expect(says("header")[0]).toContain("The base has 72 of 100.");
    expect(says("section").find((text) => text.startsWith("Fixed by this change"))).toContain("Dockerfile:1");
  });

  test("with a base marks what finds something new", () => {
    const known = resultOf({ evidence: [evidenceAt("app.py", 1)] });
    const against = assessmentAgainst(reviewOf([known]), [critical, known]);
    const rules = pageOf(htmlReport(against, context)).says("summary");
    expect(rules.slice(0, 2).map((row) => row.split(" ").slice(0, 2))).toEqual([
      ["blocker", "new"],
      ["high", "The"],
    ]);
    expect(page([critical]).says("summary")[0]).not.toContain("new");
  });

  test("cuts no advice and no reason of a waiver", () => {
    const words = `${"word ".repeat(60)}end`;
    const waived = resultOf({ id: "ci-cd/x", outcome: "waived", value: null, gain: null, waived: [accepted(words)] });
    const { says } = page([resultOf({ why: words, fix: words }), waived]);
    expect(says("body")[0]?.match(/word end/g)).toHaveLength(4);
  });

  test("tells a reason once, with all its rules", () => {
    const off = { outcome: "unknown", value: null, gain: null, reason: "It is off." } as const;
    const { says } = page([resultOf({ id: "ci-cd/one", ...off }), resultOf({ id: "ci-cd/two", ...off })]);
    expect(says("tr").filter((row) => row.includes("It is off."))).toEqual([
      expect.stringMatching(/ci-cd\/one.*ci-cd\/two/),
    ]);
  });

  test("counts what it does not list: 500 places of one rule", () => {
    const many = Array.from({ length: 500 }, (_, index) => evidenceAt(`pkg/module_${index}.py`, index + 1));
    expect(page([{ ...critical, evidence: many }]).says("details")[0]).toContain("and 450 more places");
  });

  test("allows nothing but its own style", () => {
    const { all, textOf } = page([critical]);
    const style = all("style")[0] as Element;
    const hash = createHash("sha256").update(textOf(style)).digest("base64");
    expect(attribute(all("meta")[1], "content")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  test("gives the headings of every column and row", () => {
    const { all } = page([critical]);
    expect(all("th").filter((one) => !attribute(one, "scope"))).toEqual([]);
    expect(all("table").length).toBe(all("caption").length);
  });
});

describe("text of a repository", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom(
      '"><script>alert(1)</script>',
      "' onload='alert(1)",
      "</style><script>alert(1)</script>",
      "<img src=https://evil.example/a.png>",
      "javascript:alert(1)",
      "<!-- ",
      "]]>&lt;b&gt;",
      "`</code><b>`",
      "</title><base href=https://evil.example>",
    ),
    fc
      .array(fc.constantFrom("<", ">", '"', "'", "&", "`", "/", "=", "-", "!", "a", "script", " "), { maxLength: 40 })
      .map((parts) => parts.join("")),
  );
  const ELEMENTS = new Set(page(everywhere("x").rules, everywhere("x").changes).elements.map(({ tagName }) => tagName));

  function everywhere(words: string) {
    const evidence = [{ path: words || "x", line: 1, message: words, fingerprint: "0".repeat(16) }];
    const notices: readonly Notice[] = [{ kind: "error", path: words, line: 1, message: words }];
    return {
      rules: [
        { ...critical, title: words, why: words, fix: words, evidence },
        resultOf({ evidence }),
        resultOf({ id: "ci-cd/a", outcome: "unknown", value: null, gain: null, reason: words }),
        resultOf({ id: "ci-cd/b", outcome: "waived", value: null, gain: null, waived: [accepted(words)] }),
        resultOf({ id: "ci-cd/c", outcome: "skip", value: null, gain: null, reason: words }),
        resultOf({ id: "ci-cd/d", outcome: "pass", value: 1, gain: 0 }),
      ],
      changes: {
        repository: words,
        profileEvidence: [{ path: words, line: null, message: words }],
        components: [words, `${words}2`].map((root) => ({ root, profile: "library", score: 1, lines: 1 })),
        lookedAt: { ...reviewOf().lookedAt, unreadable: [{ path: words, reason: words }] },
      },
      notices,
    };
  }

  test("makes no element, attribute or address of its own", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const { rules, changes, notices } = everywhere(words);
        const { elements, problems } = pageOf(htmlReport({ ...assessmentOf(rules, changes), notices }, context));
        expect(problems).toEqual([]);
        expect(elements.filter(({ tagName }) => !ELEMENTS.has(tagName))).toEqual([]);
        for (const { attrs } of elements)
          for (const { name, value } of attrs) {
            expect(name).not.toMatch(/^(on|style$|src)/);
            if (name === "href") expect(value).toMatch(/^(#|https:\/\/(docs|github)\.example\.invalid\/)/);
          }
      }),
      { numRuns: 50 },
    );
  });

  test("is shown to the letter", () => {
    const { says } = page([{ ...critical, evidence: [evidenceAt("a.py", 1, "<b>\"&lt;\" & 'x'</b>")] }]);
    expect(says("details")[0]).toContain("<b>\"&lt;\" & 'x'</b>");
  });
});

test("the same assessment gives the same bytes", () => {
  const write = () => htmlReport(assessmentOf([critical, resultOf()]), context);
  expect(write()).toBe(write());
});

function accepted(words: string): Waived {
  return { ...evidenceAt(words || "x", 1, words), reason: words, owner: words, expires: "2027-03-01" };
}

function within(node: DefaultTreeAdapterTypes.Node, ancestor: Element): boolean {
  if (node === ancestor) return true;
  return "parentNode" in node && node.parentNode ? within(node.parentNode, ancestor) : false;
}
