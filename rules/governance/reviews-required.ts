import { cannotJudge, defineRule, fail, partial, skip } from "../../src/rule.ts";

const APPROVAL = 0.7;
const EACH_MORE = 0.1;
const ALL = { approvals: 1, byCodeOwners: true, dismissesStale: true, afterLastPush: true };

export default defineRule({
  title: "A second person has to approve each change",
  severity: "high",
  why: "What one person can merge alone, one stolen account can merge alone as well.",
  fix: "Require at least one approval in the ruleset of the default branch, from code owners, given anew after each push.",
  byHand: "it is switched on in GitHub's settings",
  references: [
    "https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets#require-a-pull-request-before-merging",
  ],
  peers: ["Scorecard Branch-Protection", "OpenSSF OSPS-QA-07.01", "PCI DSS 6.2.3.1", "SOC 2 CC8.1"],
  appliesTo: "any",
  scope: "repository",
  needs: ["branchProtection", "githubSettings", "reviewElsewhere"],
  check({ branchProtection, githubSettings: { contributors }, reviewElsewhere }) {
    if (contributors.known && contributors.value < 2) return skip("one person alone works here");
    if (!branchProtection.known) {
      if (branchProtection.isNotOffered) return skip(branchProtection.reason);
      cannotJudge(branchProtection.reason);
    }
    const { approvals, byCodeOwners, dismissesStale, afterLastPush, isPartlyHidden } = branchProtection.value;
    if (approvals === 0) {
      if (isPartlyHidden)
        cannotJudge("the default branch is protected, and only the permission administration: read shows how");
      if (reviewElsewhere) cannotJudge(`${reviewElsewhere.path}: approvals are given in ${reviewElsewhere.system}`);
      if (!contributors.known) cannotJudge(`how many people work here is not known: ${contributors.reason}`);
      return fail([{ found: "A change can be merged without anybody's approval." }]);
    }
    const missing = [
      byCodeOwners ? "" : "code owners need not be among those who approve",
      dismissesStale ? "" : "an approval outlives later pushes",
      afterLastPush ? "" : "whoever pushed last may approve",
    ].filter(Boolean);
    const needed = approvals === 1 ? "An approval is needed" : `${approvals} approvals are needed`;
    return partial(APPROVAL + EACH_MORE * (3 - missing.length), [
      { found: missing.length === 0 ? `${needed}.` : `${needed}; ${missing.join(", and ")}.` },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: { "shop/api.py": "" },
    fails: { "shop/api.py": "" },
    outside: {
      passes: {
        settings: {
          branchRules: [{ type: "pull_request", review: ALL, checks: null }],
          classicProtection: null,
          contributors: 4,
        },
      },
      fails: { settings: { branchRules: [], isProtected: false, contributors: 4 } },
    },
  },
});
