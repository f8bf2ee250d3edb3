import rule from "../../../rules/governance/no-standing-bypass.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = { "main.go": "" };
const rulesetFor = (...always: readonly string[]) => ({
  ruleset: "main",
  always: { known: true as const, value: always },
});
const hidden = { ruleset: "org", always: { known: false as const, reason: "needs administration: write" } };
const classic = {
  review: null,
  checks: null,
  allowsForcePushes: false,
  allowsDeletion: false,
  bindsAdministrators: true,
};

describeRule(rule, [
  { name: "nobody", repo, settings: known({ bypasses: [rulesetFor()], classicProtection: null }), expect: "pass" },
  {
    name: "a role",
    repo,
    settings: known({ bypasses: [rulesetFor("RepositoryRole", "Integration")], classicProtection: null }),
    expect: "fail",
    evidence: ["", ""],
    says: "does not bind a role or team (RepositoryRole)",
  },
  {
    name: "administrators, of the older protection",
    repo,
    settings: known({ bypasses: [], classicProtection: { ...classic, bindsAdministrators: false } }),
    expect: "fail",
    evidence: [""],
    says: "administrators",
  },
  {
    name: "the older protection binds all",
    repo,
    settings: known({ bypasses: [], classicProtection: classic }),
    expect: "pass",
  },
  {
    name: "a bot that releases",
    repo,
    settings: known({ bypasses: [rulesetFor("Integration")], classicProtection: null }),
    expect: "partial",
    value: 0.8,
    evidence: [""],
  },
  {
    name: "a list that is not shown",
    repo,
    settings: known({ bypasses: [rulesetFor(), hidden], classicProtection: null }),
    expect: "unknown",
    says: "administration: write",
  },
  {
    name: "what is shown of another is enough",
    repo,
    settings: known({ bypasses: [hidden, rulesetFor("OrganizationAdmin")], classicProtection: null }),
    expect: "fail",
  },
  {
    name: "no ruleset, and an older protection that is hidden",
    repo,
    settings: known({ bypasses: [], isProtected: true }),
    expect: "unknown",
  },
  { name: "no rule at all", repo, settings: known({ bypasses: [], isProtected: false }), expect: "skip" },
  {
    name: "a private repository on a free plan",
    repo,
    settings: { bypasses: { known: false, reason: "GitHub does not offer it on this plan", isNotOffered: true } },
    expect: "skip",
  },
  { name: "a folder", repo, expect: "unknown" },
]);
