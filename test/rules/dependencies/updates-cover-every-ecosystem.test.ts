import rule from "../../../rules/dependencies/updates-cover-every-ecosystem.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "django\n", "shop/api.py": "" };
const actions = {
  ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v6\n",
};
const image = { Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n' };
const careful = "cooldown: { default-days: 7 }\ngroups: { all: { patterns: ['*'] } }";

/** A configuration whose first entry stands on line 3. */
function dependabot(...entries: readonly string[]): Record<string, string> {
  const list = entries.map((entry) => `  - ${entry.replaceAll("\n", "\n    ")}\n`).join("");
  return { ".github/dependabot.yml": `version: 2\nupdates:\n${list}` };
}

const pip = `package-ecosystem: pip\ndirectory: /\n${careful}`;
const forActions = `package-ecosystem: github-actions\ndirectory: /\n${careful}`;
const forImages = `package-ecosystem: docker\ndirectory: /\n${careful}`;

describeRule(rule, [
  {
    name: "an image that cannot be read",
    repo: { ...app, ...dependabot(pip), Dockerfile: { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "Dockerfile could not be read",
  },
  {
    name: "an image that cannot be read, and is kept all the same",
    repo: { ...app, ...dependabot(pip, forImages), Dockerfile: { unreadable: "it is not UTF-8" } },
    expect: "pass",
  },
  { name: "no bot", repo: { ...app, ...actions }, expect: "skip", says: "neither Dependabot nor Renovate" },
  { name: "a scheduled update of the lock alone", repo: { ...app, ".pyup.yml": "" }, expect: "skip" },
  {
    name: "nothing but packages",
    repo: { ...app, ...dependabot(pip) },
    expect: "pass",
    evidence: [".github/dependabot.yml:2"],
  },
  {
    name: "packages, actions and images",
    repo: { ...app, ...actions, ...image, ...dependabot(pip, forActions, forImages) },
    expect: "pass",
  },
  {
    name: "no entry for actions",
    repo: { ...app, ...actions, ...dependabot(pip) },
    expect: "partial",
    value: 0.7,
    evidence: [".github/dependabot.yml:2"],
    says: "No entry keeps GitHub Actions up to date.",
  },
  {
    name: "no entry for images",
    repo: { ...app, ...image, ...dependabot(pip) },
    expect: "partial",
    value: 0.7,
    says: "the images of the root",
  },
  {
    name: "an image in a folder that the entry does not look into",
    repo: { ...app, "services/web/Dockerfile": image.Dockerfile, ...dependabot(pip, forImages) },
    expect: "partial",
    value: 0.7,
    says: "the images of services/web",
  },
  {
    name: "every folder of images by a pattern",
    repo: {
      ...app,
      "services/web/Dockerfile": image.Dockerfile,
      ...dependabot(pip, `package-ecosystem: docker\ndirectories: ["/services/*"]\n${careful}`),
    },
    expect: "pass",
  },
  {
    name: "an image whose base a variable names",
    repo: { ...app, Dockerfile: "ARG BASE\nFROM $BASE\n", ...dependabot(pip) },
    expect: "pass",
  },
  {
    name: "one of several folders of packages",
    repo: {
      ...app,
      "worker/requirements.txt": "celery\n",
      "worker/pool/requirements.txt": "x\n",
      "worker/pool/a.py": "",
      ...dependabot(pip),
    },
    expect: "partial",
    value: 0.7,
    says: "worker/pool",
  },
  {
    name: "no entry for Python is the finding of another rule",
    repo: { ...app, ...actions, ...dependabot(forActions) },
    expect: "pass",
  },
  {
    name: "Dependabot's own three days",
    repo: { ...app, ...dependabot("package-ecosystem: pip\ndirectory: /\ngroups: { all: { patterns: ['*'] } }") },
    expect: "partial",
    value: 0.8,
    evidence: [".github/dependabot.yml:3"],
    says: "Updates of pip do not wait seven days.",
  },
  {
    name: "days for minor and patch releases",
    repo: {
      ...app,
      ...dependabot(
        "package-ecosystem: pip\ndirectory: /\ncooldown: { semver-minor-days: 14, semver-patch-days: 7 }\ngroups: { all: { patterns: ['*'] } }",
      ),
    },
    expect: "pass",
  },
  {
    name: "security updates alone do not wait",
    repo: {
      ...app,
      ...dependabot(
        "package-ecosystem: pip\ndirectory: /\nopen-pull-requests-limit: 0\ngroups: { all: { patterns: ['*'] } }",
      ),
    },
    expect: "pass",
  },
  {
    name: "no groups",
    repo: { ...app, ...dependabot("package-ecosystem: pip\ndirectory: /\ncooldown: { default-days: 14 }") },
    expect: "partial",
    value: 0.9,
    evidence: [".github/dependabot.yml:2"],
  },
  {
    name: "code of packages that may run",
    repo: { ...app, ...dependabot(`${pip}\ninsecure-external-code-execution: allow`) },
    expect: "partial",
    value: 0.7,
    evidence: [".github/dependabot.yml:7"],
  },
  {
    name: "everything at once",
    repo: {
      ...app,
      ...actions,
      ...image,
      ...dependabot("package-ecosystem: npm\ndirectory: /web\ninsecure-external-code-execution: allow"),
    },
    expect: "fail",
  },
  {
    name: "Renovate keeps all, and waits",
    repo: {
      ...app,
      ...actions,
      ...image,
      "renovate.json": '{ "extends": ["config:recommended"], "minimumReleaseAge": "7 days" }',
    },
    expect: "pass",
    evidence: ["renovate.json:1"],
  },
  {
    name: "Renovate that does not wait",
    repo: { ...app, ...actions, "renovate.json": '{ "extends": ["config:recommended"] }' },
    expect: "partial",
    value: 0.8,
    says: "Updates by Renovate",
  },
  {
    name: "Renovate that is told to keep packages alone",
    repo: {
      ...app,
      ...actions,
      "renovate.json5": "{ extends: ['config:base'], enabledManagers: ['pep621'], minimumReleaseAge: '2 weeks' }",
    },
    expect: "partial",
    value: 0.7,
    says: "GitHub Actions",
  },
  {
    name: "a preset that others share may say more",
    repo: { ...app, ...actions, "renovate.json": '{ "extends": ["github>acme/presets"] }' },
    expect: "pass",
  },
  {
    name: "a configuration that is not YAML",
    repo: { ...app, ".github/dependabot.yml": "updates: [" },
    expect: "unknown",
  },
  {
    name: "what entries share by an anchor and by merging",
    repo: {
      ...app,
      ...actions,
      ".github/dependabot.yml":
        "version: 2\nupdates:\n  - &careful\n    package-ecosystem: pip\n    directory: /\n    cooldown: &week { default-days: 3 }\n    groups: { all: { patterns: ['*'] } }\n  - <<: *careful\n    package-ecosystem: github-actions\n",
    },
    expect: "partial",
    value: 0.8,
    evidence: [".github/dependabot.yml:4", ".github/dependabot.yml:9"],
  },
]);

describeRepair(rule, [
  {
    name: "adds what is missing, waits, and groups",
    repo: {
      "requirements.txt": "flask\n",
      "shop/api.py": "",
      ".github/workflows/ci.yml": "on: push\npermissions: {}\njobs:\n  a:\n    steps:\n      - run: make\n",
      ".github/dependabot.yml": `version: 2
updates:
- package-ecosystem: pip
  directory: /
  schedule: { interval: daily } # at night
  cooldown:
    default-days: 3 # too few
`,
    },
    after: {
      ".github/dependabot.yml": `version: 2
updates:
- package-ecosystem: pip
  directory: /
  schedule: { interval: daily } # at night
  cooldown:
    default-days: 7 # too few
  groups:
    pip:
      patterns:
      - "*"
- package-ecosystem: github-actions
  directory: /
  schedule:
    interval: weekly
  cooldown:
    default-days: 7
  groups:
    github-actions:
      patterns:
      - "*"
`,
    },
  },
  {
    name: "does not write for Renovate",
    repo: { "renovate.json": '{ "minimumReleaseAge": "1 day" }', "requirements.txt": "flask\n", "shop/api.py": "" },
    refuses: "what Renovate keeps is for people to say",
  },
]);
