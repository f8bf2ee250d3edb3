import { cannotJudge, defineRule, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Workflows start with few rights",
  severity: "medium",
  why: "A workflow that says nothing of its permissions gets the repository's default; where that is to write, every action that anybody adds can push code.",
  fix: "Under Settings → Actions → General choose read permissions, no approval of pull requests by workflows, selected actions or pinning to commits, and approval for forks.",
  byHand: "it is set in GitHub's settings",
  references: [
    "https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository",
  ],
  peers: ["Scorecard Token-Permissions", "OpenSSF OSPS-AC-04.01", "zizmor excessive-permissions"],
  appliesTo: "any",
  scope: "repository",
  needs: ["githubSettings", "repositoryInfo", "tokenPermissions"],
  check({
    githubSettings: { workflowToken: token, actionsPolicy: policy, approvesForks: forks },
    repositoryInfo: { visibility },
    tokenPermissions: { hasWorkflows },
  }) {
    if (!hasWorkflows) return skip("there are no GitHub workflows");
    if (policy.known && !policy.value.enabled) return skip("GitHub Actions is off");
    if (!token.known) cannotJudge(token.reason);
    if (!policy.known) cannotJudge(policy.reason);
    const isPublic = visibility === "public" || visibility === "unknown";
    const settings = [
      [token.value.isReadOnly, "The token of workflows may write by default."],
      [!token.value.approvesPullRequests, "Workflows may approve pull requests."],
      [policy.value.allowed !== "all" || policy.value.pinsToCommits, "Any action may run, pinned to a commit or not."],
      // Whoever cannot see the repository has no fork of it.
      ...(isPublic && forks.known
        ? [[forks.value, "Workflows of forks wait for approval only where the account is new to GitHub."] as const]
        : []),
    ] as const;
    const open = settings.flatMap(([isRestricted, found]) => (isRestricted ? [] : [{ found }]));
    return shareOf(settings.length - open.length, settings.length, open);
  },
  message: ({ found }) => found,
  examples: {
    passes: { ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n" },
    fails: { ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n" },
    outside: {
      passes: {
        settings: {
          workflowToken: { isReadOnly: true, approvesPullRequests: false },
          actionsPolicy: { enabled: true, allowed: "selected", pinsToCommits: false },
          approvesForks: true,
        },
      },
      fails: {
        settings: {
          workflowToken: { isReadOnly: false, approvesPullRequests: true },
          actionsPolicy: { enabled: true, allowed: "all", pinsToCommits: false },
          approvesForks: false,
        },
      },
    },
  },
});
