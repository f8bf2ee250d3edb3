import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { checklists } from "../../rules/checklists/index.ts";
import { rules } from "../../rules/index.ts";
import type { Checklist } from "../../src/compliance/checklist.ts";
import { DISCLAIMER } from "../../src/compliance/checklist.ts";
import { packOf } from "../../src/compliance/pack.ts";
import type { Outcome, RuleResult } from "../../src/engine/review.ts";
import { assess } from "../../src/policy/assess.ts";
import { defaultPolicy, type Policy } from "../../src/policy/policy.ts";
import { evidenceCsv } from "../../src/report/evidence/csv.ts";
import { evidenceHtml } from "../../src/report/evidence/html.ts";
import { evidenceOscal } from "../../src/report/evidence/oscal.ts";
import { evidenceSchema } from "../../src/report/evidence/schema.ts";
import { evidenceAt, resultOf, reviewOf } from "../support/reviews.ts";

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const isPack = ajv.compile(evidenceSchema);
const oscal = new Ajv({ strict: false });
oscal.addFormat("date-time", /^\d{4}-\d{2}-\d{2}T/);
oscal.addFormat("uri", /^[a-z][a-z0-9+.-]*:/i);
oscal.addFormat("email", /@/);
oscal.addFormat("uri-reference", /^[\w\-.~/?#[\]@!$&'()*+,;=:%]*$/);
const isOscal = oscal.compile(
  JSON.parse(readFileSync("test/report/oscal/oscal_assessment-results_schema.json", "utf8")),
);

const MADE_AT = "2026-11-24T10:00:00.000Z";
const [soc2] = checklists as readonly [Checklist];
const hostile = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> @acme \u202e \"quoted\"";

const accepted = { ...evidenceAt("Dockerfile", 4, hostile), reason: hostile, owner: "@ada", expires: "2027-01-31" };
const found: readonly RuleResult[] = [
  resultOf({
    id: "ci-cd/tests-run",
    outcome: "pass",
    evidence: [evidenceAt(".github/workflows/ci.yml", 12, "pytest runs.")],
  }),
  resultOf({ id: "governance/codeowners-valid", outcome: "fail", evidence: [evidenceAt(hostile, 3, hostile)] }),
  resultOf({ id: "security/no-committed-secrets", outcome: "waived", waived: [accepted] }),
  resultOf({
    id: "security/tls-verification-on",
    outcome: "pass",
    suppressed: [evidenceAt("shop/pay.py", 9, `The certificate is not checked. ${hostile}`)],
  }),
  resultOf({ id: "governance/reviews-required", outcome: "pass", isOfToday: true }),
  resultOf({ id: "observability/logging-configured", outcome: "unknown", reason: "settings.py could not be read" }),
];
const policy: Policy = {
  ...defaultPolicy,
  exclude: ["legacy"],
  attestations: [
    {
      regime: "soc2",
      controls: ["CC6.2"],
      owner: "@acme/security",
      date: "2026-09-01",
      expires: "2027-08-31",
      evidence: "+1 register",
      origin: { by: "repository", path: ".github/pyready.yml", line: 3 },
    },
  ],
};
const packOfRules = (results = found, checklist = soc2, commit: string | null = "9b2e7d1".padEnd(40, "0")) =>
  packOf(checklist, assess(reviewOf(results, { commit }), null, policy), MADE_AT);
const pack = packOfRules();

describe("the JSON", () => {
  test("follows its schema, and tells of every control", () => {
    expect([isPack(pack), isPack.errors]).toEqual([true, null]);
    expect(pack.controls.map(({ id }) => id)).toEqual(soc2.controls.map(({ id }) => id));
    expect(pack.counts.reduce((sum, { controls }) => sum + controls, 0)).toBe(soc2.controls.length);
  });

  test("tells of a rule where it stands, who told of it, and who accepted what", () => {
    const of = (control: string, rule: string) =>
      pack.controls.find(({ id }) => id === control)?.rules.find(({ id }) => id === rule);
    expect(of("CC4.1", "ci-cd/tests-run")).toMatchObject({
      state: "holds",
      toldBy: "commit",
      places: [{ path: ".github/workflows/ci.yml", line: 12, message: "pytest runs." }],
    });
    expect(of("CC7.2", "observability/logging-configured")).toMatchObject({ toldBy: "nothing" });
    expect(of("CC6.1", "security/no-committed-secrets")).toMatchObject({
      state: "fails, and is accepted by a waiver",
      waived: [{ path: "Dockerfile", owner: "@ada", expires: "2027-01-31" }],
    });
    expect(of("CC6.7", "security/tls-verification-on")).toMatchObject({
      state: "holds",
      places: [],
      suppressed: [{ path: "shop/pay.py", line: 9 }],
    });
  });

  test.each([
    ["settings that were read", "2026-11-24T09:00:00Z", [], "commit and settings"],
    ["settings that were not read", null, [], "commit"],
    ["a place in a file", "2026-11-24T09:00:00Z", [evidenceAt("renovate.json", 1)], "commit"],
    [
      "the repository as a whole",
      "2026-11-24T09:00:00Z",
      [{ ...evidenceAt("x", null), path: null }],
      "commit and settings",
    ],
  ] as const)("claims no more than was read where a rule rests on %s", (_, settingsReadAt, evidence, toldBy) => {
    const rule = resultOf({ id: "governance/reviews-required", outcome: "pass", isOfToday: true, evidence });
    const review = reviewOf([rule]);
    const read = { ...review, lookedAt: { ...review.lookedAt, settingsReadAt } };
    const { controls } = packOf(soc2, assess(read, null, policy), MADE_AT);
    const found = controls.flatMap(({ rules }) => rules).find(({ id }) => id === rule.id);
    expect(found).toMatchObject({ state: "holds", toldBy });
  });

  test("counts the places that it leaves out", () => {
    const evidence = Array.from({ length: 103 }, (_, line) => evidenceAt("app.py", line + 1));
    const many = packOfRules([resultOf({ id: "governance/codeowners-valid", evidence, suppressed: evidence })]);
    const [rule] = many.controls[0]?.rules ?? [];
    expect([rule?.places.length, rule?.suppressed.length, rule?.more]).toEqual([100, 100, 6]);
  });
});

describe("the table", () => {
  const cellsOf = (csv: string) =>
    csv.split("\r\n").map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = ""]) => cell));

  test("begins with what it is, and has a row for each place", () => {
    const [about, columns, ...rows] = cellsOf(evidenceCsv(pack));
    expect(about?.[0]).toContain(DISCLAIMER);
    expect(columns).toHaveLength(16);
    expect(rows.find(([control, , , rule]) => control === "CC4.1" && rule === "ci-cd/tests-run")?.slice(2, 9)).toEqual([
      "partly supported",
      "ci-cd/tests-run",
      "holds",
      "commit",
      ".github/workflows/ci.yml",
      "12",
      "pytest runs.",
    ]);
  });

  test("tells what is suppressed from what is found", () => {
    const rows = cellsOf(evidenceCsv(pack)).filter(([, , , rule]) => rule === "security/tls-verification-on");
    expect(rows.map((row) => row.slice(4, 8))).toEqual([["holds", "commit", "shop/pay.py", "9"]]);
    expect(rows[0]?.[8]).toMatch(/^Suppressed by a comment in the code, .* The certificate is not checked/);
  });

  test("says where a rule holds because nothing was found", () => {
    const rows = cellsOf(
      evidenceCsv(packOfRules([resultOf({ id: "security/no-committed-secrets", outcome: "pass" })])),
    );
    expect(rows.find(([, , , rule]) => rule === "security/no-committed-secrets")?.slice(4, 9)).toEqual([
      "holds",
      "commit",
      "",
      "",
      "Nothing was found against it.",
    ]);
  });

  test("holds no cell that a spreadsheet takes for a formula, whatever a repository writes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("=", "+", "-", "@", "\t=", " =", "|", "%", "＝", "\u202e="),
        fc.string(),
        (first, rest) => {
          const results = [
            resultOf({
              id: "governance/codeowners-valid",
              evidence: [evidenceAt(`${first}${rest}`, 1, `${first}${rest}`)],
            }),
          ];
          const cells = cellsOf(evidenceCsv(packOfRules(results))).flat();
          expect(cells.filter((cell) => /^\s*[=+\-@|%＝]/.test(cell))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("the page", () => {
  test("shows what a repository writes as text", () => {
    const page = evidenceHtml(pack);
    expect(page).toContain(DISCLAIMER);
    expect(page).not.toMatch(/<img|\u202e/);
    expect(page).toContain("&#60;img src=x");
    expect(page).toContain("Nothing was found against it but what is suppressed.");
    expect(page).toMatch(/pay\.py.*The certificate is not checked.*Suppressed by a comment in the code/);
  });

  test("says of a working tree that nobody can look at it again", () => {
    expect(evidenceHtml(packOfRules(found, soc2, null))).toContain("a working tree, which nobody can look at again");
  });
});

describe("the assessment results of OSCAL", () => {
  test.each(checklists.map((checklist) => [checklist.id, checklist] as const))(
    "of %s follow the schema",
    (_, checklist) => {
      const outcomes: readonly Outcome[] = ["pass", "partial", "fail", "skip", "unknown"];
      const results = rules.map(({ id }, index) =>
        resultOf({
          ...{ id, outcome: outcomes[index % 5] ?? "pass" },
          evidence: [evidenceAt("app.py", 1, hostile)],
          suppressed: [evidenceAt("app.py", 2, hostile)],
        }),
      );
      for (const all of [results, []]) {
        const document = evidenceOscal(packOfRules(all, checklist));
        expect([isOscal(document), isOscal.errors]).toEqual([true, null]);
      }
    },
  );

  test("satisfy no control: a gap is a finding, and all else an observation", () => {
    const document = JSON.stringify(evidenceOscal(pack));
    expect(document).not.toContain('"state":"satisfied"');
    const { results } = JSON.parse(document)["assessment-results"];
    expect(results[0].observations).toHaveLength(soc2.controls.length);
    expect(results[0].findings.map(({ title }: { title: string }) => title)).toEqual([
      "CC1.3: gap found",
      "CC6.1: gap found",
    ]);
    const { description, "relevant-evidence": evidence } = results[0].observations.find(
      ({ title }: { title: string }) => title.startsWith("CC6.7"),
    );
    expect(description).toContain("security/tls-verification-on: holds, 1 finding suppressed.");
    expect(evidence).toEqual([
      {
        description: expect.stringMatching(/^shop\/pay\.py:9 The certificate is not checked/),
        remarks: expect.stringContaining("Suppressed by a comment in the code"),
      },
    ]);
  });
});

test("nothing in a pack promises more than it holds", () => {
  for (const text of [JSON.stringify(pack), evidenceCsv(pack), evidenceHtml(pack), JSON.stringify(evidenceOscal(pack))])
    expect(text).not.toMatch(/compliant|certified|passes (SOC|HIPAA|PCI)/i);
});
