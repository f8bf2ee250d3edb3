import rule from "../../../rules/testing/tests-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "total = price * count  # of the order\n".repeat(80) };
const packages = {
  "libs/a/setup.py": "",
  "libs/a/a.py": code["shop/api.py"],
  "libs/b/setup.py": "",
  "libs/b/b.py": code["shop/api.py"],
};
const test = "import pytest\n\n\ndef test_total():\n    assert True\n";

describeRule(rule, [
  { name: "no test at all", repo: code, expect: "fail", evidence: [""] },
  { name: "a handful of lines", repo: { "run.py": "print(1)\n" }, expect: "skip" },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  {
    name: "the stub that startapp leaves",
    repo: { ...code, "shop/tests.py": "from django.test import TestCase\n\n# Create your tests here.\n" },
    expect: "fail",
    evidence: ["shop/tests.py:1"],
  },
  {
    name: "beside the module",
    repo: { ...code, "shop/api_test.py": test },
    expect: "pass",
    evidence: ["shop/api_test.py:4"],
  },
  { name: "inside the package", repo: { ...code, "src/shop/tests/test_api.py": test }, expect: "pass" },
  {
    name: "unittest",
    repo: { ...code, "tests/test_api.py": "import unittest\nclass Api(unittest.TestCase):\n    pass\n" },
    expect: "pass",
    evidence: ["tests/test_api.py:2"],
  },
  {
    name: "Django's TestCase in tests.py",
    repo: { ...code, "shop/tests.py": "class ApiTests(TestCase):\n    def test_x(self): ...\n" },
    expect: "pass",
  },
  {
    name: "asynchronous tests",
    repo: { ...code, "tests/test_api.py": "async def test_x():\n    ...\n" },
    expect: "pass",
  },
  {
    name: "Robot Framework",
    repo: { ...code, "acceptance/orders.robot": "*** Settings ***\n*** Test Cases ***\nOrder\n    Log  x\n" },
    expect: "pass",
    evidence: ["acceptance/orders.robot:2"],
  },
  {
    name: "pytest's own pattern for files",
    repo: { ...code, "pytest.ini": "[pytest]\npython_files = check_*.py\n", "checks/check_api.py": test },
    expect: "pass",
    evidence: ["checks/check_api.py:4"],
  },
  {
    name: "pytest's own pattern for files, as a text of several",
    repo: {
      ...code,
      "pyproject.toml": '[tool.pytest.ini_options]\npython_files = "test_*.py *_tests.py"\n',
      "shop/api_tests.py": test,
    },
    expect: "pass",
  },
  {
    name: "a pattern for files that are not read",
    repo: { ...code, "pytest.ini": "[pytest]\npython_files = verify*.py\n", "checks/verify_api.py": test },
    expect: "unknown",
  },
  {
    name: "names that pytest is not told to collect",
    repo: { ...code, "checks/check_api.py": test },
    expect: "fail",
    evidence: [""],
  },
  {
    name: "a pattern that takes every file for a test",
    repo: { ...code, "pytest.ini": "[pytest]\npython_files = *.py\n" },
    expect: "fail",
    evidence: [""],
  },
  { name: "a test of a query for a scanner", repo: { ...code, ".github/codeql/tests/test.py": test }, expect: "fail" },
  { name: "tests of an example", repo: { ...code, "examples/demo/test_demo.py": test }, expect: "fail" },
  { name: "tests of a vendored package", repo: { ...code, "vendor/x/test_x.py": test }, expect: "fail" },
  { name: "a template's skeleton", repo: { ...code, "{{cookiecutter.name}}/tests/test_x.py": test }, expect: "fail" },
  { name: "test data", repo: { ...code, "tests/fixtures/test_sample.py": test }, expect: "fail" },
  {
    name: "a script that tests a connection without assertions",
    repo: { ...code, "scripts/test_connection.py": "import socket\nsocket.create_connection(('db', 5432))\n" },
    expect: "fail",
    evidence: ["scripts/test_connection.py:1"],
  },
  {
    name: "a model whose name ends in Test",
    repo: { ...code, "shop/models/load_test.py": "class LoadTest(Model):\n    pass\n" },
    expect: "fail",
  },
  {
    name: "the tests of another package are that one's",
    repo: { ...packages, "libs/b/tests/test_b.py": test },
    expect: "fail",
    says: "in libs/a",
  },
  {
    name: "tests of another package that import this one",
    repo: { ...packages, "libs/b/tests/test_b.py": `from a import total\n\n\n${test}` },
    expect: "unknown",
    says: "may cover it",
  },
  {
    name: "a suite at the root may serve several packages",
    repo: { ...packages, "tests/test_all.py": test },
    expect: "unknown",
    says: "libs/a has no tests of its own",
  },
  {
    name: "every package has tests, the larger ones elsewhere",
    repo: {
      ...packages,
      "libs/a/tests/test_a.py": test,
      ...Object.fromEntries(
        [...Array(12).keys()].map((index) => [`libs/b/tests/test_b${index}.py`, `${test}${"# more\n".repeat(50)}`]),
      ),
    },
    expect: "pass",
  },
  {
    name: "the largest files named like tests are data for a type checker",
    repo: {
      ...code,
      "tests/test_api.py": test,
      ...Object.fromEntries(
        [...Array(8).keys()].map((index) => [`tests/plugin/data/test_case${index}.py`, "x: int = 1\n".repeat(50)]),
      ),
    },
    expect: "pass",
  },
  {
    name: "a script of tests with assertions",
    repo: { ...code, "tools/test_release.py": "def test_version():\n    assert True\n" },
    expect: "pass",
  },
  {
    name: "a function of a script that only prints",
    repo: { ...code, "scripts/test_mail.py": "def test_mail():\n    print('sent')\n" },
    expect: "fail",
  },
  {
    name: "helpers under testing/",
    repo: { ...code, "shop/testing/factories.py": "def order(): ...\n" },
    expect: "fail",
  },
  {
    name: "tests in tests/ at the root of a sub-project without a manifest",
    repo: { ...code, "backend/tests/test_api.py": test },
    expect: "pass",
  },
  {
    name: "tests in the package, with a byte order mark and Windows line ends",
    repo: { ...code, "shop/tests/test_api.py": `\uFEFF${test.replaceAll("\n", "\r\n")}` },
    expect: "pass",
    evidence: ["shop/tests/test_api.py:4"],
  },
  {
    name: "unittest's layout, run by discovery",
    repo: {
      ...code,
      "test/testapi.py": "import unittest\n\nclass Api(unittest.TestCase):\n    def test_x(self): ...\n",
    },
    expect: "pass",
    evidence: ["test/testapi.py:3"],
  },
  {
    name: "stestr's layout",
    repo: { ...code, "shop/tests/unit/test_api.py": test, ".stestr.conf": "" },
    expect: "pass",
  },
  {
    name: "ansible-test's targets",
    repo: { ...code, "tests/integration/targets/ping/tasks/main.yml": "- name: Ping\n  ping:\n" },
    expect: "pass",
  },
  {
    name: "examples in docstrings that pytest collects",
    repo: { ...code, "pytest.ini": "[pytest]\naddopts = --doctest-modules\n" },
    expect: "unknown",
    says: "pytest.ini:2",
  },
  {
    name: "tests that cannot be read",
    repo: { ...code, "tests/test_api.py": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "tests/test_api.py",
  },
]);
