import { cannotJudge, defineRule, fail, partial, skip } from "../../src/rule.ts";

const REQUIRED = 0.9;
/** The check of this App judges the repository, and does not run its tests. */
const OWN = "pyready";
const MOST_LISTED = 3;
const TESTED = { ".github/workflows/ci.yml": "on: pull_request\njobs:\n  test:\n    steps:\n      - run: pytest\n" };
const RULE = { type: "required_status_checks", review: null, checks: { contexts: ["test"], strict: true } };
const RECENT = { names: ["test"], complete: true };

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
      if (requiredChecks.length > 0) return fail([{ found: `Only \`${OWN}\` has to pass, which runs no tests.` }]);
      return fail([{ found: "No check has to pass before a merge." }]);
    }
    if (!recentChecks.known) cannotJudge(`which checks report is not known: ${recentChecks.reason}`);
    const quoted = required.slice(0, MOST_LISTED).map((name) => `\`${name}\``);
    const listed = quoted.join(", ");
    if (required.some((name) => recentChecks.value.names.includes(name)))
      return partial(REQUIRED + upToDate, [{ found: `Checks have to pass: ${listed}${late}.` }]);
    if (!recentChecks.value.complete) cannotJudge(`whether ${listed} still reports is not known`);
    return fail([{ found: `What has to pass reports no more: ${listed}.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: TESTED,
    fails: TESTED,
    outside: {
      passes: { settings: { branchRules: [RULE], classicProtection: null, recentChecks: RECENT } },
      fails: { settings: { branchRules: [], isProtected: false, recentChecks: RECENT } },
    },
  },
});
