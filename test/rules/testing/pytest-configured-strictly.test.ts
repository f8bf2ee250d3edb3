import rule from "../../../rules/testing/pytest-configured-strictly.ts";
import { describeRule } from "../../support/describe-rule.ts";

const tests = { "shop/api.py": "x = 1\n", "tests/test_api.py": "import pytest\n\ndef test_x(): ...\n" };
const pyproject = (settings: string) => ({ ...tests, "pyproject.toml": `[tool.pytest.ini_options]\n${settings}` });

describeRule(rule, [
  { name: "no tests", repo: { "shop/api.py": "" }, expect: "skip", says: "there are no tests" },
  {
    name: "tests of the standard library",
    repo: {
      "shop/api.py": "",
      "tests/test_api.py": "import unittest\n\nclass TestX(unittest.TestCase):\n    def test_x(self): ...\n",
    },
    expect: "skip",
    says: "the tests do not use pytest",
  },
  { name: "pytest without settings", repo: tests, expect: "fail", evidence: [""] },
  {
    name: "settings without strictness",
    repo: pyproject('testpaths = ["tests"]\naddopts = "-ra -q"\n'),
    expect: "partial",
    value: 0.5,
    evidence: ["pyproject.toml:1"],
  },
  {
    name: "strict marks alone, as a text",
    repo: pyproject('addopts = "-ra --strict-markers"\n'),
    expect: "partial",
    value: 0.8,
    says: "Marks are checked; expected failures that pass and warnings are not.",
  },
  {
    name: "strict marks alone, as a list",
    repo: pyproject('addopts = ["-ra", "--strict-markers"]\nxfail_strict = true\n'),
    expect: "partial",
    value: 0.8,
    says: "warnings are not",
  },
  {
    name: "all of it, without testpaths",
    repo: pyproject('addopts = "--strict-markers"\nxfail_strict = true\nfilterwarnings = ["error"]\n'),
    expect: "pass",
    evidence: ["pyproject.toml:1"],
  },
  {
    name: "strict of pytest 9 implies strict expected failures",
    repo: { ...tests, "pyproject.toml": '[tool.pytest]\nstrict = true\nfilterwarnings = ["error"]\n' },
    expect: "pass",
  },
  {
    name: "pytest.toml wins over pyproject.toml",
    repo: {
      ...pyproject("strict = true\nfilterwarnings = ['error']\n"),
      "pytest.toml": '[pytest]\ntestpaths = ["tests"]\n',
    },
    expect: "partial",
    value: 0.5,
    evidence: ["pytest.toml:1"],
  },
  {
    name: "pytest.ini wins over setup.cfg",
    repo: {
      ...tests,
      "pytest.ini": "[pytest]\naddopts = -ra\n",
      "setup.cfg": "[tool:pytest]\naddopts = --strict-markers\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: ["pytest.ini:1"],
  },
  {
    name: "settings in tox.ini",
    repo: {
      ...tests,
      "tox.ini":
        "[tox]\nenvlist = py\n[pytest]\naddopts =\n    -ra\n    --strict-markers\nxfail_strict = True\nfilterwarnings =\n    error\n",
    },
    expect: "pass",
    evidence: ["tox.ini:3"],
  },
  {
    name: "pytest ignores its section of setup.cfg under the short name",
    repo: { ...tests, "setup.cfg": "[pytest]\naddopts = --strict-markers\n" },
    expect: "fail",
  },
  {
    name: "settings beside the tests",
    repo: { ...tests, "tests/pytest.ini": "[pytest]\naddopts = --strict-markers\n" },
    expect: "partial",
    value: 0.8,
    evidence: ["tests/pytest.ini:1"],
  },
  {
    name: "CI asks for strict marks",
    repo: {
      ...pyproject('testpaths = ["tests"]\n'),
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v5\n      - run: pytest --strict-markers\n",
    },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "settings that cannot be read",
    repo: { ...tests, "pyproject.toml": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);
