import rule from "../../../rules/testing/framework-declared.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "x = 1\n", "requirements.txt": "django\n" };
const tests = { ...code, "tests/test_api.py": "import json\nimport pytest\n\ndef test_x(): ...\n" };

describeRule(rule, [
  { name: "no tests", repo: code, expect: "skip" },
  {
    name: "tests import pytest, which nothing names",
    repo: tests,
    expect: "fail",
    evidence: ["tests/test_api.py:2"],
    says: "It imports pytest, which nothing declares.",
  },
  {
    name: "tests of the standard library alone",
    repo: {
      ...code,
      "tests/test_api.py": "import unittest\n\nclass TestX(unittest.TestCase):\n    def test_x(self): ...\n",
    },
    expect: "pass",
    evidence: [],
  },
  {
    name: "requirements for development",
    repo: { ...tests, "requirements-dev.txt": "ruff\npytest==9.0.1\n" },
    expect: "pass",
    evidence: ["requirements-dev.txt:2"],
  },
  {
    name: "requirements beside the tests",
    repo: { ...tests, "tests/requirements.txt": "pytest\n" },
    expect: "pass",
    evidence: ["tests/requirements.txt:1"],
  },
  {
    name: "a group that another group includes",
    repo: {
      ...tests,
      "pyproject.toml": '[dependency-groups]\ntest = ["pytest"]\ndev = [{ include-group = "test" }]\n',
    },
    expect: "pass",
    evidence: ["pyproject.toml:2"],
  },
  {
    name: "a plugin that brings pytest",
    repo: { ...tests, Pipfile: '[dev-packages]\npytest-django = "*"\n' },
    expect: "pass",
  },
  {
    name: "an extra in setup.py",
    repo: { ...tests, "setup.py": 'setup(\n    name="shop",\n    extras_require={"test": ["pytest>=8"]},\n)\n' },
    expect: "pass",
    evidence: ["setup.py:3"],
  },
  {
    name: "deps of tox, behind a factor",
    repo: { ...tests, "tox.ini": "[testenv]\ndeps =\n    py313: pytest\ncommands = pytest\n" },
    expect: "pass",
    evidence: ["tox.ini:3"],
  },
  {
    name: "tox runs it and names it nowhere",
    repo: { ...tests, "tox.ini": "[testenv]\ndeps =\n    coverage\ncommands = pytest\n" },
    expect: "fail",
  },
  {
    name: "tox.toml",
    repo: { ...tests, "tox.toml": '[env_run_base]\ndeps = ["pytest"]\ncommands = [["pytest"]]\n' },
    expect: "pass",
  },
  {
    name: "a session of nox installs it",
    repo: { ...tests, "noxfile.py": '@nox.session\ndef tests(session):\n    session.install("pytest")\n' },
    expect: "pass",
    evidence: ["noxfile.py:3"],
  },
  {
    name: "a session of nox runs it and does not install it",
    repo: { ...tests, "noxfile.py": '@nox.session\ndef tests(session):\n    session.run("pytest", "-q")\n' },
    expect: "fail",
  },
  {
    name: "CI installs it",
    repo: {
      ...tests,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - run: |\n          pip install -r requirements.txt\n          pip install \\\n            coverage \\\n            pytest\n          pytest\n",
    },
    expect: "pass",
  },
  {
    name: "CI runs it for once",
    repo: {
      ...tests,
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: uv run --with pytest pytest -q\n",
    },
    expect: "pass",
  },
  {
    name: "CI runs it and never installs it",
    repo: {
      ...tests,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - run: pip install .\n      - run: uv run pytest\n",
    },
    expect: "fail",
  },
  {
    name: "an environment of conda that CI chooses",
    repo: {
      ...tests,
      "ci/envs/313-latest.yaml": "channels: [conda-forge]\ndependencies:\n  - python=3.13\n  - pytest\n",
    },
    expect: "pass",
    evidence: ["ci/envs/313-latest.yaml:4"],
  },
  {
    name: "hatch brings it",
    repo: { ...tests, "pyproject.toml": '[tool.hatch.envs.default]\ndependencies = ["pytest-cov"]\n' },
    expect: "pass",
  },
  ...["pants.toml", "MODULE.bazel", "WORKSPACE", ".buckconfig"].map((name) => ({
    name: `a build tool may bring it: ${name}`,
    repo: { ...tests, [name]: "[python]\n" },
    expect: "unknown" as const,
    says: name,
  })),
  {
    name: "an extra of the project's own extra",
    repo: {
      ...tests,
      "pyproject.toml":
        '[project]\nname = "shop"\n\n[project.optional-dependencies]\ntest = ["pytest"]\ndev = ["shop[test]"]\n',
    },
    expect: "pass",
    evidence: ["pyproject.toml:5"],
  },
  {
    name: "a constraint on it",
    repo: { ...tests, "constraints.txt": "django==6.0\npytest==9.0.1\n" },
    expect: "pass",
    evidence: ["constraints.txt:2"],
  },
  {
    name: "a package for development that the house shares",
    repo: {
      ...tests,
      "pyproject.toml": '[dependency-groups]\ndev = ["acme-dev"]\n\n[tool.pyready]\ndev-meta = "acme-dev"\n',
    },
    expect: "pass",
    evidence: ["pyproject.toml:2"],
  },
  {
    name: "such a package that nothing installs",
    repo: { ...tests, "pyproject.toml": '[tool.pyready]\ndev-meta = "acme-dev"\n' },
    expect: "fail",
  },
  {
    name: "a feature of pixi",
    repo: { ...tests, "pixi.toml": '[feature.test.dependencies]\npytest = "*"\n' },
    expect: "pass",
    evidence: ["pixi.toml:2"],
  },
  {
    name: "requirements with a byte order mark and Windows line ends",
    repo: { ...tests, "requirements-dev.txt": "\uFEFF# for tests\r\nruff\r\npytest\r\n" },
    expect: "pass",
    evidence: ["requirements-dev.txt:3"],
  },
  {
    name: "a table of Poetry with Windows line ends",
    repo: {
      ...tests,
      "pyproject.toml": '\uFEFF[tool.poetry.group.dev.dependencies]\r\nruff = "*"\r\npytest = "^9"\r\n',
    },
    expect: "pass",
    evidence: ["pyproject.toml:3"],
  },
  {
    name: "a list that cannot be read",
    repo: { ...tests, "requirements-dev.txt": { unreadable: "it is too large" } },
    expect: "unknown",
  },
  {
    name: "an import that is optional",
    repo: { ...code, "tests/test_api.py": "try:\n    import pytest\nexcept ImportError: ...\n\ndef test_x(): ...\n" },
    expect: "pass",
  },
  {
    name: "suites of Robot Framework",
    repo: { ...code, "tests/shop.robot": "*** Test Cases ***\nBuy\n    Log    x\n" },
    expect: "fail",
    evidence: ["tests/shop.robot:1"],
  },
  {
    name: "a list of a browser's driver",
    repo: {
      ...code,
      "tests/test_ui.py": "from selenium import webdriver\n\ndef test_x(): ...\n",
      "requirements-test.txt": "selenium\n",
    },
    expect: "pass",
  },
]);

const untold = { "shop/api.py": "x = 1\n", "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n" };

describeRepair(rule, [
  {
    name: "in the group for development",
    repo: {
      ...untold,
      "pyproject.toml": '[dependency-groups]\nlint = ["ruff"]\ndev = [\n  "ipython>=9",  # shell\n]\n',
    },
    after: {
      "pyproject.toml": '[dependency-groups]\nlint = ["ruff"]\ndev = [\n  "ipython>=9",  # shell\n  "pytest",\n]\n',
    },
  },
  {
    name: "in the requirements for tests",
    repo: { ...untold, "requirements.txt": "django\n", "requirements-test.txt": "# tests\nfactory-boy" },
    after: { "requirements-test.txt": "# tests\nfactory-boy\npytest" },
  },
  {
    name: "not among what a lock holds",
    repo: { ...untold, "uv.lock": "version = 1\n", "pyproject.toml": '[dependency-groups]\ndev = ["ruff"]\n' },
    refuses: "would have to be made anew",
  },
  { name: "no list of its own", repo: { ...untold, "requirements.txt": "django\n" }, refuses: "no list says" },
]);
