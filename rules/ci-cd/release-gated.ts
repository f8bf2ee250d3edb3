import { cannotJudge, defineRule, offer, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "A release follows a decision or green tests",
  severity: "medium",
  why: "A job that publishes or deploys whatever is pushed ships a broken or stolen commit as fast as a good one.",
  fix: "Let the job wait for the tests (`needs: [test]`) or start it by a tag or release, and give it an `environment:` whose rules GitHub holds to; restore no caches in it.",
  references: [
    "https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments",
    "https://docs.zizmor.sh/audits/#cache-poisoning",
  ],
  peers: ["zizmor cache-poisoning", "SLSA Build"],
  scope: "repository",
  needs: ["releaseGates", "branchProtection"],
  check({ releaseGates: { gates, hidden, testsPullRequests, unread }, branchProtection }) {
    // What had to pass before the merge is a gate of what is released from the branch.
    const isGuarded =
      branchProtection.known && branchProtection.value.requiredChecks.some((name) => name !== "pyready");
    if (gates.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (gates.length === 0 && hidden)
      cannotJudge(`what the release at ${hidden.path}:${hidden.line} waits for cannot be read`);
    if (gates.length === 0) return skip("no workflow publishes or deploys");
    const judged = gates.map((gate) => {
      // Half is for what comes before the release, half for the environment; whether tests
      // that ran on the pull request were required, only the settings tell.
      const before = !gate.ungated || (isGuarded && testsPullRequests) ? 0.5 : testsPullRequests ? 0.25 : 0;
      const value = (before + (gate.hasEnvironment ? 0.5 : 0)) * (gate.cache ? 0.5 : 1);
      return { gate, value };
    });
    const sum = judged.reduce((total, { value }) => total + value, 0);
    const places = judged.flatMap(({ gate: { path, line, job, ungated, hasEnvironment, says, cache } }) => [
      ...(ungated || !hasEnvironment ? [{ path, line, found: says }] : []),
      ...(cache
        ? [{ ...cache, found: `The job \`${job}\` restores a cache into the package that it publishes.` }]
        : []),
    ]);
    return shareOf(sum, gates.length, places);
  },
  message: ({ found }) => found,
  repairNeeds: ["missingGates"],
  repair: ({ missingGates }) =>
    offer(missingGates, "what the release waits for, and who decides on it, is for people to say"),
  examples: {
    passes: {
      "slug.py": "",
      ".github/workflows/release.yml":
        "on: { release: { types: [published] } }\njobs:\n  publish:\n    environment: pypi\n    permissions:\n      id-token: write\n    steps:\n      - uses: pypa/gh-action-pypi-publish@release/v1\n",
    },
    fails: {
      "slug.py": "",
      ".github/workflows/release.yml":
        "on: { push: { branches: [main] } }\njobs:\n  publish:\n    steps:\n      - run: uv publish\n",
    },
  },
});
