import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { dump } from "js-yaml";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { defaultTerms, type Terms } from "../../src/engine/terms.ts";
import type { Definition } from "../../src/own-rules/definition.ts";
import { readOwnRules } from "../../src/own-rules/read.ts";
import { testOwnRules } from "../../src/own-rules/test-rules.ts";
import { type MiniFile, miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

const own = (text: string) => readOwnRules({ kind: "text", text });
const told = (text: string) => own(text).complaints.map(({ line, message }) => `${line} ${message}`);

const definition: Definition = {
  title: "Every service has an owner",
  category: "governance",
  severity: "medium",
  why: "Somebody has to be called.",
  fix: "Add the file OWNERS.",
  message: "Nobody owns it.",
  check: { present: ["OWNERS"] },
  tests: { passes: [{ OWNERS: "" }], fails: [{ "app.py": "" }] },
};
const fileOf = (changes: object = {}, id = "own/owned"): string =>
  dump({ rules: { [id]: { ...definition, ...changes } } });

async function judged(changes: Partial<Definition>, files: Readonly<Record<string, MiniFile>>) {
  const { rules, complaints } = own(fileOf(changes));
  expect(complaints).toEqual([]);
  const review = await reviewSnapshot(miniSnapshot(files), { rules, date: "2026-11-24", python });
  const [result] = review.rules;
  const places = result?.evidence.map(({ path, line }) =>
    path === null ? "" : line === null ? path : `${path}:${line}`,
  );
  return { review, result, says: `${result?.outcome} ${result?.reason ?? places?.join(", ")}`.trim() };
}

describe("the worked examples of docs/own-rules.md", () => {
  const examples = [...readFileSync("docs/own-rules.md", "utf8").matchAll(/^```yaml\n(.*?)^```$/gms)].map(
    ([, text = ""]) => text,
  );

  test("are six", () => {
    expect(examples).toHaveLength(6);
  });

  test.each(examples.map((text) => [/own\/[\w-]+/.exec(text)?.[0] ?? "", text]))(
    "%s does what its tests say",
    async (_, text) => {
      const { rules, complaints } = own(text);
      expect(complaints).toEqual([]);
      const results = await testOwnRules(rules, async (rule, files) => {
        const review = await reviewSnapshot(miniSnapshot(files), { rules: [rule], date: "2026-11-24", python });
        return review.rules[0] as (typeof review.rules)[number];
      });
      expect(results.length).toBeGreaterThan(1);
      expect(results.filter(({ isRight }) => !isRight)).toEqual([]);
    },
  );
});

describe("a rule of one's own", () => {
  test("counts in the category that it names", async () => {
    const { review, result } = await judged({}, { "app.py": "x = 1\n" });
    expect([result?.id, result?.category, result?.outcome]).toEqual(["own/owned", "governance", "fail"]);
    expect(review.categories.find(({ id }) => id === "governance")?.score).toBe(0);
    expect(review.score).toBe(0);
  });

  test("judges each component of a monorepo by its own files", async () => {
    const files = {
      "api/pyproject.toml": "[project]\nname = 'api'\nversion = '1'\n",
      "api/api.py": "",
      "jobs/pyproject.toml": "[project]\nname = 'jobs'\nversion = '1'\n",
      "jobs/jobs.py": "",
      "jobs/OWNERS": "",
    };
    const { result } = await judged({ check: { present: ["**/OWNERS"] } }, files);
    expect(result?.components.map(({ root, outcome }) => [root, outcome])).toEqual([
      ["api", "fail"],
      ["jobs", "pass"],
    ]);
  });

  test("is off, of another severity and waived as the policy says", async () => {
    const { rules } = own(fileOf());
    const outcomeUnder = async (terms: Partial<Terms>) => {
      const review = await reviewSnapshot(miniSnapshot({ "app.py": "" }), {
        ...{ rules, date: "2026-11-24", python },
        terms: async () => ({ ...defaultTerms, ...terms }),
      });
      return review.rules.map(({ outcome, severity }) => `${outcome} ${severity}`)[0];
    };
    const setting = { off: false, severity: null, by: "the policy" };
    const waiver = { rule: "own/owned", paths: [], reason: "it is new", owner: "@acme", expires: "2026-12-24" };
    expect(await outcomeUnder({ rules: { "own/owned": { ...setting, off: true } } })).toBe("skip medium");
    expect(await outcomeUnder({ rules: { "own/owned": { ...setting, severity: "critical" } } })).toBe("fail critical");
    expect(await outcomeUnder({ waivers: [waiver] })).toBe("waived medium");
  });

  const py = { "app.py": "" };
  const toml = (text: string) => ({ ...py, "pyproject.toml": text });
  const at = (more: object) => ({ check: { value: { file: "pyproject.toml", at: ["tool", "x", "n"], ...more } } });
  const cel = (expression: string, reads?: readonly string[]) => ({ check: { expression, ...(reads && { reads }) } });

  test.each<[string, Partial<Definition>, Readonly<Record<string, MiniFile>>, string]>([
    ["a value is right", at({ is: 3 }), toml("[tool.x]\nn = 3\n"), "pass"],
    ["a value is wrong, at its line", at({ is: 3 }), toml("[tool.x]\n\nn = 4\n"), "fail pyproject.toml:3"],
    ["a value is missing, at what is nearest", at({ is: 3 }), toml("\n[tool.x]\nm = 4\n"), "fail pyproject.toml:2"],
    ["a number in quotes is a text", at({ is: 3 }), toml("[tool.x]\nn = '3'\n"), "fail pyproject.toml:2"],
    ["one of several", at({ "one-of": ["a", true] }), toml("[tool.x]\nn = true\n"), "pass"],
    ["within bounds", at({ "at-least": 3, "at-most": 5 }), toml("[tool.x]\nn = 5\n"), "pass"],
    ["out of bounds", at({ "at-least": 3 }), toml("[tool.x]\nn = 2.5\n"), "fail pyproject.toml:2"],
    ["what must not exist", at({ exists: false }), toml("[tool.x]\nn = []\n"), "fail pyproject.toml:2"],
    ["what must exist and is a list", at({ exists: true }), toml("[tool.x]\nn = []\n"), "pass"],
    ["a file that is broken", at({ is: 3 }), toml("[tool.x\n"), "unknown pyproject.toml could not be read: "],
    ["a file that is not there", at({ is: 3 }), py, "skip no file is there that pyproject.toml matches"],
    ["a truth", cel("size(files) == 1"), py, "pass"],
    ["an untruth", cel("profile == 'web-service'"), py, "fail"],
    ["paths", cel("files.filter(f, f.endsWith('.pem'))"), { ...py, "a.pem": "" }, "fail a.pem"],
    [
      "steps of workflows",
      cel("steps.filter(s, s.run.contains('curl') && 'push' in s.events)"),
      { ...py, ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: curl a\n" },
      "fail .github/workflows/ci.yml:6",
    ],
    [
      "a key that is not there",
      cel("documents.all(d, d.data.b == 1)", ["*.json"]),
      { ...py, "a.json": "{}" },
      "unknown the expression fails here: no such key: b",
    ],
    [
      "every document of a file",
      cel("documents.filter(d, d.data.a == 2)", ["*.yml"]),
      { ...py, "a.yml": "a: 1\n---\na: 2\n" },
      "fail a.yml:3",
    ],
    [
      "what could not be read",
      cel("documents.all(d, true)", ["*.json"]),
      { ...py, "a.json": "{" },
      "unknown a.json could not be read: ",
    ],
    [
      "an answer that is none",
      cel("documents[0].data.a", ["*.json"]),
      { ...py, "a.json": '{"a": 3}' },
      "unknown the expression gives neither true nor false nor a list",
    ],
    [
      "what takes too long",
      cel("files.all(a, files.all(b, a != b || true))"),
      Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`${index}.py`, ""])),
      "unknown the expression fails here: it looks at more than 100000 values",
    ],
  ])("%s", async (_, changes, files, says) => {
    const judgement = await judged(changes, files);
    expect(judgement.says.slice(0, says.length)).toBe(says);
  });
});

describe("a file that is wrong says where and what", () => {
  test.each([
    ["broken YAML", "rules: [", /^\d+ Not valid YAML/],
    [
      "an id without own/",
      fileOf({}, "governance/owned"),
      /^2 "governance\/owned" is no rule. This entry is left out.$/,
    ],
    [
      "a key that is misspelt",
      fileOf({ serverity: "low" }),
      /^\d+ rules\."own\/owned" has no key "serverity". Did you mean severity\?/,
    ],
    [
      "a category that there is not",
      fileOf({ category: "safety" }),
      /category is "safety", and has to be testing, .* This entry is left out.$/,
    ],
    ["no test that fails", fileOf({ tests: { passes: [{ a: "" }] } }), /tests lacks fails/],
    [
      "two checks at once",
      fileOf({ check: { present: ["a"], absent: ["b"] } }),
      /^\d+ The check of own\/owned has to be exactly one of present, absent, value, expression; reads goes with expression. This entry/,
    ],
    [
      "a glob that is costly",
      fileOf({ check: { present: ["**/a/**/b/**/c"] } }),
      /present\[0\] is .*, and has to be a glob/,
    ],
    [
      "a file of no format",
      fileOf({ check: { value: { file: "a.txt", at: ["a"], is: 1 } } }),
      /has to be a glob of YAML, TOML, JSON or INI files/,
    ],
    [
      "an expression that does not parse",
      fileOf({ check: { expression: "files.all(" } }),
      /^\d+ The expression of own\/owned cannot be used: .*This entry is left out.$/,
    ],
    ["a variable that there is not", fileOf({ check: { expression: "paths.size() > 1" } }), /unknown variable: paths/],
    [
      "documents without reads",
      fileOf({ check: { expression: "documents.size() > 1" } }),
      /unknown variable: documents/,
    ],
    [
      "a pattern that backtracks",
      fileOf({ check: { expression: "files.exists(f, f.matches('(a+)+$'))" } }),
      /it calls matches, which there is not/,
    ],
    [
      "what grows without end",
      fileOf({ check: { expression: "files.all(f, f.split('').size() > 1)" } }),
      /it calls split, which there is not/,
    ],
    [
      "a number as an answer",
      fileOf({ check: { expression: "files.size()" } }),
      /it gives int, and has to give true, false or a list/,
    ],
    [
      "loops upon loops",
      fileOf({ check: { expression: "files.all(a, files.all(b, files.all(c, files.all(d, true))))" } }),
      /it has more than 3 loops in each other/,
    ],
    [
      "the way out of the language",
      fileOf({ check: { expression: "files.constructor('x') == 1" } }),
      /it calls constructor, which there is not/,
    ],
  ])("%s", (_, text, says) => {
    const [first = "", ...others] = told(text);
    expect(first).toMatch(says);
    expect(others).toEqual([]);
    expect(own(text).rules).toEqual([]);
  });

  test("a rule that is wrong leaves the others alone", () => {
    const { rules } = own(dump({ rules: { "own/a": definition, "own/b": { ...definition, severity: "grave" } } }));
    expect(rules.map(({ id }) => id)).toEqual(["own/a"]);
  });
});
