import { expect } from "@jest/globals";
import rule from "../../../rules/security/sast-configured.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const workflow = (step: string) => ({
  ...code,
  ".github/workflows/ci.yml": `on: push\njobs:\n  scan:\n    steps:\n      - uses: actions/checkout@v5\n      - ${step}\n`,
});

describeRule(rule, [
  {
    name: "code scanning by its default setup",
    repo: workflow("run: pytest"),
    settings: known({ codeScanning: true }),
    expect: "pass",
    says: "default setup",
  },
  {
    name: "a check that reports as CodeQL, where the setup cannot be seen",
    repo: code,
    settings: known({ recentChecks: { names: ["test", "CodeQL"], complete: false } }),
    expect: "pass",
  },
  {
    name: "neither CI nor code scanning",
    repo: code,
    settings: known({ codeScanning: false }),
    expect: "fail",
    evidence: [""],
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "CI without any analysis", repo: workflow("run: pytest"), expect: "fail", evidence: [""] },
  { name: "nothing at all: GitHub's settings may hold it", repo: code, expect: "unknown", says: "settings" },
  {
    name: "CodeQL",
    repo: workflow("uses: github/codeql-action/init@v4"),
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "CodeQL for another language",
    repo: workflow("{ uses: github/codeql-action/init@v4, with: { languages: javascript } }"),
    expect: "fail",
  },
  {
    name: "CodeQL for languages of a matrix",
    repo: workflow("{ uses: github/codeql-action/init@v4, with: { languages: '${{ matrix.language }}' } }"),
    expect: "pass",
  },
  {
    name: "CodeQL by an anchor, after a BOM and CRLF",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "\uFEFFon: push\r\njobs:\r\n  a:\r\n    steps: &scan\r\n      - uses: github/codeql-action/init@v4\r\n  b:\r\n    steps: *scan\r\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:5"],
  },
  {
    name: "ruff's S that is taken back",
    repo: { ...workflow("run: pytest"), "ruff.toml": '[lint]\nselect = ["ALL"]\nignore = ["S"]\n' },
    expect: "fail",
  },
  {
    name: "a hook of an example, which nobody installs",
    repo: {
      ...workflow("run: pytest"),
      "shop/infra/.pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/PyCQA/bandit\n    hooks:\n      - id: bandit\n",
    },
    expect: "fail",
  },
  { name: "bandit in CI", repo: workflow("run: uvx bandit -r shop"), expect: "pass" },
  {
    name: "semgrep as a hook",
    repo: {
      ...code,
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/semgrep/pre-commit\n    hooks:\n      - id: semgrep\n",
    },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:4"],
  },
  {
    name: "ruff with ALL",
    repo: { ...code, "ruff.toml": '[lint]\nselect = ["ALL"]\n' },
    expect: "pass",
    evidence: ["ruff.toml:2"],
  },
  {
    name: "ruff with SIM is another set",
    repo: { ...workflow("run: ruff check"), "pyproject.toml": '[tool.ruff.lint]\nselect = ["SIM", "SLF"]\n' },
    expect: "fail",
  },
  {
    name: "SonarQube's file",
    repo: { ...code, "sonar-project.properties": "sonar.projectKey=shop\n" },
    expect: "pass",
  },
  {
    name: "analysis of the workflows alone",
    repo: workflow("uses: zizmorcore/zizmor-action@v1"),
    expect: "partial",
    value: 0.3,
  },
  {
    name: "a Jenkinsfile that cannot be read",
    repo: { ...code, Jenkinsfile: { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "Jenkinsfile",
  },
  { name: "a container in the background hides nothing", repo: workflow("run: docker run -d app"), expect: "fail" },
  {
    name: "GitLab's own template",
    repo: { ...code, ".gitlab-ci.yml": "include:\n  - template: Jobs/SAST.gitlab-ci.yml\n" },
    expect: "pass",
    evidence: [".gitlab-ci.yml:2"],
  },
  {
    name: "a workflow for CodeQL of another repository",
    repo: {
      ...code,
      ".github/workflows/codeql.yml": "on: push\njobs:\n  codeql:\n    uses: acme/ci/.github/workflows/codeql.yml@v1\n",
    },
    expect: "unknown",
    says: "acme/ci",
  },
  ...["snyk code test", "opengrep scan", "pysa", "ruff check --extend-select S"].map((command) => ({
    name: command,
    repo: workflow(`run: ${command}`),
    expect: "pass" as const,
  })),
  {
    name: "a script that cannot be read",
    repo: { ...workflow("run: ./scripts/check"), "scripts/check": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
  },
]);

describeRepair(rule, [
  {
    name: "adds an analysis on every change, and once a week",
    repo: rule.examples.fails,
    repository: { defaultBranch: "trunk" },
    after: {
      ".github/workflows/codeql.yml": expect.stringMatching(
        /on:\n {2}pull_request:\n {2}push:\n {4}branches: \["trunk"\]\n {2}schedule:\n[\s\S]+security-events: write\n[\s\S]+codeql-action\/analyze@[0-9a-f]{40} # v\d/,
      ),
    },
  },
  {
    name: "asks nothing that has to be paid for",
    repo: rule.examples.fails,
    repository: { visibility: "internal" },
    refuses: "needs GitHub Advanced Security",
  },
]);
