import { cannotJudge, defineRule, offer, partial, pass, skip } from "../../src/rule.ts";

/** What each gap costs. */
const MISSING = 0.3;
const NO_COOLDOWN = 0.2;
const EXTERNAL_CODE = 0.3;
const UNGROUPED = 0.1;

export default defineRule({
  title: "Automated updates reach actions and images, wait for releases to settle, and come in groups",
  severity: "low",
  why: "Actions and base images age like packages do; a release taken within hours is the one that an attacker has just published.",
  fix: "Add entries for `github-actions` and `docker` with every directory, `cooldown: { default-days: 7 }` and `groups` to .github/dependabot.yml.",
  references: ["https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference"],
  peers: ["sp-repo-review GH210", "sp-repo-review GH212", "zizmor dependabot-cooldown", "zizmor dependabot-execution"],
  appliesTo: "any",
  scope: "repository",
  needs: ["updateCoverage"],
  check({ updateCoverage: { configured, missing, hasty, external, isGrouped, unread } }) {
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!configured) return skip("neither Dependabot nor Renovate is configured");
    const { path, line } = configured;
    const cost =
      MISSING * missing.length +
      (hasty.length > 0 ? NO_COOLDOWN : 0) +
      (external.length > 0 ? EXTERNAL_CODE : 0) +
      (isGrouped ? 0 : UNGROUPED);
    if (cost === 0) return pass([{ path, line, found: "It keeps every ecosystem up to date." }]);
    return partial(Math.round((1 - cost) * 10) / 10, [
      ...missing.map((what) => ({ path, line, found: `No entry keeps ${what} up to date.` })),
      ...hasty.map(({ what, ...at }) => ({ ...at, found: `Updates ${what} do not wait seven days.` })),
      ...external.map((at) => ({ ...at, found: "An update may run the code of packages." })),
      ...(isGrouped ? [] : [{ path, line, found: "Updates are not grouped." }]),
    ]);
  },
  message: ({ found }) => found,
  repairNeeds: ["updateSettings"],
  repair: ({ updateSettings }) =>
    offer(updateSettings, "what Renovate keeps is for people to say, and so is what an update may run"),
  examples: {
    passes: {
      ".github/dependabot.yml":
        "version: 2\nupdates:\n  - package-ecosystem: uv\n    directory: /\n    schedule: { interval: weekly }\n    cooldown: { default-days: 7 }\n    groups: { all: { patterns: ['*'] } }\n  - package-ecosystem: github-actions\n    directory: /\n    schedule: { interval: weekly }\n    cooldown: { default-days: 7 }\n",
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v6\n",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      "shop/api.py": "",
    },
    fails: {
      ".github/dependabot.yml":
        "version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /web\n    schedule: { interval: weekly }\n    insecure-external-code-execution: allow\n",
      Dockerfile: "FROM python:3.14-slim\n",
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v6\n",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      "shop/api.py": "",
    },
  },
});
