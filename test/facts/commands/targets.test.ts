import rule from "../../../rules/ci-cd/tests-run.ts";
import { describeRule } from "../../support/describe-rule.ts";
import { code, run } from "../../support/tested-in-ci.ts";

/** Where the tests are started: the place, the command of CI, the file. */
const places: readonly (readonly [place: string, command: string, text: string])[] = [
  ["Makefile:4", "make test", "# Shop\n.PHONY: test\ntest:\n\tpytest -q\n"],
  ["justfile:3", "just test", "# Shop\ntest:\n    pytest -q\n"],
  ["Taskfile.yml:5", "task test", "version: '3'\ntasks:\n  test:\n    cmds:\n      - pytest -q\n"],
  ["tox.ini:6", "tox", "[tox]\nenv_list = py\n[testenv]\ncommands =\n    python -m pip check\n    pytest -q\n"],
  ["tox.toml:3", "tox", "[env_run_base]\ncommands = [\n  ['pytest', '-q'],\n]\n"],
  ["pyproject.toml:3", "poe test", "[tool.poe.tasks]\nlint = 'ruff check'\ntest = 'pytest -q'\n"],
  ["noxfile.py:5", "nox", "import nox\n\n@nox.session\ndef tests(session):\n    session.run('pytest', '-q')\n"],
  [
    "package.json:4",
    "npm run test:py",
    '{\n  "scripts": {\n    "lint": "eslint",\n    "test:py": "pytest -q"\n  }\n}\n',
  ],
  ["ci/run.sh:3", "./ci/run.sh", "#!/bin/sh\nset -e\npytest -q\n"],
  ["ci/check_all.py:2", "python ci/check_all.py", "import subprocess\nsubprocess.run(['pytest', '-q'])\n"],
];
/** The same for the configuration of CI itself. */
const pipelines: readonly (readonly [place: string, text: string])[] = [
  [
    ".github/workflows/ci.yml:7",
    "on: push\njobs:\n  test:\n    steps:\n      - run: |\n          make\n          pytest -q\n",
  ],
  [
    ".github/workflows/ci.yml:5",
    "on: push\njobs:\n  a:\n    steps: &steps\n      - run: pytest -q\n  b:\n    steps: *steps\n",
  ],
  [".gitlab-ci.yml:5", "stages: [test]\ntest:\n  script:\n    - |\n      pytest -q\n"],
  [".gitlab-ci.yml:3", ".base: &base\n  script:\n    - pytest -q\ntest:\n  <<: *base\n"],
  [".circleci/config.yml:4", "jobs:\n  build:\n    steps:\n      - run: pytest -q\n"],
  ["Jenkinsfile:4", "node {\n  sh '''\n    make\n    pytest -q\n  '''\n}\n"],
  ["azure-pipelines.yml:3", "steps:\n  - script: make\n  - script: pytest -q\n"],
  [".travis.yml:3", "language: python\nscript:\n  - pytest -q\n"],
  [".buildkite/pipeline.yml:4", "steps:\n  - label: Tests\n    commands:\n      - pytest -q\n"],
  ["bitbucket-pipelines.yml:4", "pipelines:\n  default:\n    - step:\n        script: [pytest -q]\n"],
];
const forms: readonly (readonly [name: string, written: (text: string) => string])[] = [
  ["as it is", (text) => text],
  ["with Windows line ends", (text) => text.replaceAll("\n", "\r\n")],
  ["behind a byte order mark", (text) => `\uFEFF${text}`],
];

// A place is at the line of the command, whatever file it stands in and however that is written.
describeRule(
  rule,
  forms.flatMap(([form, written]) => [
    ...places.map(([place, command, text]) => ({
      name: `${place}, ${form}`,
      repo: run(command, { [place.replace(/:\d+$/, "")]: written(text) }),
      expect: "pass" as const,
      evidence: [place],
    })),
    ...pipelines.map(([place, text]) => ({
      name: `${place}, ${form}`,
      repo: {
        ...code,
        [place.replace(/:\d+$/, "")]: written(text),
      },
      expect: "pass" as const,
      evidence: [place],
    })),
  ]),
);
