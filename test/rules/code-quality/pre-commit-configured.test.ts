import { expect } from "@jest/globals";
import rule from "../../../rules/code-quality/pre-commit-configured.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "x = 1\n" };
const source = (repo: string, rev: string) =>
  `  - repo: ${repo}\n    rev: ${rev}\n    hooks:\n      - id: ruff-check\n`;
const config = (...sources: readonly string[]) => ({ ".pre-commit-config.yaml": `repos:\n${sources.join("")}` });
const ruff = "https://github.com/astral-sh/ruff-pre-commit";

describeRule(rule, [
  {
    name: "no hooks",
    repo: { ...code, "pyproject.toml": '[project]\nname = "shop"\n' },
    expect: "fail",
    evidence: [""],
  },
  { name: "a repository without Python", repo: { "main.go": "package main\n" }, expect: "skip" },
  {
    name: "hooks at a tag",
    repo: { ...code, ...config(source(ruff, "v0.14.5")) },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:5"],
  },
  {
    name: "hooks at a commit",
    repo: { ...code, ...config(source(ruff, "8f2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")) },
    expect: "pass",
  },
  {
    name: "the only hook follows a branch",
    repo: { ...code, ...config(source(ruff, "main")) },
    expect: "fail",
    evidence: [".pre-commit-config.yaml:3"],
    says: "`rev: main` is not a fixed version.",
  },
  {
    name: "one of two follows a branch",
    repo: { ...code, ...config(source(ruff, "v0.14.5"), source("https://github.com/acme/hooks", "HEAD")) },
    expect: "partial",
    value: 0.5,
    evidence: [".pre-commit-config.yaml:7"],
  },
  {
    name: "an address without encryption",
    repo: { ...code, ...config(source("git://github.com/acme/hooks", "v1.0")) },
    expect: "fail",
    evidence: [".pre-commit-config.yaml:2"],
    says: "git://github.com/acme/hooks is fetched without encryption.",
  },
  {
    name: "a source without a revision",
    repo: { ...code, ...config(`  - repo: ${ruff}\n    hooks:\n      - id: ruff-check\n`) },
    expect: "fail",
    evidence: [".pre-commit-config.yaml:2"],
  },
  {
    name: "an address over SSH, for a private repository",
    repo: { ...code, ...config(source("git@github.com:acme/hooks", "v2")) },
    expect: "pass",
  },
  {
    name: "local and meta hooks have no revision",
    repo: {
      ...code,
      ...config(
        "  - repo: local\n    hooks:\n      - id: lint\n        entry: ruff check\n        language: system\n",
        "  - repo: meta\n    hooks:\n      - id: check-hooks-apply\n",
      ),
    },
    expect: "pass",
  },
  {
    name: "a file without hooks",
    repo: { ...code, ".pre-commit-config.yaml": "repos: []\n" },
    expect: "fail",
    evidence: [".pre-commit-config.yaml:1"],
  },
  {
    name: "a file of a sample further down",
    repo: { ...code, "samples/one/.pre-commit-config.yaml": `repos:\n${source(ruff, "v1.0")}` },
    expect: "fail",
    evidence: [""],
  },
  ...["main", "master", "HEAD"].map((rev) => ({
    name: `a revision that moves: ${rev}`,
    repo: { ...code, ...config(source(ruff, rev)) },
    expect: "fail" as const,
    evidence: [".pre-commit-config.yaml:3"],
    says: `\`rev: ${rev}\` is not a fixed version.`,
  })),
  {
    name: "an address of plain HTTP",
    repo: { ...code, ...config(source("http://github.com/acme/hooks", "v1.0")) },
    expect: "fail",
    evidence: [".pre-commit-config.yaml:2"],
  },
  {
    name: "a byte order mark, Windows line ends and an anchor",
    repo: {
      ...code,
      ".pre-commit-config.yaml": [
        `\uFEFF# hooks`,
        `repos:`,
        `  - repo: ${ruff}`,
        `    rev: &at v0.14.5`,
        `    hooks: [{ id: ruff-check }]`,
        `  - repo: https://github.com/acme/hooks`,
        `    rev: master`,
        `    hooks: [{ id: lint }]`,
        `  - repo: https://github.com/acme/more`,
        `    rev: *at`,
        `    hooks: [{ id: lint }]`,
        "",
      ].join("\r\n"),
    },
    expect: "partial",
    value: 2 / 3,
    evidence: [".pre-commit-config.yaml:7"],
  },
  {
    name: "prek in TOML",
    repo: { ...code, "prek.toml": `[[repos]]\nrepo = "${ruff}"\nrev = "v0.14.5"\nhooks = [{ id = "ruff-check" }]\n` },
    expect: "pass",
  },
  {
    name: "prek in TOML that follows a branch",
    repo: { ...code, "prek.toml": `[[repos]]\nrepo = "${ruff}"\nrev = "master"\nhooks = [{ id = "ruff-check" }]\n` },
    expect: "fail",
    evidence: ["prek.toml:3"],
  },
  {
    name: "lefthook",
    repo: { ...code, "lefthook.yml": "pre-commit:\n  commands:\n    lint:\n      run: ruff check {staged_files}\n" },
    expect: "pass",
    evidence: ["lefthook.yml:4"],
  },
  {
    name: "a script of git's own",
    repo: { ...code, ".githooks/pre-commit": "#!/bin/sh\nset -e\nruff check .\n" },
    expect: "pass",
    evidence: [".githooks/pre-commit:3"],
  },
  {
    name: "husky, that may check the front end alone",
    repo: { ...code, ".husky/pre-commit": "npx lint-staged\n" },
    expect: "unknown",
    says: ".husky/pre-commit",
  },
  {
    name: "a file that cannot be read",
    repo: { ...code, ".pre-commit-config.yaml": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);

const GENERAL = `  - repo: https://github.com/pre-commit/pre-commit-hooks
    rev: v6.0.0
    hooks:
      - id: check-merge-conflict
      - id: check-toml
      - id: debug-statements
`;

describeRepair(rule, [
  {
    name: "hooks that change no file of themselves, and ruff",
    repo: { "requirements.txt": "django\n", "shop/api.py": "x = 1\n" },
    after: {
      ".pre-commit-config.yaml": `repos:
${GENERAL}  - repo: ${ruff}
    rev: v0.16.3
    hooks:
      - id: ruff-check
`,
    },
  },
  {
    name: "ruff's formatter, where it is set up",
    repo: { "ruff.toml": "[format]\n", "shop/api.py": "x = 1\n" },
    after: { ".pre-commit-config.yaml": expect.stringMatching(/id: ruff-check\n {6}- id: ruff-format\n$/) },
  },
  {
    name: "no ruff beside another linter",
    repo: { ".flake8": "[flake8]\nmax-line-length = 100\n", "shop/api.py": "x = 1\n" },
    after: { ".pre-commit-config.yaml": `repos:\n${GENERAL}` },
  },
  {
    name: "encryption for an address that answers with it",
    repo: {
      ".pre-commit-config.yaml":
        "repos:\n  # ours\n  - repo: 'http://github.com/acme/hooks'  # since 2020\n    rev: v1.0\n    hooks:\n      - id: spell\n",
      "shop/api.py": "x = 1\n",
    },
    after: {
      ".pre-commit-config.yaml":
        "repos:\n  # ours\n  - repo: 'https://github.com/acme/hooks'  # since 2020\n    rev: v1.0\n    hooks:\n      - id: spell\n",
    },
  },
  {
    name: "no version that nobody named",
    repo: {
      ".pre-commit-config.yaml": `repos:\n  - repo: ${ruff}\n    rev: main\n    hooks:\n      - id: ruff-check\n`,
      "shop/api.py": "x = 1\n",
    },
    refuses: "which version of a hook",
  },
]);
