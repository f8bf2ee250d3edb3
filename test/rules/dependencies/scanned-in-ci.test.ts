import { expect } from "@jest/globals";
import rule from "../../../rules/dependencies/scanned-in-ci.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "django\n", "shop/api.py": "" };

function workflow(step: string, on = "pull_request"): Record<string, string> {
  return { ...app, ".github/workflows/ci.yml": `on: ${on}\njobs:\n  audit:\n    steps:\n      - ${step}\n` };
}

describeRule(rule, [
  {
    name: "alerts alone come after the merge",
    repo: app,
    settings: known({ vulnerabilityAlerts: true }),
    expect: "partial",
    value: 0.7,
    says: "after they are merged",
  },
  { name: "alerts that are off", repo: app, settings: known({ vulnerabilityAlerts: false }), expect: "fail" },
  { name: "nothing is needed", repo: { "run.py": "import os\n" }, expect: "skip", says: "no dependency is declared" },
  { name: "no CI", repo: app, expect: "fail", evidence: [""] },
  { name: "tests alone", repo: workflow("run: pytest"), expect: "fail", evidence: [""] },
  {
    name: "pip-audit",
    repo: workflow("run: uvx pip-audit -r requirements.txt"),
    expect: "pass",
    evidence: [".github/workflows/ci.yml:5"],
    says: "pip-audit",
  },
  { name: "uv audit", repo: workflow("run: uv audit"), expect: "pass" },
  { name: "trivy of the folder", repo: workflow("run: trivy fs --exit-code 1 ."), expect: "pass" },
  { name: "trivy of settings alone", repo: workflow("run: trivy config ."), expect: "fail" },
  {
    name: "trivy's action for settings alone",
    repo: workflow("uses: aquasecurity/trivy-action@0.33.1\n        with:\n          scan-type: config"),
    expect: "fail",
  },
  { name: "the scanner's image", repo: workflow("run: docker run --rm aquasec/trivy:0.66.0 fs /src"), expect: "pass" },
  { name: "the version of a scanner", repo: workflow("run: safety --version"), expect: "fail" },
  {
    name: "a reusable workflow of the scanner",
    repo: {
      ...app,
      ".github/workflows/osv.yml":
        "on: pull_request\njobs:\n  scan:\n    uses: google/osv-scanner-action/.github/workflows/osv-scanner-reusable-pr.yml@v2.2.4\n",
    },
    expect: "pass",
    evidence: [".github/workflows/osv.yml:4"],
  },
  {
    name: "a scan once a week",
    repo: workflow("run: pip-audit", "{ schedule: [{ cron: '0 4 * * 1' }] }"),
    expect: "partial",
    value: 0.7,
    evidence: [".github/workflows/ci.yml:5"],
    says: "though not on pull requests",
  },
  {
    name: "a target that scans",
    repo: { ...workflow("run: make audit"), Makefile: "audit:\n\tsafety scan\n" },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  {
    name: "a hook that CI runs",
    repo: {
      ...workflow("run: pre-commit run --all-files"),
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/pypa/pip-audit\n    hooks:\n      - id: pip-audit\n",
    },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:4"],
  },
  {
    name: "a hook that nothing runs",
    repo: {
      ...workflow("run: pytest"),
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/pypa/pip-audit\n    hooks:\n      - id: pip-audit\n",
    },
    expect: "fail",
  },
  {
    name: "GitLab's template",
    repo: { ...app, ".gitlab-ci.yml": "include:\n  - template: Jobs/Dependency-Scanning.gitlab-ci.yml\n" },
    expect: "pass",
    evidence: [".gitlab-ci.yml:2"],
  },
  {
    name: "CircleCI's orb",
    repo: {
      ...app,
      ".circleci/config.yml":
        "orbs:\n  snyk: snyk/snyk@2.3.0\njobs:\n  scan:\n    steps:\n      - checkout\n      - snyk/scan\n",
    },
    expect: "pass",
    evidence: [".circleci/config.yml:7"],
  },
  {
    name: "a workflow of another repository",
    repo: {
      ...app,
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  checks:\n    uses: acme/ci/.github/workflows/python.yml@v1\n",
    },
    expect: "unknown",
    says: "another repository",
  },
  {
    name: "a script of another kind that cannot be read",
    repo: { ...workflow("run: python scripts/check_links.py"), "scripts/check_links.py": "" },
    expect: "fail",
  },
]);

describeRepair(rule, [
  {
    name: "reviews what a pull request brings",
    repo: rule.examples.fails,
    after: { ".github/workflows/dependency-review.yml": expect.stringContaining("on: pull_request\npermissions:\n") },
  },
  {
    name: "writes for no other system",
    repo: { ".gitlab-ci.yml": "test:\n  script: pytest\n", "requirements.txt": "flask\n", "shop.py": "" },
    refuses: "only workflows of GitHub",
  },
  {
    name: "asks nothing that has to be paid for",
    repo: rule.examples.fails,
    repository: { visibility: "private" },
    refuses: "needs GitHub Advanced Security",
  },
]);
