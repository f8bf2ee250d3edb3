import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { pyready } from "../support/command.ts";
import { temporaryFolders } from "../support/folders.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

const rule = (fails: string): string => `rules:
  own/no-keys:
    title: No key material stands in the repository
    category: security
    severity: critical
    why: Whoever can read the repository has the key.
    fix: Revoke the key.
    message: This looks like key material.
    check: { absent: ["**/*.pem"] }
    tests:
      passes: [{ app.py: "" }]
      fails: [{ app.py: "", ${fails}: "" }]
`;

describe("pyready test-policy", () => {
  test("runs the tests of own rules; a review judges by them", async () => {
    const folder = folders.create({ ".github/pyready-rules.yml": rule("a.pem"), "app.py": "", "tls.pem": "" });
    expect(await pyready(["test-policy", folder])).toEqual({
      exit: 0,
      out: "1 own rules, 2 of 2 tests pass\n",
      error: "",
    });

    const review = await pyready(["review", folder, "--format", "json"]);
    const report = JSON.parse(review.out);
    expect([review.exit, report.rules.at(-1)]).toMatchObject([
      1,
      { id: "own/no-keys", outcome: "fail", evidence: [{ path: "tls.pem", line: null }] },
    ]);
    const ajv = new Ajv2020({ allowUnionTypes: true }).addFormat("date", /^\d{4}-\d{2}-\d{2}$/);
    const isReport = ajv.compile(JSON.parse(readFileSync("schema/report.schema.json", "utf8")));
    expect([isReport(report), isReport.errors]).toEqual([true, null]);
  });

  test("ends with 1 for a test that fails, and says what came out", async () => {
    const folder = folders.create({ ".github/pyready-rules.yml": rule("a.key") });
    expect(await pyready(["test-policy", folder])).toEqual({
      exit: 1,
      out: "own/no-keys fails[0]: it should fail, and the outcome is pass\n1 own rules, 1 of 2 tests pass\n",
      error: "",
    });
  });

  test("ends with 1 for a file that is wrong, and says where", async () => {
    const folder = folders.create({
      ".github/pyready-rules.yml": rule("a.pem").replace("critical", "grave"),
      ".github/pyready.yml": "comment: sometimes\n",
    });
    const { exit, error } = await pyready(["test-policy", folder]);
    expect([exit, error.split("\n")]).toEqual([
      1,
      [
        expect.stringMatching(/^pyready: \.github\/pyready\.yml:1: comment is "sometimes"/),
        expect.stringContaining("pyready.yml"),
        expect.stringMatching(/^pyready: \.github\/pyready-rules\.yml:5: .*severity is "grave"/),
        "",
      ],
    ]);
  });

  test("ends with 2 where there is nothing to test", async () => {
    const { exit, error } = await pyready(["test-policy", folders.create({ "app.py": "" })]);
    expect([exit, error]).toEqual([2, expect.stringContaining("has neither .github/pyready.yml nor")]);
  });
});
