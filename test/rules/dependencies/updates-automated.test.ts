import rule from "../../../rules/dependencies/updates-automated.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "django\n", "shop/api.py": "" };
const dependabot = (...entries: string[]) => ({
  ".github/dependabot.yml": `version: 2\nupdates:\n${entries.map((entry) => `  - ${entry.replaceAll("\n", "\n    ")}\n`).join("")}`,
});

describeRule(rule, [
  {
    name: "pull requests of a bot that is set up for the whole organisation",
    repo: app,
    settings: known({
      recentChanges: {
        merged: [{ number: 7, author: "renovate[bot]", authorIsBot: true, isReviewed: false }],
        directPushes: 0,
      },
    }),
    expect: "pass",
    says: "pull request 7",
  },
  {
    name: "fixes of vulnerabilities alone, without a file",
    repo: app,
    settings: known({ securityUpdates: true }),
    expect: "partial",
    value: 0.5,
    evidence: [""],
  },
  { name: "nothing at all", repo: app, expect: "fail", evidence: [""] },
  { name: "no dependency is declared", repo: { "run.py": "import os\n" }, expect: "skip" },
  {
    name: "actions alone",
    repo: { ...app, ...dependabot("package-ecosystem: github-actions\ndirectory: /") },
    expect: "fail",
    evidence: [".github/dependabot.yml:2"],
  },
  {
    name: "security updates only",
    repo: { ...app, ...dependabot("package-ecosystem: pip\ndirectory: /\nopen-pull-requests-limit: 0") },
    expect: "partial",
    value: 0.5,
    evidence: [".github/dependabot.yml:3"],
  },
  {
    name: "pip where uv.lock is the lock",
    repo: {
      ...app,
      "uv.lock": "",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["x"]\n',
      ...dependabot("package-ecosystem: pip\ndirectory: /"),
    },
    expect: "partial",
    value: 0.5,
    says: "uv.lock",
  },
  { name: "uv", repo: { ...app, "uv.lock": "", ...dependabot("package-ecosystem: uv\ndirectory: /") }, expect: "pass" },
  {
    name: "pip for Poetry's lock",
    repo: { ...app, "poetry.lock": "", ...dependabot("package-ecosystem: pip\ndirectory: /") },
    expect: "pass",
  },
  {
    name: "only the documentation's folder",
    repo: { ...app, ...dependabot("package-ecosystem: pip\ndirectory: docs/docsite") },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "every folder by a pattern",
    repo: {
      "libs/a/requirements.txt": "x",
      "libs/a/a.py": "",
      "libs/b/requirements.txt": "x",
      "libs/b/b.py": "",
      ...dependabot('package-ecosystem: pip\ndirectories: ["/libs/*"]'),
    },
    expect: "pass",
  },
  {
    name: "requirements in a folder below",
    repo: { "requirements/base.txt": "x", "a.py": "", ...dependabot("package-ecosystem: pip\ndirectory: /") },
    expect: "pass",
  },
  {
    name: "Renovate",
    repo: { ...app, ".github/renovate.json5": "{ extends: ['config:best-practices'] }" },
    expect: "pass",
    evidence: [".github/renovate.json5:1"],
  },
  {
    name: "Renovate in package.json",
    repo: { ...app, "package.json": '{\n  "renovate": {}\n}\n' },
    expect: "pass",
    evidence: ["package.json:2"],
  },
  { name: "pyup", repo: { ...app, ".pyup.yml": "schedule: every week\n" }, expect: "pass" },
  {
    name: "a scheduled workflow that updates the lock",
    repo: {
      ...app,
      ".github/workflows/update.yml":
        "on:\n  schedule: [{ cron: '0 4 * * 1' }]\njobs:\n  lock:\n    steps:\n      - run: |\n          git pull\n          uv lock --upgrade\n",
    },
    expect: "pass",
    evidence: [".github/workflows/update.yml:8"],
  },
  {
    name: "a configuration that is not YAML",
    repo: { ...app, ".github/dependabot.yml": "updates: [\n" },
    expect: "unknown",
    says: "dependabot.yml",
  },
  {
    name: "requirements right below the folder, which Dependabot reads as well",
    repo: { "images/requirements.txt": "x", "images/a.py": "", ...dependabot("package-ecosystem: pip\ndirectory: /") },
    expect: "pass",
  },
  {
    name: "requirements two folders below",
    repo: { "a/b/requirements.txt": "x", "a/b/a.py": "", ...dependabot("package-ecosystem: pip\ndirectory: /") },
    expect: "partial",
    value: 0.5,
    says: "in a/b.",
  },
  {
    name: "members of a workspace that uv locks",
    repo: {
      "uv.lock": "",
      "pyproject.toml": '[tool.uv.workspace]\nmembers = ["libs/*"]\n',
      "libs/a/pyproject.toml": '[project]\nname = "a"\ndependencies = ["x"]\n',
      "libs/a/a.py": "",
      ...dependabot("package-ecosystem: uv\ndirectory: /"),
    },
    expect: "pass",
  },
  {
    name: "pip for Pipenv's lock",
    repo: {
      Pipfile: "[packages]\nx = '*'\n",
      "Pipfile.lock": "{}",
      "a.py": "",
      ...dependabot("package-ecosystem: pip\ndirectory: /"),
    },
    expect: "pass",
  },
  {
    name: "Renovate that is told to keep actions alone",
    repo: { ...app, "renovate.json": '{ "enabledManagers": ["github-actions"] }' },
    expect: "fail",
  },
  {
    name: "a preset that others share",
    repo: { ...app, ".renovaterc.json": '{ "extends": ["github>acme/presets"] }' },
    expect: "pass",
  },
  {
    name: "Renovate that a schedule runs",
    repo: {
      ...app,
      ".github/workflows/renovate.yml":
        "on:\n  schedule: [{ cron: '0 4 * * 1' }]\njobs:\n  bot:\n    steps:\n      - uses: renovatebot/github-action@v44\n",
    },
    expect: "pass",
    evidence: [".github/workflows/renovate.yml:6"],
  },
  {
    name: "a copy that is set aside",
    repo: { ...app, ".github/dependabot.yml.bak": "updates: [{ package-ecosystem: pip, directory: / }]\n" },
    expect: "fail",
    evidence: [""],
  },
  {
    name: "metadata that needs nothing",
    repo: { "pyproject.toml": '[project]\nname = "slug"\n', "slug.py": "" },
    expect: "skip",
  },
  {
    name: "uv.lock beside the pip ecosystem of a second folder",
    repo: {
      "uv.lock": "",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["x"]\n',
      "shop/api.py": "",
      ...dependabot("package-ecosystem: uv\ndirectory: /", "package-ecosystem: pip\ndirectory: /docs"),
    },
    expect: "pass",
  },
]);

const BOT = ".github/dependabot.yml";
const entry = (ecosystem: string, where = "directory: /"): string => `  - package-ecosystem: ${ecosystem}
    ${where}
    schedule:
      interval: weekly
    cooldown:
      default-days: 7
    groups:
      ${ecosystem}:
        patterns:
          - "*"
`;
const service = {
  "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["flask"]\n',
  "shop/api.py": "import flask\n",
};

describeRepair(rule, [
  {
    name: "tells Dependabot of all that there is",
    repo: {
      ...service,
      "uv.lock": "version = 1\n",
      "tools/requirements.txt": "rich\n",
      "tools/make.py": "",
      Dockerfile: 'FROM python:3.14-slim\nCMD ["flask", "run"]\n',
      ".github/workflows/ci.yml": "on: push\npermissions: {}\njobs:\n  a:\n    steps:\n      - run: make\n",
    },
    after: {
      [BOT]: `version: 2\nupdates:\n${entry("uv")}${entry("pip", "directory: /tools")}${entry("github-actions")}${entry("docker")}`,
    },
  },
  {
    name: "adds Python to what is there, and nothing else",
    repo: {
      ...service,
      "web/requirements.txt": "django\n",
      [BOT]: "# ours\nversion: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /ui # the shop\n\n# end\n",
      "ui/package.json": "{}",
    },
    after: {
      [BOT]: `# ours
version: 2
updates:
  - package-ecosystem: npm
    directory: /ui # the shop
${entry("pip", "directories:\n      - /\n      - /web")}
# end
`,
    },
  },
  {
    name: "names who maintains uv.lock",
    repo: {
      ...service,
      "uv.lock": "version = 1\n",
      [BOT]: "version: 2\nupdates:\n  - package-ecosystem: 'pip' # all\n    directory: /\n",
    },
    after: { [BOT]: "version: 2\nupdates:\n  - package-ecosystem: 'uv' # all\n    directory: /\n" },
  },
  {
    name: "does not overrule who wants security updates alone",
    repo: {
      ...service,
      [BOT]: "updates:\n  - package-ecosystem: pip\n    directory: /\n    open-pull-requests-limit: 0\n",
    },
    refuses: "only security updates were asked for",
  },
]);
