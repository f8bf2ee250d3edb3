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
  { name: "hooks that nothing runs", repo: { ...run("pytest"), ...hooks("", "ruff", "mypy") }, expect: "fail" },
  {
    name: "a script that cannot be read",
    repo: { ...run("./scripts/check"), "scripts/check": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
  },
]);
