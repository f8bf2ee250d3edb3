import rule from "../../../rules/ci-cd/tests-run.ts";
import { describeRule } from "../../support/describe-rule.ts";
import { code } from "../../support/tested-in-ci.ts";

// What a workflow of GitHub runs in the end, as the rule about tests sees it.
describeRule(rule, [
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
    name: "a computed command of a job that never sees the code",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: issues\njobs:\n  label:\n    steps:\n      - run: ${{ inputs.test-command }}\n",
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
]);
