import { expect } from "@jest/globals";
import rule from "../../../rules/ci-cd/pipeline-configured.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const files = [
  ".circleci/config.yml",
  "Jenkinsfile",
  "Jenkinsfile.release",
  ".gitlab-ci.yml",
  "azure-pipelines.yml",
  ".azure-pipelines/ci.yml",
  ".zuul.yaml",
  "zuul.d/jobs.yaml",
  ".buildkite/pipeline.yml",
  "bitbucket-pipelines.yml",
  "appveyor.yml",
  "cloudbuild.yaml",
  ".drone.yml",
  ".woodpecker.yml",
  ".tekton/ci.yaml",
  ".semaphore/semaphore.yml",
  ".cirrus.yml",
  "buildspec.yml",
];

describeRule(rule, [
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "nothing", repo: code, expect: "fail", evidence: [""] },
  {
    name: "a workflow template is none",
    repo: { ...code, ".github/workflow-templates/ci.yml": "on: push\n" },
    expect: "fail",
  },
  ...files.map((path) => ({
    name: path,
    repo: { ...code, [path]: "x: 1\n" },
    expect: "pass" as const,
    evidence: [`${path}:1`],
  })),
  {
    name: "Prow's configuration at the root",
    repo: { ...code, "prow_config.yaml": "workflows:\n  - name: unit\n" },
    expect: "pass",
  },
  {
    name: "Travis beside GitHub Actions",
    repo: {
      ...code,
      ".travis.yml": "script: pytest\n",
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n",
    },
    expect: "pass",
  },
  {
    name: "Travis alone is a dead service",
    repo: { ...code, ".travis.yml": "script: pytest\n" },
    expect: "partial",
    value: 0.3,
    evidence: [".travis.yml:1"],
  },
  {
    name: "a Jenkinsfile that cannot be read",
    repo: { ...code, Jenkinsfile: { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "Jenkinsfile",
  },
  {
    name: "a workflow that is not YAML",
    repo: { ...code, ".github/workflows/ci.yml": "on: [\n" },
    expect: "unknown",
    says: "ci.yml",
  },
]);

const tested = {
  "shop/api.py": "import flask\n",
  "tests/test_api.py": "import pytest\n\ndef test_x():\n    assert 1\n",
};
const project = (more: string) =>
  `[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "shop"\nversion = "1.0"\n${more}`;
const TESTS = ".github/workflows/tests.yml";

describeRepair(rule, [
  {
    name: "runs the tests with the lock of uv",
    repo: {
      ...tested,
      "pyproject.toml": project('[dependency-groups]\ntest = ["pytest>=8"]\n'),
      "uv.lock": "version = 1\n",
    },
    after: {
      [TESTS]: expect.stringMatching(
        /pull_request:\n[\s\S]+contents: read\n[\s\S]+actions\/checkout@[0-9a-f]{40} # v\d[\s\S]+persist-credentials: false\n {6}- uses: astral-sh\/setup-uv@[0-9a-f]{40} # v\S+\n {6}- run: uv sync --locked --group test\n {6}- run: uv run --locked --group test pytest\n$/,
      ),
    },
  },
  ...[
    {
      by: "requirements files",
      files: { "requirements.txt": "flask\n", "requirements-dev.txt": "pytest\n" },
      run: 'python-version: "3.14"\n      - run: python -m pip install -r requirements.txt -r requirements-dev.txt\n      - run: python -m pytest\n',
    },
    {
      by: "a file that includes the other",
      files: {
        "requirements.txt": "flask\n",
        "requirements-dev.txt": "-r requirements.txt\npytest\n",
        ".python-version": "3.13\n",
      },
      run: "python-version-file: .python-version\n      - run: python -m pip install -r requirements-dev.txt\n",
    },
    {
      by: "an extra",
      files: {
        "pyproject.toml": project('requires-python = ">=3.12"\n[project.optional-dependencies]\ntest = ["pytest"]\n'),
      },
      run: '- run: python -m pip install -e ".[test]"\n      - run: python -m pytest\n',
    },
    {
      by: "a group of Poetry",
      files: {
        "pyproject.toml": '[tool.poetry]\nname = "shop"\n[tool.poetry.group.test.dependencies]\npytest = "^8"\n',
        "poetry.lock": "",
      },
      run: "- run: poetry install --with test\n      - run: poetry run pytest\n",
    },
  ].map(({ by, files, run }) => ({
    name: `installs pytest by ${by}`,
    repo: { ...tested, ...(files as Record<string, string>) },
    after: { [TESTS]: expect.stringContaining(run) },
  })),
  {
    name: "does not know what installs pytest",
    repo: { ...tested, "requirements.txt": "flask\n" },
    refuses: "is for people to say",
  },
  { name: "has no tests to run", repo: rule.examples.fails, refuses: "there are no tests to run" },
]);
