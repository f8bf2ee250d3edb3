import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import fc from "fast-check";
import type { Evidence, RuleResult } from "../../src/engine/review.ts";
import { toSarif } from "../../src/report/sarif.ts";
import { assessmentAgainst, assessmentOf, context, evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync("test/report/sarif/sarif-schema-2.1.0.json", "utf8"));
// The schema is of draft 4, which differs in the names of the two keys alone.
const ajv = new Ajv({ strict: false });
ajv.addFormat("date-time", /^\d{4}-\d{2}-\d{2}T/);
ajv.addFormat("uri", /^[a-z][a-z0-9+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/i);
ajv.addFormat("uri-reference", /^(?:[\w\-.~/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/i);
const isSarif = ajv.compile(schema);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
  readonly baselineState?: string;
  readonly suppressions?: readonly { readonly justification: string }[];
}

function runOf(assessment = assessmentOf()) {
  const log = toSarif(assessment, context) as { runs: readonly [Record<string, never>] };
  expect([isSarif(log), isSarif.errors]).toEqual([true, null]);
  return log.runs[0] as unknown as {
    readonly results: readonly Result[];
    readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
    readonly invocations: readonly [
      {
        readonly executionSuccessful: boolean;
        readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: { text: string } }[];
      },
    ];
  };
}

function only(changes: Partial<RuleResult>): Result {
  const [result] = runOf(assessmentOf([resultOf(changes)])).results;
  return result as Result;
}

describe("a finding", () => {
  test("has its rule, its place and a mark by which GitHub knows it again", () => {
    const at = evidenceAt("app/orders.py", 41);
    expect(only({ evidence: [at] })).toEqual({
      ruleId: "testing/tests-present",
      ruleIndex: 0,
      level: "error",
      message: { text: "It is wrong here." },
      locations: [{ physicalLocation: { artifactLocation: { uri: "app/orders.py" }, region: { startLine: 41 } } }],
      partialFingerprints: { primaryLocationLineHash: `${at.fingerprint}:1` },
    });
  });

  test("of the repository as a whole says what it is about, and that no file is", () => {
    const { message, locations } = only({ evidence: [] });
    expect(message.text).toBe("The code has automated tests");
    expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe("no%20file%20belongs%20to%20this%20finding");
  });

  test.each([
    ["critical", "error"],
    ["high", "error"],
    ["medium", "warning"],
    ["low", "note"],
  ] as const)("of severity %s is at level %s", (severity, level) => {
    expect(only({ severity }).level).toBe(level);
  });

  test.each([
    ["a colon is no scheme", "javascript:alert(1).py", "javascript%3Aalert(1).py"],
    ["nor do dots and hashes mean anything", "a b/#x?y%20.py", "a%20b/%23x%3Fy%2520.py"],
    ["letters of any script", "проба/試.py", "%D0%BF%D1%80%D0%BE%D0%B1%D0%B0/%E8%A9%A6.py"],
    ["no host comes of slashes", "//evil.example/a.py", "evil.example/a.py"],
    ["half a letter", "a\ud800.py", "a%EF%BF%BD.py"],
    ["a backslash is no slash", "..\\..\\x", "..%5C..%5Cx"],
  ])("is at a relative address: %s", (_, path, uri) => {
    expect(only({ evidence: [evidenceAt(path, 1)] }).locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  test("makes no link of a repository's text", () => {
    const { message } = only({ evidence: [evidenceAt("a.py", 1, "see [here](https://evil.example)\u202e\n")] });
    expect(message.text).toBe("see [here] (https://evil.example) ");
  });

  test("that is waived is suppressed, with the reason", () => {
    const waived = {
      ...evidenceAt("Dockerfile", 1),
      reason: "the base image drops privileges",
      owner: "@acme/platform",
      expires: "2027-03-01",
    };
    const { results } = runOf(assessmentOf([resultOf({ evidence: [evidenceAt("a.py", 1)], waived: [waived] })]));
    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      undefined,
      [
        {
          kind: "external",
          status: "accepted",
          justification: "the base image drops privileges (@acme/platform, until 2027-03-01)",
        },
      ],
    ]);
  });

  test("is new or unchanged where there is a base", () => {
    const [old, added] = [evidenceAt("a.py", 1), evidenceAt("b.py", 1)];
    const base = reviewOf([resultOf({ evidence: [old] })]);
    const { results } = runOf(assessmentAgainst(base, [resultOf({ evidence: [old, added] })]));
    expect(results.map(({ baselineState }) => baselineState)).toEqual(["unchanged", "new"]);
  });
});

describe("a rule", () => {
  test("carries its help, and the page that says more", () => {
    const [rule] = runOf(assessmentOf([resultOf()])).tool.driver.rules;
    expect(rule).toMatchObject({
      id: "testing/tests-present",
      help: { text: "Nobody can change it safely.\n\nWrite a test." },
      helpUri: "https://docs.example.invalid/rules/testing/tests-present.md",
    });
    expect(rule?.properties).not.toHaveProperty("security-severity");
  });

  test("of security is ranked among the alerts of security", () => {
    const rule = resultOf({ id: "security/debug-mode-off", category: "security", severity: "critical" });
    expect(runOf(assessmentOf([rule])).tool.driver.rules[0]?.properties).toMatchObject({
      tags: ["security"],
      "security-severity": "9.5",
    });
  });
});

test("what passes, is skipped or is unknown is no result; what could not be judged is said", () => {
  const outcomes = ["pass", "skip", "unknown", "crashed"] as const;
  const run = runOf(
    assessmentOf(
      outcomes.map((outcome) => resultOf({ id: `testing/${outcome}`, outcome, value: null, reason: "it is so" })),
    ),
  );
  const [{ executionSuccessful, toolExecutionNotifications }] = run.invocations;
  expect([run.results, executionSuccessful]).toEqual([[], false]);
  expect(toolExecutionNotifications.map(({ level, message }) => `${level}: ${message.text}`)).toEqual([
    "note: testing/unknown was not evaluated: it is so",
    "error: testing/crashed was not evaluated: it is so",
  ]);
});

test("of too many findings the gravest are listed, and the cut is said", () => {
  const low = resultOf({ id: "testing/low", severity: "low", evidence: places(26_000) });
  const critical = resultOf({ id: "security/grave", severity: "critical", evidence: places(2) });
  const { results, invocations } = runOf(assessmentOf([low, critical]));
  expect([results.length, results[0]?.ruleId, results[2]?.ruleId]).toEqual([25_000, "security/grave", "testing/low"]);
  expect(invocations[0].toolExecutionNotifications.at(-1)?.message.text).toBe(
    "Only the gravest 25000 of 26002 findings are listed.",
  );
});

test("whatever a repository holds, the schema is met and every address stays inside", () => {
  const words = fc.string({ unit: "binary", maxLength: 60 });
  fc.assert(
    fc.property(words, words, fc.integer({ min: 0, max: 9 }), (path, message, line) => {
      const run = runOf(
        assessmentOf([resultOf({ evidence: [{ path: path || "x", line, message, fingerprint: "0".repeat(16) }] })]),
      );
      const uri = run.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri ?? "";
      expect(new URL(uri, "https://here.example/r/").host).toBe("here.example");
    }),
  );
});

function places(count: number): readonly Evidence[] {
  return Array.from({ length: count }, (_, index) => ({
    path: "a.py",
    line: index + 1,
    message: "It is wrong here.",
    fingerprint: index.toString(16).padStart(16, "0"),
  }));
}
