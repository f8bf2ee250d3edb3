import rule from "../../../rules/ci-cd/tests-run.ts";
import { describeRule } from "../../support/describe-rule.ts";
import { code, passes, run } from "../../support/tested-in-ci.ts";

// What a command runs in the end, as the rule about tests sees it.
describeRule(rule, [
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
    name: "tox that only lints",
    repo: run("tox -e lint", { "tox.ini": "[testenv:lint]\ncommands = ruff check\n" }),
    expect: "fail",
  },
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
    name: "a report of coverage by ansible-test",
    repo: run("ansible-test coverage report"),
    expect: "fail",
  },
]);
