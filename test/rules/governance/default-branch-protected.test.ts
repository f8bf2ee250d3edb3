import rule from "../../../rules/governance/default-branch-protected.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = { "main.go": "" };
const rulesOf = (...types: readonly string[]) => types.map((type) => ({ type, review: null, checks: null }));
const classic = {
  review: { approvals: 1, byCodeOwners: false, dismissesStale: false, afterLastPush: false },
  checks: null,
  allowsForcePushes: false,
  allowsDeletion: false,
  bindsAdministrators: true,
};

describeRule(rule, [
  {
    name: "a ruleset with all three",
    repo,
    settings: known({ branchRules: rulesOf("pull_request", "non_fast_forward", "deletion"), classicProtection: null }),
    expect: "pass",
  },
  {
    name: "the older protection",
    repo,
    settings: known({ branchRules: [], classicProtection: classic }),
    expect: "pass",
  },
  {
    name: "the two together",
    repo,
    settings: known({
      branchRules: rulesOf("pull_request"),
      classicProtection: { ...classic, review: null },
    }),
    expect: "pass",
  },
  {
    name: "a merge queue takes pull requests alone",
    repo,
    settings: known({ branchRules: rulesOf("merge_queue", "deletion"), classicProtection: null }),
    expect: "partial",
    value: 0.75,
  },
  {
    name: "force pushes and deletion alone",
    repo,
    settings: known({ branchRules: rulesOf("non_fast_forward", "deletion"), classicProtection: null }),
    expect: "partial",
    value: 0.5,
    evidence: [""],
    says: "changes need no pull request",
  },
  {
    name: "rules of something else",
    repo,
    settings: known({ branchRules: rulesOf("required_signatures"), classicProtection: null }),
    expect: "fail",
    evidence: [""],
    says: "overwritten",
  },
  {
    name: "nothing, proven by the branch's own flag",
    repo,
    settings: known({ branchRules: [], isProtected: false }),
    expect: "fail",
  },
  {
    name: "protected in the older way, of which the details are hidden",
    repo,
    settings: known({ branchRules: [], isProtected: true }),
    expect: "partial",
    value: 0.7,
    says: "administration: read",
  },
  {
    name: "no ruleset, and whether the older protection is there is not known",
    repo,
    settings: known({ branchRules: [] }),
    expect: "unknown",
  },
  {
    name: "a private repository on a free plan",
    repo,
    settings: { branchRules: { known: false, reason: "GitHub does not offer it on this plan", isNotOffered: true } },
    expect: "skip",
    says: "plan",
  },
  { name: "a folder", repo, expect: "unknown" },
  { name: "before the first reading", repo, settings: {}, expect: "unknown", says: "not read yet" },
]);
