import rule from "../../../rules/ci-cd/static-checks-run.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const run = (...commands: string[]) => ({
  ...code,
  ".github/workflows/ci.yml": `on: pull_request\njobs:\n  lint:\n    steps:\n      - uses: actions/checkout@v5\n${commands.map((command) => `      - run: ${command}\n`).join("")}`,
});
const hooks = (head: string, ...ids: string[]) => ({
  ".pre-commit-config.yaml": `${head}repos:\n  - repo: https://github.com/example/hooks\n    hooks:\n${ids.map((id) => `      - id: ${id}\n`).join("")}`,
});

describeRule(rule, [
  { name: "no CI", repo: code, expect: "skip" },
  { name: "tests alone", repo: run("pytest"), expect: "fail", evidence: [".github/workflows/ci.yml:1"] },
  {
    name: "a linter alone",
    repo: run("pip install ruff", "ruff check ."),
    expect: "partial",
    value: 0.6,
    evidence: [".github/workflows/ci.yml:7", ""],
  },
  { name: "a type checker alone", repo: run("uvx pyright"), expect: "partial", value: 0.4 },
  {
    name: "tox environments",
    repo: {
      ...run("tox -e lint,types"),
      "tox.ini": "[testenv:lint]\ncommands = flake8\n[testenv:types]\ncommands = mypy shop\n",
    },
    expect: "pass",
  },
  {
    name: "pre-commit in CI with both as hooks",
    repo: { ...run("pre-commit run --all-files"), ...hooks("", "ruff-check", "mypy") },
    expect: "pass",
  },
  {
    name: "pre-commit's action",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: push\njobs:\n  lint:\n    steps:\n      - uses: pre-commit/action@v3\n",
      ...hooks("", "black"),
    },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "pre-commit.ci runs the hooks",
    repo: { ...code, ...hooks("ci:\n  autofix_prs: true\n", "ruff", "mypy") },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:6", ".pre-commit-config.yaml:7"],
  },
  {
    name: "hooks that pre-commit.ci skips",
    repo: { ...run("pytest"), ...hooks("ci:\n  skip: [mypy]\n", "ruff", "mypy") },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "hooks that pre-commit.ci may run without a word of it",
    repo: { ...run("pytest"), ...hooks("", "ruff", "mypy") },
    expect: "unknown",
    says: "pre-commit.ci",
  },
  {
    name: "hooks that nothing runs, in a private repository",
    repo: { ...run("pytest"), ...hooks("", "ruff", "mypy") },
    repository: { visibility: "private" },
    expect: "fail",
  },
  {
    name: "hooks of a folder, which pre-commit does not find",
    repo: { ...run("pytest"), "examples/.pre-commit-config.yaml": hooks("", "ruff")[".pre-commit-config.yaml"] ?? "" },
    expect: "fail",
  },
  {
    name: "a linter that runs only after the merge",
    repo: {
      ...run("pytest"),
      ".github/workflows/lint.yml":
        "on:\n  push:\n    branches: [main]\njobs:\n  a:\n    steps:\n      - run: ruff check\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:1"],
  },
  {
    name: "a linter, and a program of the release that cannot be followed",
    repo: run("ruff check", "'\"$RUNNER_TEMP/venv/bin/shop\" --version'", "docker compose -f x.yml config"),
    expect: "partial",
    value: 0.6,
  },
  {
    name: "actions that are called after their tool",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  lint:\n    steps:\n      - uses: psf/black@stable\n      - uses: jakebailey/pyright-action@v2\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:5", ".github/workflows/ci.yml:6"],
  },
  {
    name: "a spelling checker is no linter",
    repo: run("codespell docs"),
    expect: "fail",
  },
  {
    name: "a make target whose folder is asked of git",
    repo: {
      ...run("make types"),
      Makefile: "ROOT := $(shell git rev-parse --show-toplevel)\ntypes:\n\t@$(ROOT)/bin/run-mypy\n",
      "bin/run-mypy": "#!/bin/bash\nset -e\nmypy shop\n",
    },
    expect: "partial",
    value: 0.4,
  },
  {
    name: "a script that cannot be read",
    repo: { ...run("./scripts/check"), "scripts/check": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
  },
  {
    name: "notebooks have no types to check",
    repo: {
      "analysis.ipynb": JSON.stringify({ cells: [], metadata: { title: "x".repeat(9000) } }),
      "setup_env.py": "x = 1\n",
      ".github/workflows/ci.yml": "on: pull_request\njobs:\n  lint:\n    steps:\n      - run: ruff check\n",
    },
    expect: "pass",
  },
  {
    name: "a missing check is shown at the workflow for changes, not at the first by name",
    repo: {
      ...code,
      ".github/workflows/backport.yml": "on: pull_request\njobs:\n  copy:\n    steps:\n      - run: ./copy\n",
      ".github/workflows/ci.yml": "on: pull_request\njobs:\n  build:\n    steps:\n      - run: uv build\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:1"],
  },
]);
