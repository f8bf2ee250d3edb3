import { expect, test } from "@jest/globals";
import { precisionTable, readVerdicts, unseenFindings } from "../../../scripts/findings/verdicts.ts";
import { evidenceAt, resultOf, reviewOf } from "../../support/reviews.ts";

const line = (...fields: readonly string[]) => fields.join("\t");
const table = [
  "# verdicts",
  line("acme/shop", "security/debug-mode-off", "shop/settings.py:3", "full", "true", "production runs these settings"),
  line("acme/shop", "security/debug-mode-off", "shop/local.py:1", "lowered", "false", "only for development"),
  line("acme/api", "testing/tests-present", "-", "full", "debatable", "the tests are elsewhere"),
].join("\n");

test("a table of verdicts gives the precision of each rule and severity", () => {
  const severities = new Map([
    ["security/debug-mode-off", "critical"],
    ["testing/tests-present", "high"],
  ] as const);
  expect(precisionTable(readVerdicts(table), severities)).toBe(
    [
      "rule                     severity           looked at  true  debatable  false  precision",
      "security/debug-mode-off  critical                   1     1          0      0      100 %",
      "testing/tests-present    high                       1     0          1      0       50 %",
      "security/debug-mode-off  critical, lowered          1     0          0      1        0 %",
      "all                      critical                   1     1          0      0      100 %",
      "all                      high                       1     0          1      0       50 %",
      "all                      critical, lowered          1     0          0      1        0 %",
    ].join("\n"),
  );
});

test("a line that is no verdict is named", () => {
  expect(() => readVerdicts(`${table}\nacme/shop\tsecurity/debug-mode-off\ta.py:1\tfull\tmaybe\twhy`)).toThrow(
    "line 5",
  );
});

test("a finding that nobody looked at is named; lighter ones need no verdict", () => {
  const review = reviewOf([
    resultOf({
      id: "security/debug-mode-off",
      severity: "critical",
      outcome: "fail",
      evidence: [evidenceAt("shop/settings.py", 3), evidenceAt("shop/new.py", 7)],
    }),
    resultOf({
      id: "documentation/readme-present",
      severity: "medium",
      outcome: "fail",
      evidence: [evidenceAt("README.md", 1)],
    }),
  ]);
  expect(unseenFindings(review, "acme/shop", readVerdicts(table))).toEqual(["security/debug-mode-off shop/new.py:7"]);
});
