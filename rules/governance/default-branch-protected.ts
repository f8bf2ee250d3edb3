import { cannotJudge, defineRule, partial, pass, skip } from "../../src/rule.ts";

const PULL_REQUEST = 0.5;
/** Each of two ways in which it is kept. */
const KEPT = 0.25;
/** Protected in the older way, and only administrators see how. */
const HIDDEN = 0.7;

const ruleOf = (type: string) => ({ type, review: null, checks: null });

export default defineRule({
  title: "Nobody pushes straight to the default branch",
  severity: "high",
  why: "One push from a stolen token or a tired person changes what everybody builds from, and a forced one takes away the history that would show it.",
  fix: "Add a ruleset for the default branch that requires a pull request and blocks force pushes and deletion, under Settings → Rules.",
  byHand: "it is switched on in GitHub's settings",
  references: [
    "https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets",
  ],
  peers: ["Scorecard Branch-Protection", "OpenSSF OSPS-AC-03.01", "Allstar branch protection"],
  appliesTo: "any",
  scope: "repository",
  needs: ["branchProtection"],
  check({ branchProtection }) {
    if (!branchProtection.known) {
      if (branchProtection.isNotOffered) return skip(branchProtection.reason);
      cannotJudge(branchProtection.reason);
    }
    const { needsPullRequest, refusesForcePushes, refusesDeletion, isPartlyHidden } = branchProtection.value;
    const missing = [
      needsPullRequest ? "" : "changes need no pull request",
      refusesForcePushes ? "" : "history can be overwritten by a forced push",
      refusesDeletion ? "" : "it can be deleted",
    ].filter(Boolean);
    if (missing.length === 0)
      return pass([{ found: "The default branch takes pull requests alone, and keeps its history." }]);
    const kept = Number(refusesForcePushes) + Number(refusesDeletion);
    const seen = Number(needsPullRequest) * PULL_REQUEST + kept * KEPT;
    if (isPartlyHidden)
      return partial(Math.max(HIDDEN, seen), [
        { found: "The default branch is protected; how, only the permission administration: read would show." },
      ]);
    return partial(seen, [{ found: `On the default branch ${missing.join(", and ")}.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: { "shop/api.py": "" },
    fails: { "shop/api.py": "" },
    outside: {
      passes: {
        settings: {
          branchRules: ["pull_request", "non_fast_forward", "deletion"].map(ruleOf),
          isProtected: true,
        },
      },
      fails: { settings: { branchRules: [], isProtected: false } },
    },
  },
});
