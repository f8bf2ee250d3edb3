import { cannotJudge, defineRule, fail, partial, skip } from "../../src/rule.ts";

const REQUIRED = 0.9;
/** The check of this App judges the repository, and does not run its tests. */
const OWN = "pyready";
/** Names that are listed. */
const NAMED = 3;

export default defineRule({
  title: "What is red cannot be merged",
  severity: "high",
  why: "Tests that may fail at a merge are read when there is time; the broken default branch then stops everybody.",
  fix: "Require the checks of the tests in the ruleset of the default branch, by the names that they report under, and that branches are up to date or go through a merge queue.",
  byHand: "it is switched on in GitHub's settings",
  references: [
    "https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets#require-status-checks-to-pass-before-merging",
  ],
  peers: ["Scorecard Branch-Protection", "OpenSSF OSPS-QA-03.01"],
  appliesTo: "any",
  scope: "repository",
  needs: ["branchProtection", "githubSettings", "ci"],
  check({ branchProtection, githubSettings: { recentChecks }, ci }) {
    const reports = recentChecks.known && recentChecks.value.names.some((name) => name !== OWN);
    if (ci.systems.length === 0 && recentChecks.known && !reports) return skip("no check reports here");
    if (!branchProtection.known) {
      if (branchProtection.isNotOffered) return skip(branchProtection.reason);
      cannotJudge(branchProtection.reason);
    }
    const { requiredChecks, requiresWorkflows, isUpToDate, isPartlyHidden } = branchProtection.value;
    const required = requiredChecks.filter((name) => name !== OWN);
    const upToDate = isUpToDate ? 0.1 : 0;
    const late = isUpToDate ? "" : "; a branch need not be up to date with what it is merged into";
    if (requiresWorkflows) return partial(REQUIRED + upToDate, [{ found: `Workflows have to pass${late}.` }]);
    if (required.length === 0) {
      if (isPartlyHidden)
        cannotJudge("the default branch is protected, and only the permission administration: read shows how");
      if (ci.systems.length === 0) cannotJudge("whether anything reports a check here is not known");
      const own =
        requiredChecks.length > 0
          ? `Only \`${OWN}\` has to pass, which runs no tests.`
          : "No check has to pass before a merge.";
      return fail([{ found: own }]);
    }
    if (!recentChecks.known) cannotJudge(`which checks report is not known: ${recentChecks.reason}`);
    const { names, complete } = recentChecks.value;
    const listed = required
      .slice(0, NAMED)
      .map((name) => `\`${name}\``)
      .join(", ");
    if (required.some((name) => names.includes(name)))
      return partial(REQUIRED + upToDate, [{ found: `Checks have to pass: ${listed}${late}.` }]);
    if (!complete) cannotJudge(`whether ${listed} still reports is not known`);
    return fail([{ found: `What has to pass reports no more: ${listed}.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: { ".github/workflows/ci.yml": "on: pull_request\njobs:\n  test:\n    steps:\n      - run: pytest\n" },
    fails: { ".github/workflows/ci.yml": "on: pull_request\njobs:\n  test:\n    steps:\n      - run: pytest\n" },
    outside: {
      passes: {
        settings: {
          branchRules: [{ type: "required_status_checks", review: null, checks: { contexts: ["test"], strict: true } }],
          classicProtection: null,
          recentChecks: { names: ["test"], complete: true },
        },
      },
      fails: {
        settings: { branchRules: [], isProtected: false, recentChecks: { names: ["test"], complete: true } },
      },
    },
  },
});
