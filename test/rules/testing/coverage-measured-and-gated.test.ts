import rule from "../../../rules/testing/coverage-measured-and-gated.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "", "tests/test_api.py": "def test_x(): ...\n" };
const workflow = (run: string) => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v5\n      - run: ${run}\n`,
});

describeRule(rule, [
  { name: "no tests", repo: { "shop/api.py": "" }, expect: "skip" },
  { name: "neither measured nor gated", repo: { ...code, ...workflow("pytest") }, expect: "fail", evidence: [""] },
  {
    name: "measured in CI",
    repo: { ...code, ...workflow("pytest --cov=shop") },
    expect: "partial",
    value: 0.6,
    evidence: [".github/workflows/ci.yml:6", ""],
  },
  {
    name: "measured by addopts",
    repo: { ...code, "pytest.ini": "[pytest]\naddopts = -q --cov=shop\n" },
    expect: "partial",
    value: 0.6,
    evidence: ["pytest.ini:2", ""],
  },
  {
    name: "gated on the command line",
    repo: { ...code, ...workflow("coverage report --fail-under=90") },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "gated in a Makefile",
    repo: { ...code, ...workflow("make test"), Makefile: "test:\n\tpytest --cov --cov-fail-under=80\n" },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  {
    name: "a line of zero is no gate",
    repo: { ...code, ".coveragerc": "[run]\nbranch = true\n[report]\nfail_under = 0\n" },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "a line in .coveragerc",
    repo: { ...code, ".coveragerc": "[run]\nbranch = true\n[report]\nfail_under = 80\n" },
    expect: "pass",
    evidence: [".coveragerc:4"],
  },
  {
    name: "a gate that is commented out",
    repo: { ...code, "setup.cfg": "[coverage:report]\n# fail_under = 90\nshow_missing = true\n" },
    expect: "partial",
  },
  {
    name: "Codecov's status, informational",
    repo: {
      ...code,
      "codecov.yml":
        "coverage:\n  status:\n    project:\n      default:\n        target: 80%\n        informational: true\n",
    },
    expect: "partial",
  },
  {
    name: "Codecov's status with a target",
    repo: { ...code, "codecov.yml": "coverage:\n  status:\n    project:\n      default:\n        target: 80%\n" },
    expect: "pass",
    evidence: ["codecov.yml:5"],
  },
  {
    name: "an upload step without any settings",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - uses: codecov/codecov-action@v5\n",
    },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "a script that is not there to read",
    repo: { ...code, ...workflow("./scripts/test"), "scripts/test": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "scripts/test",
  },
]);
