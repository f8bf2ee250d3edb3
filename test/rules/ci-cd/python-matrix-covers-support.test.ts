import rule from "../../../rules/ci-cd/python-matrix-covers-support.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const build = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n';

/** A published library that claims these versions. */
function library(requires: string, ...classifiers: readonly string[]): Record<string, string> {
  const list = ["Typing :: Typed", ...classifiers.map((minor) => `Programming Language :: Python :: ${minor}`)];
  return {
    "src/slug/__init__.py": "",
    "pyproject.toml": `${build}[project]\nname = "slug"\nrequires-python = "${requires}"\nclassifiers = ${JSON.stringify(list)}\n`,
  };
}

/** A workflow whose job tests on a matrix; its axis stands on line 6. */
function matrix(axis: string, version = "${{ matrix.python }}"): Record<string, string> {
  return {
    ".github/workflows/ci.yml": `on: pull_request\njobs:\n  test:\n    strategy:\n      matrix:\n        ${axis}\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: ${version}\n      - run: pytest\n`,
  };
}

/** A job that tests by one step, on line 5. */
function job(step: string): Record<string, string> {
  return { ".github/workflows/ci.yml": `on: pull_request\njobs:\n  test:\n    steps:\n      - ${step}\n` };
}

function app(image: string): Record<string, string> {
  return {
    "manage.py": "import django\n",
    "requirements.txt": "django\ngunicorn\n",
    Dockerfile: `FROM ${image}\nCMD ["gunicorn", "shop.wsgi"]\n`,
  };
}

describeRule(rule, [
  { name: "no CI", repo: library(">=3.11"), expect: "skip", says: "no CI" },
  {
    name: "a library that claims nothing",
    repo: {
      "src/slug/__init__.py": "",
      "setup.py": 'from setuptools import setup\nsetup(name="slug", classifiers=["Typing :: Typed"])\n',
      ...matrix('python: ["3.14"]'),
    },
    expect: "skip",
    says: "claims no version",
  },
  {
    name: "CI that names no version",
    repo: { ...library(">=3.11"), ...job("run: pytest") },
    expect: "skip",
    says: "no job that tests",
  },
  {
    name: "the lowest is missing",
    repo: { ...library(">=3.11", "3.11", "3.14"), ...matrix('python: ["3.12", "3.14"]') },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
    says: "The lowest version that it claims, 3.11, is not tested.",
  },
  {
    name: "the highest is missing",
    repo: { ...library(">=3.11", "3.11", "3.14"), ...matrix('python: ["3.11", "3.13"]') },
    expect: "fail",
    says: "The highest version that it claims, 3.14, is not tested.",
  },
  {
    name: "without classifiers the newest release that has settled",
    repo: { ...library(">=3.11"), ...matrix('python: ["3.11", "3.14"]') },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "a release of last month may wait",
    repo: { ...library(">=3.12"), ...matrix('python: ["3.12", "3.13"]') },
    date: "2025-11-22",
    expect: "pass",
  },
  {
    name: "a release of last year may not",
    repo: { ...library(">=3.12"), ...matrix('python: ["3.12", "3.13"]') },
    expect: "fail",
  },
  {
    name: "an upper bound ends the claim",
    repo: { ...library(">=3.12,<3.14"), ...matrix('python: ["3.12", "3.13"]') },
    expect: "pass",
  },
  {
    name: "3.10 without quotes",
    repo: { ...library(">=3.9", "3.9", "3.14"), ...matrix('python: ["3.9", 3.10, "3.14"]') },
    expect: "partial",
    value: 0.5,
    evidence: [".github/workflows/ci.yml:6"],
    says: "Without quotes `3.10` is the number 3.1.",
  },
  {
    name: "3.10 without quotes where it is the lowest claimed",
    repo: { ...library(">=3.10", "3.10", "3.14"), ...matrix('python: [3.10, "3.14"]') },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "include alone",
    repo: { ...library(">=3.11", "3.11", "3.14"), ...matrix('include: [{ python: "3.11" }, { python: "3.14" }]') },
    expect: "pass",
  },
  {
    name: "what exclude takes out is not tested",
    repo: {
      ...library(">=3.11", "3.11", "3.14"),
      ".github/workflows/ci.yml":
        'on: pull_request\njobs:\n  test:\n    strategy:\n      matrix:\n        python: ["3.11", "3.14"]\n        exclude:\n          - python: "3.14"\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: ${{ matrix.python }}\n      - run: pytest\n',
    },
    expect: "fail",
    says: "3.14",
  },
  {
    name: "a matrix that another job computes",
    repo: { ...library(">=3.11"), ...matrix("python: ${{ fromJSON(needs.plan.outputs.pythons) }}") },
    expect: "unknown",
    says: "ci.yml:5 computes the versions",
  },
  {
    name: "a version that another job computes",
    repo: { ...library(">=3.11"), ...matrix("os: [ubuntu-latest]", "${{ needs.plan.outputs.python }}") },
    expect: "unknown",
  },
  {
    name: "an axis of something else that is computed",
    repo: { ...library(">=3.14"), ...matrix("locale: ${{ fromJSON(needs.plan.outputs.locales) }}", '"3.14"') },
    expect: "pass",
  },
  {
    name: "tox environments in the matrix",
    repo: {
      ...library(">=3.11", "3.11", "3.14"),
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    strategy:\n      matrix:\n        toxenv: [py311-django52, py314-django60]\n    steps:\n      - run: tox -e ${{ matrix.toxenv }}\n",
    },
    expect: "pass",
  },
  {
    name: "tox's own list",
    repo: {
      ...library(">=3.11", "3.11", "3.14"),
      ...job("run: tox"),
      "tox.ini": "[tox]\nenv_list = py{311,312,314}, lint\n",
    },
    expect: "pass",
    evidence: ["tox.ini:2"],
  },
  {
    name: "the sessions of nox",
    repo: {
      ...library(">=3.11", "3.11", "3.14"),
      ...job("run: nox"),
      "noxfile.py":
        'import nox\n\n@nox.session(python=["3.11", "3.14"])\ndef tests(session):\n    session.run("pytest")\n',
    },
    expect: "pass",
  },
  {
    name: "interpreters that uv installs",
    repo: { ...library(">=3.11", "3.11", "3.14"), ...job("run: uv python install 3.11 3.14 && uv run pytest") },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:5"],
  },
  {
    name: "wheels for every version",
    repo: { ...library(">=3.11", "3.11", "3.14"), ...job("uses: pypa/cibuildwheel@v3.2.1") },
    expect: "pass",
  },
  {
    name: "a file that names the version",
    repo: {
      ...app("python:3.14-slim"),
      ".python-version": "3.14\n",
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version-file: .python-version\n      - run: pytest\n",
    },
    expect: "pass",
    evidence: [".python-version:1"],
  },
  {
    name: "an application tested on one version and shipped on another",
    repo: { ...app("python:3.14-slim"), ...matrix("os: [ubuntu-latest]", '"3.13"') },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:10"],
    says: "It runs on Python 3.14 and is tested on 3.13.",
  },
  {
    name: "an application tested on the version of its image",
    repo: { ...app("python:3.14-slim"), ...matrix("os: [ubuntu-latest]", '"3.14"') },
    expect: "pass",
  },
  {
    name: "an image that does not say its version",
    repo: { ...app("python:slim"), ...matrix("os: [ubuntu-latest]", '"3.14"') },
    expect: "skip",
    says: "no file names the version that it runs on",
  },
  {
    name: "a composite action that sets the version up",
    repo: {
      ...app("python:3.14-slim"),
      ".github/actions/setup/action.yml":
        "inputs:\n  python:\n    default: '3.14'\nruns:\n  using: composite\n  steps:\n    - uses: actions/setup-python@v6\n      with:\n        python-version: ${{ inputs.python }}\n",
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    steps:\n      - uses: ./.github/actions/setup\n      - run: pytest\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:3"],
  },
  {
    name: "the image of a job",
    repo: {
      ...app("python:3.14-slim"),
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    container: python:3.14\n    steps:\n      - run: pytest\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:4"],
  },
  {
    name: "CircleCI's images",
    repo: {
      ...app("python:3.14-slim"),
      ".circleci/config.yml":
        "jobs:\n  test:\n    docker:\n      - image: cimg/python:3.14\n    steps:\n      - run: pytest\n",
    },
    expect: "pass",
    evidence: [".circleci/config.yml:4"],
  },
  {
    name: "a workflow that only translates tests nothing",
    repo: {
      ...app("python:3.14-slim"),
      ".github/workflows/translate.yml":
        'on: push\njobs:\n  translate:\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: "3.11"\n      - run: django-admin makemessages\n',
    },
    expect: "skip",
  },
  {
    name: "tests in the image of a job, whose Python only the image knows",
    repo: {
      ...library(">=3.11"),
      ".github/workflows/build.yml":
        'on: pull_request\njobs:\n  packages:\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: "3.10"\n      - run: pytest build\n',
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    container: debian:trixie\n    steps:\n      - run: python3 -m pytest\n",
    },
    expect: "unknown",
    says: ".github/workflows/ci.yml:3",
  },
  {
    name: "tests that a script of the repository starts in a container",
    repo: {
      ...library(">=3.11"),
      "bin/dev-shell": '#!/bin/sh\ndocker run --rm shop "$@"\n',
      ".github/workflows/ci.yml":
        'on: pull_request\njobs:\n  packages:\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: "3.10"\n      - run: pytest build\n  test:\n    steps:\n      - run: bin/dev-shell pytest\n',
    },
    expect: "unknown",
    says: ".github/workflows/ci.yml:9",
  },
  {
    name: "a linter in an image is no test",
    repo: {
      ...library(">=3.11"),
      ".github/workflows/ci.yml":
        'on: pull_request\njobs:\n  lint:\n    container: debian:trixie\n    steps:\n      - run: ruff check\n  test:\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: "3.12"\n      - run: pytest\n',
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:11", ".github/workflows/ci.yml:11"],
  },
  {
    name: "a version that an earlier job set up and hands on",
    repo: {
      ...app("python:3.14-slim"),
      ".github/workflows/ci.yml":
        'on: pull_request\nenv:\n  PYTHON: "3.14.1"\njobs:\n  prepare:\n    outputs:\n      version: ${{ steps.python.outputs.python-version }}\n    steps:\n      - id: python\n        uses: actions/setup-python@v6\n        with:\n          python-version: ${{ env.PYTHON }}\n  test:\n    needs: prepare\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: ${{ needs.prepare.outputs.version }}\n      - run: pytest\n',
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:3"],
  },
]);

const pythons = (python: string): Record<string, string> => ({
  ...library(">=3.10", "3.10", "3.14"),
  ...onlyWorkflow(python),
});
const onlyWorkflow = (python: string): Record<string, string> => matrix(`${python}\n        os: [a]`);

describeRepair(rule, [
  {
    name: "adds the ends of the range to a list",
    repo: pythons("python: ['3.12', '3.13'] # newest last"),
    after: onlyWorkflow("python: ['3.10', '3.12', '3.13', '3.14'] # newest last"),
  },
  {
    name: "adds the ends of the range line by line",
    repo: pythons('python:\n          - "3.12" # old\n          - "3.13"'),
    after: onlyWorkflow(
      'python:\n          - "3.10"\n          - "3.12" # old\n          - "3.13"\n          - "3.14"',
    ),
  },
  {
    name: "quotes what is a number",
    repo: pythons("python: [3.10, 3.11, 3.14]"),
    after: onlyWorkflow('python: ["3.10", 3.11, 3.14]'),
  },
  { name: "makes no list", repo: rule.examples.fails, refuses: "stand in no list" },
]);
