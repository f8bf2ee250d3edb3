import rule from "../../../rules/testing/pytest-configured-strictly.ts";
import { describeRepair } from "../../support/describe-repair.ts";
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
  ...(
    [
      [".pytest.toml", "[pytest]\n", "pytest.ini", "[pytest]\nxfail_strict = true\naddopts = --strict\n"],
      ["pytest.ini", "[pytest]\n", ".pytest.ini", "[pytest]\nstrict = true\n"],
      ["pytest.ini", "# pytest takes it even so\n", "pyproject.toml", "[tool.pytest]\nstrict = true\n"],
      [".pytest.ini", "[pytest]\n", "pyproject.toml", "[tool.pytest]\nstrict = true\n"],
      ["pyproject.toml", "[tool.pytest]\n", "tox.ini", "[pytest]\nstrict = true\n"],
      ["tox.ini", "[pytest]\n", "setup.cfg", "[tool:pytest]\nstrict = true\n"],
    ] as const
  ).map(([first, its, second, strict]) => ({
    name: `${first} wins over ${second}`,
    repo: { ...tests, [first]: its, [second]: strict },
    expect: "partial" as const,
    value: 0.5,
    evidence: [`${first}:1`],
  })),
  {
    name: "warnings are errors, and with them the one about an unknown mark",
    repo: pyproject('filterwarnings = ["error", "ignore::DeprecationWarning:shop"]\n'),
    expect: "partial",
    value: 0.8,
    says: "Marks are checked; expected failures that pass are not.",
  },
  {
    name: "warnings are errors, expected failures are strict",
    repo: { ...tests, "pytest.ini": "[pytest]\nxfail_strict = true\nfilterwarnings =\n    error\n    ignore:old\n" },
    expect: "pass",
  },
  {
    name: "the warning about an unknown mark alone is an error",
    repo: pyproject('filterwarnings = ["error::pytest.PytestUnknownMarkWarning"]\nxfail_strict = true\n'),
    expect: "pass",
  },
  {
    name: "warnings are errors, but for those of pytest",
    repo: pyproject('filterwarnings = ["error", "ignore::pytest.PytestWarning"]\n'),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "warnings that are ignored are not checked",
    repo: pyproject('addopts = "--strict-markers"\nxfail_strict = true\nfilterwarnings = ["ignore"]\n'),
    expect: "partial",
    value: 0.8,
    says: "warnings are not",
  },
  {
    name: "a file with a byte order mark and Windows line ends",
    repo: {
      ...tests,
      "setup.cfg":
        "\uFEFF[metadata]\r\nname = shop\r\n\r\n[tool:pytest]\r\naddopts =\r\n    -ra\r\n    --strict-markers\r\n",
    },
    expect: "partial",
    value: 0.8,
    evidence: ["setup.cfg:4"],
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
    name: "CI turns warnings into errors",
    repo: {
      ...pyproject("xfail_strict = true\n"),
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest -W error\n",
    },
    expect: "pass",
  },
  {
    name: "CI ignores a warning",
    repo: {
      ...pyproject('addopts = "--strict-markers"\nxfail_strict = true\n'),
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest -W ignore::Old\n",
    },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "functions that pytest alone collects, run by CI for a component below the root",
    repo: {
      "shop/pyproject.toml": '[project]\nname = "shop"\n',
      "shop/tests/test_api.py": "def test_x(): ...\n",
      "till/pyproject.toml": '[project]\nname = "till"\n',
      "till/tests/test_till.py": "import unittest\n\nclass TestX(unittest.TestCase):\n    def test_x(self): ...\n",
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest shop\n",
    },
    expect: "fail",
    evidence: ["shop"],
  },
  {
    name: "settings that cannot be read",
    repo: { ...tests, "pyproject.toml": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);

describeRepair(rule, [
  {
    name: "a section in the pyproject.toml that is there",
    repo: { ...tests, "pyproject.toml": '[project]\nname = "shop"\n' },
    after: {
      "pyproject.toml":
        '[project]\nname = "shop"\n\n[tool.pytest.ini_options]\naddopts = ["--strict-markers"]\nxfail_strict = true\n',
    },
    leaves: true,
  },
  {
    name: "a file of its own",
    repo: { ...tests, "requirements.txt": "pytest\n" },
    after: { "pytest.ini": "[pytest]\naddopts = --strict-markers\nxfail_strict = true\n" },
    leaves: true,
  },
  {
    name: "options as a text, behind a comment",
    repo: pyproject("# quiet\naddopts = '-ra -q'  # and short\nmarkers = ['slow: takes long']\n"),
    after: {
      "pyproject.toml":
        "[tool.pytest.ini_options]\n# quiet\naddopts = \"-ra -q --strict-markers\"  # and short\nmarkers = ['slow: takes long']\nxfail_strict = true\n",
    },
    leaves: true,
  },
  {
    name: "options as a list",
    repo: pyproject('addopts = [\n    "-ra",  # why\n]\n'),
    after: {
      "pyproject.toml":
        '[tool.pytest.ini_options]\naddopts = [\n    "-ra",  # why\n    "--strict-markers",\n]\nxfail_strict = true\n',
    },
    leaves: true,
  },
  {
    name: "pytest.ini, with options on one line",
    repo: { ...tests, "pytest.ini": "# settings\n[pytest]\ntestpaths = tests\naddopts = -ra\n" },
    after: {
      "pytest.ini": "# settings\n[pytest]\nxfail_strict = true\ntestpaths = tests\naddopts = -ra --strict-markers\n",
    },
    leaves: true,
  },
  {
    name: "setup.cfg, with an option a line and an expected failure, which may have come to pass",
    repo: {
      ...tests,
      "tests/test_old.py": "import pytest\n\n@pytest.mark.xfail\ndef test_x(): ...\n",
      "setup.cfg": "[metadata]\nname = shop\n\n[tool:pytest]\naddopts =\n    -ra\n    -q\n",
    },
    after: {
      "setup.cfg": "[metadata]\nname = shop\n\n[tool:pytest]\naddopts =\n    --strict-markers\n    -ra\n    -q\n",
    },
    leaves: true,
  },
  {
    name: "a pytest.ini without a section",
    repo: { ...tests, "pytest.ini": "# nothing yet\n" },
    after: { "pytest.ini": "# nothing yet\n[pytest]\naddopts = --strict-markers\nxfail_strict = true\n" },
    leaves: true,
  },
  {
    name: "expected failures, where warnings are errors and none is expected",
    repo: pyproject('filterwarnings = ["error"]\n'),
    after: { "pyproject.toml": '[tool.pytest.ini_options]\nfilterwarnings = ["error"]\nxfail_strict = true\n' },
  },
  {
    name: "nothing where a mark is not registered",
    repo: {
      ...pyproject('addopts = "-ra"\n'),
      "tests/conftest.py": "import pytest\n\npytestmark = pytest.mark.slow\n",
    },
    refuses: "no settings register the mark `slow`",
  },
  {
    name: "nothing about warnings",
    repo: pyproject('addopts = "--strict-markers"\nxfail_strict = true\n'),
    refuses: "whether the tests warn",
  },
]);
