import rule from "../../../rules/ci-cd/tests-run.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "", "tests/test_api.py": "def test_x(): ...\n" };
const run = (command: string, more: Record<string, string> = {}) => ({
  ...code,
  ".github/workflows/ci.yml": `on: pull_request\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v5\n      - run: ${command}\n`,
  ...more,
});
const passes = (command: string, more: Record<string, string> = {}) => ({
  name: command,
  repo: run(command, more),
  expect: "pass" as const,
});

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
  passes("python tests/runtests.py", { "tests/runtests.py": "" }),
  passes("make test", { Makefile: "PYTEST = uv run pytest\n\ntest: lint\n\t@$(PYTEST) -q\nlint:\n\truff check\n" }),
  passes("make check", { Makefile: "check: unit\n\nunit:\n\tpytest\n" }),
  passes("just test", { justfile: "test *args:\n    uv run pytest {{args}}\n" }),
  passes("tox", {
    "tox.ini":
      "[tox]\nenvlist = py{312,313}, lint\n[testenv]\ncommands = pytest {posargs}\n[testenv:lint]\ncommands = ruff check\n",
  }),
  passes("tox run -e py313", { "tox.ini": "[testenv]\ncommands =\n    py313: pytest\n" }),
  passes("nox -s tests-3.13", {
    "noxfile.py":
      'import nox\n\n@nox.session(python=["3.13"])\ndef tests(session):\n    session.install(".")\n    session.run("pytest", "-q")\n',
  }),
  passes("task test", { "Taskfile.yml": "version: '3'\ntasks:\n  test:\n    cmds:\n      - pytest\n" }),
  passes("npm run test:py", { "package.json": '{"scripts": {"test:py": "pytest"}}' }),
  passes("hatch run cov", { "pyproject.toml": '[tool.hatch.envs.default.scripts]\ncov = "pytest --cov"\n' }),
  passes("poe test", { "pyproject.toml": '[tool.poe.tasks]\ntest = "pytest"\n' }),
  passes("./scripts/test", { "scripts/test": '#!/bin/sh\nset -e\nexec pytest "$@"\n' }),
  passes("bash ci/run.sh", { "ci/run.sh": "cd backend\npytest\n" }),
  {
    name: "a target that does not run tests",
    repo: run("make test", { Makefile: "test:\n\techo none\n" }),
    expect: "fail",
  },
  {
    name: "tox that only lints",
    repo: run("tox -e lint", { "tox.ini": "[testenv:lint]\ncommands = ruff check\n" }),
    expect: "fail",
  },
  {
    name: "a command of the matrix",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    strategy:\n      matrix:\n        command: [ruff check, pytest]\n    steps:\n      - run: ${{ matrix.command }}\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:8"],
  },
  {
    name: "a local composite action",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - uses: ./.github/actions/test\n",
      ".github/actions/test/action.yml": "runs:\n  using: composite\n  steps:\n    - run: pytest\n      shell: bash\n",
    },
    expect: "pass",
    evidence: [".github/actions/test/action.yml:4"],
  },
  {
    name: "a local reusable workflow",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    uses: ./.github/workflows/_test.yml\n",
      ".github/workflows/_test.yml": "on: workflow_call\njobs:\n  unit:\n    steps:\n      - run: pytest\n",
    },
    expect: "pass",
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
  {
    name: "only by hand",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: workflow_dispatch\njobs:\n  test:\n    steps:\n      - run: pytest\n",
    },
    expect: "fail",
  },
  {
    name: "CircleCI",
    repo: {
      ...code,
      ".circleci/config.yml":
        "version: 2.1\ncommands:\n  unit:\n    steps:\n      - run: pytest\njobs:\n  build:\n    steps:\n      - checkout\n      - unit\n",
    },
    expect: "pass",
    evidence: [".circleci/config.yml:5"],
  },
  {
    name: "GitLab",
    repo: { ...code, ".gitlab-ci.yml": ".base:\n  script: [pytest]\ntest:\n  extends: .base\n" },
    expect: "pass",
  },
  {
    name: "Jenkins",
    repo: {
      ...code,
      Jenkinsfile:
        "pipeline {\n  stages {\n    stage('Test') {\n      steps {\n        // sh 'nothing'\n        sh '''\n          . venv/bin/activate\n          pytest\n        '''\n      }\n    }\n  }\n}\n",
    },
    expect: "pass",
    evidence: ["Jenkinsfile:8"],
  },
  { name: "Azure Pipelines", repo: { ...code, "azure-pipelines.yml": "steps:\n  - script: pytest\n" }, expect: "pass" },
  { name: "Travis", repo: { ...code, ".travis.yml": "script: python setup.py test\n" }, expect: "pass" },
  {
    name: "Zuul's tox jobs of another project",
    repo: { ...code, ".zuul.yaml": "- project:\n    templates:\n      - openstack-python3-jobs\n" },
    expect: "unknown",
    says: "another project",
  },
]);
