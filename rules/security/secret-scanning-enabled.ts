import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** A scanner in the files finds secrets; only push protection keeps them from being pushed. */
const IN_FILES = 0.8;

export default defineRule({
  title: "New secrets are noticed at once",
  severity: "high",
  why: "A password that reaches the history stays there for everybody who can read it: only a scanner that looks at every change finds it before others do.",
  fix: "Turn on secret scanning and push protection in GitHub's settings, or add the `gitleaks` hook to `.pre-commit-config.yaml`.",
  references: [
    "https://docs.github.com/code-security/secret-scanning/introduction/about-secret-scanning",
    "https://github.com/gitleaks/gitleaks#pre-commit",
  ],
  peers: ["OpenSSF OSPS-BR-07.01", "Allstar security policy"],
  appliesTo: "any",
  scope: "repository",
  needs: ["secretScans", "githubSettings"],
  check({ secretScans: { scans, unread }, githubSettings: { secretScanning: github, openSecretAlerts: alerts } }) {
    if (alerts.known && alerts.value)
      return fail([{ found: "GitHub has found secrets here, and the alerts are open." }]);
    if (github.known && github.value.scans && github.value.blocksPushes)
      return pass([{ found: "GitHub looks for secrets, and refuses pushes that hold one." }]);
    const [scan] = scans;
    if (scan)
      return partial(IN_FILES, [
        {
          path: scan.path,
          line: scan.line,
          found: `\`${scan.tool}\` looks for secrets; whether GitHub blocks them on push, its settings tell.`,
        },
      ]);
    if (github.known && github.value.scans)
      return partial(IN_FILES, [{ found: "GitHub looks for secrets, and refuses no push that holds one." }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (github.known) return fail([{ found: "Neither GitHub nor anything in the files looks for secrets." }]);
    cannotJudge(
      `no file sets up a scanner, and only GitHub's settings tell whether secret scanning is on: ${github.reason}`,
    );
  },
  message: ({ found }) => found,
  repairNeeds: ["currentHooks", "preCommit"],
  repair({ secretScans: { scans }, githubSettings, currentHooks: { gitleaks }, preCommit: { paths } }) {
    const { secretScanning: github, openSecretAlerts: alerts } = githubSettings;
    if (alerts.known && alerts.value) cannotRepair("the secrets that GitHub has found are for people to revoke");
    if (scans.length > 0 || (github.known && github.value.scans))
      cannotRepair("pushes that hold a secret are refused by GitHub's settings");
    const path = paths.find((one) => !one.includes("/")) ?? ".pre-commit-config.yaml";
    if (!/\.ya?ml$/.test(path)) cannotRepair(`hooks are not written into ${path}`);
    return [{ kind: "add", path, at: ["repos"], value: { ...gitleaks, hooks: [{ id: "gitleaks" }] } }];
  },
  examples: {
    passes: {
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/gitleaks/gitleaks\n    rev: v8.30.0\n    hooks:\n      - id: gitleaks\n",
    },
    fails: { ".pre-commit-config.yaml": "repos: []\n" },
  },
});
