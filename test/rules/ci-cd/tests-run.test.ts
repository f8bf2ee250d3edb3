import { expect } from "@jest/globals";
import rule from "../../../rules/ci-cd/tests-run.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";
import { code, passes, run } from "../../support/tested-in-ci.ts";

describeRule(rule, [
  { name: "no CI", repo: code, expect: "skip" },
  {
    name: "no tests",
    repo: { "shop/api.py": "", ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: echo\n" },
    expect: "skip",
  },
  { name: "a build alone", repo: run("python -m build"), expect: "fail", evidence: [".github/workflows/ci.yml:3"] },
  ...[
    "pytest -q",
    "python -m pytest",
    "python3 -W error -m unittest discover",
    "uv run --group test pytest",
    "poetry run pytest",
    "pdm run pytest",
    "hatch test",
    "python manage.py test",
    "coverage run -m pytest",
    "coverage run --source=shop manage.py test",
    "robot tests/",
    "stestr run",
    "ansible-test units",
    "bazel test //...",
    "env DEBUG=1 sudo -E pytest",
    "xvfb-run -a pytest",
    "docker compose run --rm web pytest -x",
    "docker run image sh -c 'pip install . && pytest'",
  ].map((command) => passes(command)),
  {
    name: "a target that does not run tests",
    repo: run("make test", { Makefile: "test:\n\techo none\n" }),
    expect: "fail",
  },
  {
    name: "a reusable workflow of another repository",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    uses: acme/ci/.github/workflows/test.yml@v1\n",
    },
    expect: "unknown",
    says: "acme/ci",
  },
  {
    name: "a script that cannot be read",
    repo: { ...run("./scripts/test"), "scripts/test": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "scripts/test",
  },
  {
    name: "a target called test, whose Makefile cannot be read",
    repo: { ...run("make test"), Makefile: { unreadable: "its text is not in the snapshot" } },
    expect: "pass",
  },
  {
    name: "a Makefile that cannot be read",
    repo: { ...run("make verify"), Makefile: { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
  },
  { name: "an image's own entry point", repo: run("docker compose run web check-all"), expect: "unknown" },
  { name: "a command that is computed", repo: run("${{ inputs.command }}"), expect: "unknown", says: "is computed" },
  ...["zope-testrunner", "nose2 -v", "./pants test tests:all", "pixi run pytest"].map((command) => passes(command)),
  {
    name: "only by hand",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: workflow_dispatch\njobs:\n  test:\n    steps:\n      - run: pytest\n",
    },
    expect: "fail",
  },
  passes("python test_shop.py", { "test_shop.py": "import unittest\n" }),
  passes("make unit", { Makefile: "unit:\n\tpython -m unittest\n" }),
  {
    name: "a target that the Makefile takes from another file",
    repo: run("make verify", { Makefile: "include common.mk\nbuild:\n\ttrue\n" }),
    expect: "unknown",
    says: "Makefile has no verify",
  },
  {
    name: "what runs is said without what is only put in when it runs",
    repo: run("tox", { "tox.ini": "[testenv]\ncommands = pytest {posargs:tests} -q\n" }),
    expect: "pass",
    says: "pytest runs the tests.",
  },
  {
    name: "a program that starts unittest itself",
    repo: run("python ci/check_all.py", { "ci/check_all.py": "import unittest\nunittest.main()\n" }),
    expect: "pass",
    evidence: ["ci/check_all.py:2"],
    says: "unittest runs the tests.",
  },
]);

describeRepair(rule, [
  {
    name: "adds a workflow for the tests",
    repo: { ...rule.examples.fails, "requirements.txt": "pytest\n" },
    after: { ".github/workflows/tests.yml": expect.stringContaining("- run: python -m pytest\n") },
  },
  {
    name: "writes for no other system",
    repo: {
      ".gitlab-ci.yml": "build:\n  script: python -m build\n",
      "requirements.txt": "pytest\n",
      "tests/test_api.py": "def test_x(): ...\n",
    },
    refuses: "only workflows of GitHub",
  },
]);
