import rule from "../../../rules/security/secret-scanning-enabled.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const WORKFLOW = ".github/workflows/scan.yml";
const step = (text: string) => ({ [WORKFLOW]: `on: push\njobs:\n  scan:\n    steps:\n      - ${text}\n` });
const hook = (repository: string, text: string) => ({
  ".pre-commit-config.yaml": `repos:\n  - repo: ${repository}\n    hooks:\n      - ${text}\n`,
});

describeRule(
  rule,
  [
    {
      name: "GitHub scans, and refuses pushes",
      repo: { "shop.py": "" },
      settings: known({ secretScanning: { scans: true, blocksPushes: true } }),
      expect: "pass",
      says: "refuses pushes",
    },
    {
      name: "GitHub scans what is pushed",
      repo: { "shop.py": "" },
      settings: known({ secretScanning: { scans: true, blocksPushes: false } }),
      expect: "partial",
      value: 0.8,
    },
    {
      name: "neither GitHub nor a file",
      repo: { "shop.py": "" },
      settings: known({ secretScanning: { scans: false, blocksPushes: false } }),
      expect: "fail",
      evidence: [""],
    },
    {
      name: "a hook where GitHub does not scan",
      repo: hook("https://github.com/gitleaks/gitleaks", "id: gitleaks"),
      settings: known({ secretScanning: { scans: false, blocksPushes: false } }),
      expect: "partial",
      value: 0.8,
    },
    {
      name: "secrets that were found and are open",
      repo: { "shop.py": "" },
      settings: known({ secretScanning: { scans: true, blocksPushes: true }, openSecretAlerts: true }),
      expect: "fail",
      says: "alerts are open",
    },
    {
      name: "settings that the caller may not see",
      repo: { "shop.py": "" },
      settings: { secretScanning: { known: false, reason: "needs administration: read" } },
      expect: "unknown",
      says: "needs administration: read",
    },
    {
      name: "the hook of detect-secrets, at its line",
      repo: hook("https://github.com/Yelp/detect-secrets", "id: detect-secrets"),
      expect: "partial",
      value: 0.8,
      evidence: [".pre-commit-config.yaml:4"],
      says: "detect-secrets",
    },
    {
      name: "a local hook that runs ggshield",
      repo: hook("local", "{ id: secrets, entry: ggshield secret scan pre-commit }"),
      expect: "partial",
    },
    {
      name: "the action of gitleaks",
      repo: step("uses: gitleaks/gitleaks-action@v2"),
      expect: "partial",
      evidence: [`${WORKFLOW}:5`],
    },
    { name: "the action of TruffleHog", repo: step("uses: trufflesecurity/trufflehog@main"), expect: "partial" },
    {
      name: "a command of a Makefile that CI runs",
      repo: { ...step("run: make secrets"), Makefile: "secrets:\n\tgitleaks git --redact\n" },
      expect: "partial",
      evidence: ["Makefile:2"],
    },
    {
      name: "a hook after a BOM and CRLF",
      repo: {
        ".pre-commit-config.yaml":
          "\uFEFFrepos:\r\n  - repo: https://github.com/gitleaks/gitleaks\r\n    hooks:\r\n      - id: gitleaks\r\n",
      },
      expect: "partial",
      evidence: [".pre-commit-config.yaml:4"],
    },
    {
      name: "a hook of an example, which nobody installs",
      repo: {
        "examples/a/.pre-commit-config.yaml":
          "repos:\n  - repo: https://github.com/gitleaks/gitleaks\n    hooks:\n      - id: gitleaks\n",
      },
      expect: "unknown",
    },
    {
      name: "a scanner as a container",
      repo: step("uses: docker://zricethezav/gitleaks:v8"),
      expect: "partial",
    },
    ...["trufflehog filesystem .", "detect-secrets scan", "ggshield secret scan repo .", "git-secrets --scan"].map(
      (run) => ({
        name: `\`${run}\` in CI`,
        repo: step(`run: ${run}`),
        expect: "partial" as const,
        evidence: [`${WORKFLOW}:5`],
      }),
    ),
    {
      name: "GitLab's own template",
      repo: { ".gitlab-ci.yml": "include:\n  - template: Jobs/Secret-Detection.gitlab-ci.yml\n" },
      expect: "partial",
      evidence: [".gitlab-ci.yml:2"],
    },
    {
      name: "a private repository, whose licence may not hold GitHub's scanning",
      repo: hook("https://github.com/gitleaks/gitleaks", "id: gitleaks"),
      repository: { visibility: "private" },
      expect: "partial",
    },
    { name: "no file that tells: only the settings do", repo: { "shop.py": "" }, expect: "unknown", says: "settings" },
    {
      name: "a hook for private keys alone is no scanner",
      repo: hook("https://github.com/pre-commit/pre-commit-hooks", "id: detect-private-key"),
      expect: "unknown",
    },
    { name: "a baseline that nothing uses", repo: { ".secrets.baseline": "{}" }, expect: "unknown" },
    {
      name: "a workflow that cannot be read",
      repo: { [WORKFLOW]: { unreadable: "it is too large" } },
      expect: "unknown",
      says: "too large",
    },
  ],
  { passes: "partial", fails: "unknown" },
);

const unscanned = known({ secretScanning: { scans: false, blocksPushes: false } });

describeRepair(rule, [
  {
    name: "adds gitleaks to the hooks that are there, and keeps what is said beside them",
    repo: {
      "shop.py": "",
      ".pre-commit-config.yaml":
        "# Run by hand: pre-commit run -a\nrepos:\n- repo: https://github.com/astral-sh/ruff-pre-commit\n  rev: v0.14.5  # bot\n  hooks:\n  - id: ruff-check\n",
    },
    settings: unscanned,
    after: {
      ".pre-commit-config.yaml":
        "# Run by hand: pre-commit run -a\nrepos:\n- repo: https://github.com/astral-sh/ruff-pre-commit\n  rev: v0.14.5  # bot\n  hooks:\n  - id: ruff-check\n- repo: https://github.com/gitleaks/gitleaks\n  rev: v8.30.1\n  hooks:\n  - id: gitleaks\n",
    },
    leaves: true,
  },
  {
    name: "writes the file where there is none",
    repo: { "shop.py": "" },
    settings: unscanned,
    after: {
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/gitleaks/gitleaks\n    rev: v8.30.1\n    hooks:\n      - id: gitleaks\n",
    },
    leaves: true,
  },
  {
    name: "not where hooks stand in TOML",
    repo: { "shop.py": "", "prek.toml": "repos = []\n" },
    settings: unscanned,
    refuses: "not written into prek.toml",
  },
  {
    name: "open alerts",
    repo: { "shop.py": "" },
    settings: known({ secretScanning: { scans: false, blocksPushes: false }, openSecretAlerts: true }),
    refuses: "for people to revoke",
  },
  {
    name: "a scan that refuses no push",
    repo: { "shop.py": "" },
    settings: known({ secretScanning: { scans: true, blocksPushes: false } }),
    refuses: "refused by GitHub's settings",
  },
]);
