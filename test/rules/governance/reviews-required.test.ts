import rule from "../../../rules/governance/reviews-required.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = { "main.go": "" };
const ruleWith = (approvals: number, strict = false) => ({
  type: "pull_request",
  review: { approvals, byCodeOwners: strict, dismissesStale: strict, afterLastPush: strict },
  checks: null,
});
const team = { contributors: 3, classicProtection: null } as const;

describeRule(rule, [
  {
    name: "approval by code owners, given anew, after the last push",
    repo,
    settings: known({ ...team, branchRules: [ruleWith(2, true)] }),
    expect: "pass",
    says: "2 approvals are needed.",
  },
  {
    name: "one approval and no more",
    repo,
    settings: known({ ...team, branchRules: [ruleWith(1)] }),
    expect: "partial",
    value: 0.7,
    evidence: [""],
    says: "whoever pushed last may approve",
  },
  {
    name: "approval by the older protection",
    repo,
    settings: known({
      contributors: 3,
      branchRules: [],
      classicProtection: {
        review: { approvals: 1, byCodeOwners: true, dismissesStale: false, afterLastPush: false },
        checks: null,
        allowsForcePushes: false,
        allowsDeletion: false,
        bindsAdministrators: true,
      },
    }),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a pull request that nobody approves",
    repo,
    settings: known({ ...team, branchRules: [ruleWith(0)] }),
    expect: "fail",
    evidence: [""],
  },
  {
    name: "an approval, whoever works here",
    repo,
    settings: known({ branchRules: [ruleWith(1, true)], classicProtection: null }),
    expect: "pass",
  },
  { name: "one person alone", repo, settings: known({ contributors: 1, branchRules: [] }), expect: "skip" },
  {
    name: "no approval, and nobody knows how many work here",
    repo,
    settings: known({ branchRules: [], classicProtection: null }),
    expect: "unknown",
    says: "how many people",
  },
  {
    name: "protected, with the details hidden",
    repo,
    settings: known({ contributors: 3, branchRules: [], isProtected: true }),
    expect: "unknown",
    says: "administration: read",
  },
  ...[".gitreview", ".zuul.d/project.yaml", "OWNERS", "bors.toml"].map((path) => ({
    name: `approvals are given elsewhere: ${path}`,
    repo: { ...repo, [path]: "" },
    settings: known({ ...team, branchRules: [] }),
    expect: "unknown" as const,
    says: path,
  })),
  {
    name: "a private repository on a free plan",
    repo,
    settings: {
      ...known({ contributors: 3 }),
      branchRules: { known: false, reason: "GitHub does not offer it on this plan", isNotOffered: true },
    },
    expect: "skip",
  },
  { name: "a folder", repo, expect: "unknown" },
]);
