import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rules as catalogue } from "../../rules/index.ts";
import { changeBetween } from "../../src/engine/change.ts";
import { compare } from "../../src/engine/compare.ts";
import type { Comparison, Finding } from "../../src/engine/comparison.ts";
import { findingsOf } from "../../src/engine/findings.ts";
import type { Review } from "../../src/engine/review.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { assess } from "../../src/policy/assess.ts";
import { defaultPolicy } from "../../src/policy/policy.ts";
import { type MiniFile, miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";
import { githubToken } from "../support/secrets.ts";

const TIMEOUTS = "code-quality/outbound-calls-have-timeouts";
const CREDENTIALS = "deployment/no-secrets-in-images-or-manifests";
const SECRETS = "security/no-committed-secrets";
const README = "documentation/readme-present";
const SQL = "security/no-sql-string-building";
const rules = catalogue.filter(({ id }) => [TIMEOUTS, CREDENTIALS, SECRETS, README, SQL].includes(id));

type Files = Readonly<Record<string, MiniFile>>;

async function judged(files: Files): Promise<Review> {
  return reviewSnapshot(miniSnapshot(files), { rules, date: "2026-11-22", python });
}

async function comparisonOf(base: Files, head: Files): Promise<{ head: Review; comparison: Comparison }> {
  const [before, after] = [await judged(base), await judged(head)];
  const change = changeBetween(miniSnapshot(base).tree, miniSnapshot(head).tree);
  return { head: after, comparison: compare(after, before, change) };
}

const shown = ({ result, evidence }: Finding): string =>
  `${result.id.split("/")[1]} ${evidence?.path ?? "-"}${evidence?.line ? `:${evidence.line}` : ""}`;

const one = "import requests\n\ndef bill(url):\n    return requests.get(url)\n";
const two = `${one}\ndef pay(url):\n    return requests.post(url)\n`;
const twice = `${one}\ndef again(url):\n    return requests.get(url)\n`;
const readme = `# Shop

${"Bills the orders of the shop, and tells the warehouse what to send where. ".repeat(8)}
`;
const base = { "shop/bill.py": one, "pyproject.toml": '[project]\nname = "shop"\n', "README.md": readme };
const image = (token: string, python = "3.13") => `FROM python:${python}-slim\nENV WAREHOUSE_TOKEN=${token}\n`;
const leaky = { ...base, Dockerfile: image("wh-7f3a91c2-pine-harbour") };
const key = githubToken();

interface Row {
  readonly base: Files;
  readonly head: Files;
  readonly added?: readonly string[];
  readonly fixed?: readonly string[];
  readonly unchanged?: readonly string[];
}

const ROWS: readonly (readonly [string, Row])[] = [
  ["the same tree changes nothing", { base, head: base, unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"] }],
  [
    "a line that moves is the same finding",
    {
      base,
      head: { ...base, "shop/bill.py": `"""Bills."""\n\n\n${one}` },
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:7"],
    },
  ],
  [
    "a line that is edited and still wrong in the same way is the same finding, where it does not block",
    {
      base,
      head: { ...base, "shop/bill.py": one.replace("get(url)", "get(url, verify=True)") },
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "a line that blocks and holds something else now is new",
    {
      base: leaky,
      head: { ...leaky, Dockerfile: image("wh-19d0c2aa-oak-harbour") },
      added: ["no-secrets-in-images-or-manifests Dockerfile:2"],
      fixed: ["no-secrets-in-images-or-manifests Dockerfile:2"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "one more line of the file is new",
    {
      base,
      head: { ...base, "shop/bill.py": two },
      added: ["outbound-calls-have-timeouts shop/bill.py:7"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "the same line once more is new",
    {
      base,
      head: { ...base, "shop/bill.py": twice },
      added: ["outbound-calls-have-timeouts shop/bill.py:7"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "one of two equal lines that goes is fixed",
    {
      base: { ...base, "shop/bill.py": twice },
      head: base,
      fixed: ["outbound-calls-have-timeouts shop/bill.py:7"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "a line that is mended is fixed",
    {
      base,
      head: {
        ...base,
        "shop/bill.py": one
          .replace("(url)\n", "(url, timeout=5)\n")
          .replace("def bill(url, timeout=5)", "def bill(url)")
          .replace("get(url)", "get(url, timeout=5)"),
      },
      fixed: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "a file with another name keeps its findings",
    {
      base,
      head: { "shop/accounts.py": one, "pyproject.toml": base["pyproject.toml"], "README.md": readme },
      unchanged: ["outbound-calls-have-timeouts shop/accounts.py:4"],
    },
  ],
  [
    "a file that moves with its folder and is edited keeps its findings",
    {
      base: { ...base, "shop/models.py": "class Order:\n    pass\n" },
      head: {
        "src/shop/bill.py": `${one}\nRETRIES = 3\n`,
        "src/shop/models.py": "class Order:\n    pass\n",
        "pyproject.toml": base["pyproject.toml"],
        "README.md": readme,
      },
      unchanged: ["outbound-calls-have-timeouts src/shop/bill.py:4"],
    },
  ],
  [
    "a line that moves from a file which is gone to another keeps its finding",
    {
      base,
      head: {
        "shop/accounts.py": `RETRIES = 3\n${one}`,
        "pyproject.toml": base["pyproject.toml"],
        "README.md": readme,
      },
      unchanged: ["outbound-calls-have-timeouts shop/accounts.py:5"],
    },
  ],
  [
    "a copy in another file is new",
    {
      base,
      head: { ...base, "shop/accounts.py": one },
      added: ["outbound-calls-have-timeouts shop/accounts.py:4"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "what a rule says of the repository is new where it did not fail",
    {
      base,
      head: { "shop/bill.py": one, "pyproject.toml": base["pyproject.toml"] },
      added: ["readme-present -"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "an image that a change adds brings its credential",
    {
      base,
      head: leaky,
      added: ["no-secrets-in-images-or-manifests Dockerfile:2"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "an image that goes takes its credential along",
    {
      base: leaky,
      head: base,
      fixed: ["no-secrets-in-images-or-manifests Dockerfile:2"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "an old credential stays old while the image's version is raised",
    {
      base: leaky,
      head: { ...leaky, Dockerfile: image("wh-7f3a91c2-pine-harbour", "3.14") },
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4", "no-secrets-in-images-or-manifests Dockerfile:2"],
    },
  ],
  [
    "lesser findings that come forth when a graver one goes are not new",
    {
      base: {
        ...leaky,
        "compose.dev.yml":
          "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: harbour-pine-81\n",
      },
      head: {
        ...base,
        "compose.dev.yml":
          "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: harbour-pine-81\n",
      },
      fixed: ["no-secrets-in-images-or-manifests Dockerfile:2"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4", "no-secrets-in-images-or-manifests compose.dev.yml:5"],
    },
  ],
  [
    "lesser findings that a graver one stands before are not fixed",
    {
      base: {
        ...base,
        "compose.dev.yml":
          "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: harbour-pine-81\n",
      },
      head: {
        ...leaky,
        "compose.dev.yml":
          "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: harbour-pine-81\n",
      },
      added: ["no-secrets-in-images-or-manifests Dockerfile:2"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
  [
    "a secret in a file that is only scanned stands while lines move",
    {
      base: { ...base, "notes.txt": `key: ${key}\n` },
      head: { ...base, "notes.txt": `The keys:\n\nkey: ${key}\n` },
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4", "no-committed-secrets notes.txt:3"],
    },
  ],
  [
    "a secret in the place of another of its kind is new",
    {
      base: { ...base, "notes.txt": `key: ${key}\n` },
      head: { ...base, "notes.txt": `key: ${githubToken("gho")}\n` },
      added: ["no-committed-secrets notes.txt:1"],
      fixed: ["no-committed-secrets notes.txt:1"],
      unchanged: ["outbound-calls-have-timeouts shop/bill.py:4"],
    },
  ],
];

describe("a comparison", () => {
  test.each(ROWS)("%s", async (_, { base: from, head: to, added = [], fixed = [], unchanged = [] }) => {
    const { comparison } = await comparisonOf(from, to);
    expect({
      added: comparison.added.map(shown),
      fixed: comparison.fixed.map(shown),
      unchanged: comparison.unchanged.map(shown).sort(),
    }).toEqual({ added, fixed, unchanged: [...unchanged].sort() });
  });

  test("parts the findings of the head: each is new or unchanged, and new ones only by the change", () => {
    const lines = fc.array(fc.constantFrom("a.py", "b.py", "c.py"), { maxLength: 8 });
    const outcome = fc.constantFrom("fail", "partial", "pass", "skip", "unknown", "crashed", "waived");
    const of = (at: readonly string[], outcome: string): Review =>
      reviewOf([
        resultOf({
          outcome: outcome as "fail",
          severity: "critical",
          evidence:
            outcome === "fail" || outcome === "partial" ? at.map((path, line) => evidenceAt(path, line + 1)) : [],
        }),
      ]);
    fc.assert(
      fc.property(lines, outcome, lines, outcome, (before, was, after, is) => {
        const [old, now] = [of(before, was), of(after, is)];
        const change = { touched: new Set(["a.py"]), removed: new Set(["b.py"]), renames: new Map([["c.py", "b.py"]]) };
        const { added, fixed, unchanged } = compare(now, old, change);
        expect(new Set([...added, ...unchanged])).toEqual(new Set(findingsOf(now)));
        expect(added.length + unchanged.length).toBe(findingsOf(now).length);
        expect(fixed.length).toBeLessThanOrEqual(findingsOf(old).length);
        if (was === "crashed") expect(added).toEqual([]);
        if (is === "unknown" || is === "crashed" || is === "skip") expect(added).toEqual([]);
        if (is === "unknown" || is === "crashed") expect(fixed).toEqual([]);
      }),
    );
  });

  test("leaves out what GitHub's settings tell: it is of today", () => {
    const of = (outcome: "fail" | "pass") => reviewOf([resultOf({ outcome, isOfToday: true, evidence: [] })]);
    const none = { touched: new Set<string>(), removed: new Set<string>(), renames: new Map<string, string>() };
    expect(compare(of("fail"), of("pass"), none)).toMatchObject({ added: [], unchanged: [{ evidence: null }] });
    expect(compare(of("pass"), of("fail"), none)).toMatchObject({ fixed: [] });
  });
});

describe("the gate on a comparison", () => {
  const decide = async (from: Files, to: Files) => {
    const { head, comparison } = await comparisonOf(from, to);
    const { conclusion, reasons } = assess(head, comparison, defaultPolicy);
    return { conclusion, reasons };
  };

  test("judges the change, not the debt", async () => {
    expect(await decide(leaky, { ...leaky, "shop/more.py": "RETRIES = 3\n" })).toEqual({
      conclusion: "success",
      reasons: [],
    });
    expect(await decide(base, leaky)).toEqual({ conclusion: "failure", reasons: ["The change brings 1 blocker."] });
  });

  const binary = { unreadable: "it is not UTF-8" };

  test("asks for action where a change makes a file unreadable that a critical rule rests on, and names it", async () => {
    expect(await decide(leaky, { ...base, Dockerfile: binary })).toEqual({
      conclusion: "action_required",
      reasons: [
        `${SECRETS} cannot be evaluated any more because of Dockerfile.`,
        `${CREDENTIALS} cannot be evaluated any more because of Dockerfile.`,
      ],
    });
  });

  test("lets be what could not be read before", async () => {
    const before = { ...base, Dockerfile: binary };
    expect(await decide(before, { ...before, "shop/more.py": "RETRIES = 3\n" })).toEqual({
      conclusion: "success",
      reasons: [],
    });
  });
});
