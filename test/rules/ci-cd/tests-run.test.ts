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
  passes("./bin/dev-shell ./bin/run-tests -q", {
    "bin/dev-shell": '#!/bin/sh\nrun() {\n  docker run --rm "$1" "${@:2}"\n}\nrun shop "$@"\n',
    "bin/run-tests": '#!/bin/sh\npytest "$@"\n',
  }),
  passes("make check", {
    Makefile: "TOP := $(shell git rev-parse --show-toplevel)\ncheck:\n\t$(MAKE) unit\nunit:\n\t@$(TOP)/bin/run-tests\n",
    "bin/run-tests": "pytest\n",
  }),
  passes("AWX_CMD='tox -e py' make in-docker", {
    Makefile: "AWX_CMD ?= bash\nin-docker:\n\tdocker run --rm image $(AWX_CMD)\n",
    "tox.ini": "[testenv]\ncommands = pytest\n",
  }),
  passes("python ci/check_all.py", {
    "ci/check_all.py": 'import subprocess, sys\nsubprocess.check_call([sys.executable, "-m", "pytest", "-q"])\n',
  }),
  passes("python -m tests.unit", { "tests/unit.py": "" }),
  passes("$VENV/bin/pytest -q"),
  passes("hatch run +py=3.13 suite:all", {
    "pyproject.toml":
      '[tool.hatch.envs.base.scripts]\nall = ["echo", "pytest {args}"]\n[tool.hatch.envs.suite]\ntemplate = "base"\n',
  }),
  passes("TOXENV=unit tox", {
    "tox.ini":
      "[tox]\nenvlist = lint\n[testenv:lint]\ncommands = ruff check\n[testenv:unit]\ncommands = {envbindir}/pytest\n",
  }),
  passes("docker compose -f ci.yml run --rm -e X=1 web sh -ec 'pytest -q'"),
  passes("docker compose -p shop run --name tests server tests --junitxml=junit.xml"),
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
    name: "an image that is called after tests, in the end",
    repo: run("docker run --rm shop-tests"),
    expect: "unknown",
    says: "docker run",
  },
  {
    name: "a service whose outcome is the job's",
    repo: run("docker compose up --exit-code-from tests"),
    expect: "unknown",
  },
  {
    name: "a container that is asked for its version",
    repo: run("docker run --rm shop:test --version"),
    expect: "fail",
  },
  { name: "a service in the background", repo: run("docker run -d --name db-test postgres"), expect: "fail" },
  { name: "a configuration that is only looked at", repo: run("docker compose -f ci.yml config"), expect: "fail" },
  {
    name: "a secret in a header and the output of a command in a variable",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        'on: push\njobs:\n  notify:\n    steps:\n      - uses: actions/checkout@v5\n      - run: |\n          today=$(date +%Y)\n          curl -H "Authorization: ${{ secrets.TOKEN }}" https://ci.example.com/test\n          "$RUNNER_TEMP/venv/bin/shop" check\n',
    },
    expect: "fail",
  },
  {
    name: "a computed command of a job that never sees the code",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: issues\njobs:\n  label:\n    steps:\n      - run: ${{ inputs.test-command }}\n",
    },
    expect: "fail",
  },
  { name: "a command that is computed", repo: run("${{ inputs.command }}"), expect: "unknown", says: "is computed" },
  {
    name: "an environment of tox that is computed",
    repo: run('tox -e "py-${{ steps.python.outputs.name }}"', { "tox.ini": "[testenv]\ncommands = pytest\n" }),
    expect: "unknown",
    says: "tox.ini",
  },
  {
    name: "a script of tests that the job writes itself",
    repo: run("echo 'x = 1' > test.py && python test.py"),
    expect: "fail",
  },
  {
    name: "a Python program that checks something else",
    repo: run("python ci/check_sdist.py", { "ci/check_sdist.py": "import tarfile\nprint('ok')\n" }),
    expect: "fail",
  },
  {
    name: "the tests of a text that a here-document writes",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v5\n      - run: |\n          cat <<EOF > help.txt\n          pytest -q\n          EOF\n          pytest --version\n",
    },
    expect: "fail",
  },
  {
    name: "a reusable workflow that is told what tox runs",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  lint:\n    uses: ./.github/workflows/_tox.yml\n    with:\n      env: lint\n  unit:\n    uses: ./.github/workflows/_tox.yml\n    with:\n      env: unit\n",
      ".github/workflows/_tox.yml":
        "on:\n  workflow_call:\n    inputs:\n      env:\n        type: string\njobs:\n  run:\n    steps:\n      - uses: actions/checkout@v5\n      - run: uv run tox -e ${{ inputs.env }}\n",
      "tox.ini": "[testenv:lint]\ncommands = ruff check\n[testenv:unit]\ncommands =\n    pytest\n",
    },
    expect: "pass",
    evidence: ["tox.ini:5"],
  },
  {
    name: "a composite action that is told what to run",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - uses: ./.github/actions/run\n        with:\n          command: pytest -q\n",
      ".github/actions/run/action.yml":
        "inputs:\n  command: {}\nruns:\n  using: composite\n  steps:\n    - run: ${{ inputs.command }}\n      shell: bash\n",
    },
    expect: "pass",
    evidence: [".github/actions/run/action.yml:6"],
  },
  {
    name: "an environment of the matrix",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    strategy:\n      matrix:\n        include:\n          - env: { TOXENV: lint }\n          - env: { TOXENV: unit }\n    steps:\n      - run: tox\n        env: ${{ matrix.env }}\n",
      "tox.ini": "[testenv:lint]\ncommands = ruff check\n[testenv:unit]\ncommands = pytest\n",
    },
    expect: "pass",
  },
  {
    name: "an action that tries a command again",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - uses: nick-fields/retry@v3\n        with:\n          command: pytest -q\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:7"],
  },
  {
    name: "a step whose shell is Python",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v5\n      - shell: python\n        run: |\n          pytest = 1\n          print(pytest)\n",
    },
    expect: "fail",
  },
  {
    name: "a label workflow of another repository",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  label:\n    uses: acme/actions/.github/workflows/label-community.yml@v1\n",
    },
    expect: "fail",
  },
  {
    name: "self-repository references",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    uses: $/.github/workflows/_test.yml\n",
      ".github/workflows/_test.yml": "on: workflow_call\njobs:\n  unit:\n    steps:\n      - run: nosetests\n",
    },
    expect: "pass",
  },
  ...["zope-testrunner", "nose2 -v", "./pants test tests:all", "pixi run pytest"].map((command) => passes(command)),
  {
    name: "a report of coverage by ansible-test",
    repo: run("ansible-test coverage report"),
    expect: "fail",
  },
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
    name: "CircleCI with parameters of a command",
    repo: {
      ...code,
      ".circleci/config.yml":
        "version: 2.1\ncommands:\n  run-in:\n    parameters:\n      what: { type: string }\n    steps:\n      - run: << parameters.what >>\njobs:\n  build:\n    steps:\n      - checkout\n      - run-in:\n          what: pytest\nworkflows:\n  all:\n    jobs: [build]\n",
    },
    expect: "pass",
    evidence: [".circleci/config.yml:7"],
  },
  {
    name: "CircleCI's job that no workflow names",
    repo: {
      ...code,
      ".circleci/config.yml":
        "jobs:\n  old:\n    steps:\n      - run: pytest\n  build:\n    steps:\n      - run: make\nworkflows:\n  all:\n    jobs: [build]\n",
    },
    expect: "fail",
  },
  {
    name: "CircleCI's job of an orb",
    repo: {
      ...code,
      ".circleci/config.yml":
        "orbs:\n  python: circleci/python@3\nworkflows:\n  all:\n    jobs:\n      - python/test\n",
    },
    expect: "unknown",
    says: "python/test",
  },
  {
    name: "GitLab with an included file",
    repo: { ...code, ".gitlab-ci.yml": "include:\n  - project: acme/ci\n    file: python.yml\n" },
    expect: "unknown",
    says: "acme/ci",
  },
  {
    name: "GitLab with parents of parents, and a setting for all",
    repo: {
      ...code,
      ".gitlab-ci.yml":
        "default:\n  before_script: [pip install .]\n.root:\n  script:\n    - pytest\n.base:\n  extends: .root\ntest:\n  extends: [.base]\n",
    },
    expect: "pass",
    evidence: [".gitlab-ci.yml:5"],
  },
  {
    name: "Jenkins with steps of a shared library alone",
    repo: { ...code, Jenkinsfile: "@Library('acme') _\npythonPipeline(name: 'shop')\n" },
    expect: "unknown",
    says: "shared library",
  },
  {
    name: "Jenkins in a container, with options",
    repo: {
      ...code,
      Jenkinsfile:
        "node {\n  /* sh 'x' */\n  docker.image('python').inside {\n    sh(label: 'Tests', script: 'tox -e py')\n  }\n}\n",
      "tox.ini": "[testenv]\ncommands = pytest\n",
    },
    expect: "pass",
  },
  {
    name: "Buildkite",
    repo: {
      ...code,
      ".buildkite/pipeline.yml": "steps:\n  - label: Tests\n    commands:\n      - make test\n",
      Makefile: "test:\n\tpytest\n",
    },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  {
    name: "Travis with a row of the environment",
    repo: {
      ...code,
      ".travis.yml": "env:\n  - TOXENV=lint\n  - TOXENV=unit\nscript: tox\n",
      "tox.ini": "[testenv:lint]\ncommands = ruff check\n[testenv:unit]\ncommands = pytest\n",
    },
    expect: "pass",
  },
  {
    name: "Prow's jobs are defined elsewhere",
    repo: { ...code, "prow_config.yaml": "workflows:\n  - name: unit\n" },
    expect: "unknown",
  },
  {
    name: "Zuul's own job made from one of tox",
    repo: {
      ...code,
      ".zuul.yaml": "- job:\n    name: shop-tox-unit\n    parent: tox\n    vars:\n      tox_envlist: unit\n",
      "tox.ini": "[testenv:unit]\ncommands = stestr run\n",
    },
    expect: "pass",
  },
  {
    name: "Zuul's job that runs tox in another project",
    repo: {
      ...code,
      ".zuul.yaml": "- job:\n    name: shop-live\n    parent: tempest-full\n    vars:\n      tox_envlist: all\n",
      "tox.ini": "[testenv]\ncommands = stestr run\n",
    },
    expect: "unknown",
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
