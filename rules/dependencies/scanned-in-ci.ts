import { cannotJudge, cannotRepair, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A scan beside the pull requests finds the same, days after the merge. */
const LATER = 0.7;

export default defineRule({
  title: "CI looks for known vulnerabilities in dependencies",
  severity: "medium",
  why: "A vulnerable package is cheapest to turn away on the pull request that brings it; once merged it is deployed before anybody reads an advisory.",
  fix: "Add a job with `actions/dependency-review-action` on pull requests, or run `pip-audit`, `uv audit` or `osv-scanner` in CI.",
  references: ["https://docs.github.com/code-security/supply-chain-security/about-dependency-review"],
  peers: ["OpenSSF OSPS-VM-05.03", "SSDF PW.4.4", "PCI DSS 6.3.1"],
  scope: "repository",
  needs: ["dependencyScans", "dependencies", "githubSettings"],
  check({
    dependencyScans: { scans, hidden, unread },
    dependencies: { manifests, unread: closed },
    githubSettings: { vulnerabilityAlerts: alerts },
  }) {
    const at = ({ tool, path, line }: (typeof scans)[number], when: string) => ({
      path,
      line,
      found: `${tool} looks for vulnerable dependencies${when}.`,
    });
    if (!manifests.some(({ declares }) => declares) && closed.length === 0) return skip("no dependency is declared");
    const early = scans.filter(({ onPullRequests }) => onPullRequests !== "no");
    if (early.length > 0) return pass(early.map((scan) => at(scan, "")));
    if (scans.length > 0)
      return partial(
        LATER,
        scans.map((scan) => at(scan, ", though not on pull requests")),
      );
    if (alerts.known && alerts.value)
      return partial(LATER, [{ found: "Dependabot alerts tell of vulnerable dependencies, after they are merged." }]);
    if (hidden) cannotJudge(`what CI runs is not fully known: ${hidden}`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return fail([{ found: "Nothing in CI looks for known vulnerabilities in the dependencies." }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["ci", "repositoryInfo", "reviewWorkflow"],
  repair({ ci: { systems }, repositoryInfo: { visibility }, reviewWorkflow }) {
    if (systems.some(({ system }) => system !== "GitHub Actions")) cannotRepair("only workflows of GitHub are written");
    if (visibility === "private" || visibility === "internal")
      cannotRepair("in a private repository GitHub's review of dependencies needs GitHub Advanced Security");
    return [{ kind: "create", path: ".github/workflows/dependency-review.yml", text: reviewWorkflow }];
  },
  examples: {
    passes: {
      ".github/workflows/review.yml":
        "on: pull_request\njobs:\n  dependencies:\n    steps:\n      - uses: actions/dependency-review-action@v5\n",
      "requirements.txt": "django\n",
      "shop/api.py": "",
    },
    fails: {
      ".github/workflows/ci.yml": "on: pull_request\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      "requirements.txt": "django\n",
      "shop/api.py": "",
    },
  },
});
