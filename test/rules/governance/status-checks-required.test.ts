import rule from "../../../rules/governance/status-checks-required.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = { ".github/workflows/ci.yml": "on: pull_request\njobs:\n  test:\n    steps:\n      - run: pytest\n" };
const requires = (contexts: readonly string[], strict = false) => ({
  branchRules: [{ type: "required_status_checks", review: null, checks: { contexts, strict } }],
  classicProtection: null,
});
const seen = { names: ["test (3.13)", "lint", "pyready"], complete: true };

describeRule(rule, [
  {
    name: "a check with its suffix of the matrix, on a branch that is up to date",
    repo,
    settings: known({ ...requires(["test (3.13)"], true), recentChecks: seen }),
    expect: "pass",
  },
  {
    name: "a branch that may be behind",
    repo,
    settings: known({ ...requires(["lint"]), recentChecks: seen }),
    expect: "partial",
    value: 0.9,
    evidence: [""],
    says: "up to date",
  },
  {
    name: "a merge queue brings every branch up to date",
    repo,
    settings: known({
      ...requires(["lint"]),
      branchRules: [...requires(["lint"]).branchRules, { type: "merge_queue", review: null, checks: null }],
      recentChecks: seen,
    }),
    expect: "pass",
  },
  {
    name: "a rule of workflows, or of code scanning",
    repo,
    settings: known({
      branchRules: [{ type: "workflows", review: null, checks: null }],
      classicProtection: null,
      recentChecks: seen,
    }),
    expect: "partial",
    value: 0.9,
  },
  {
    name: "nothing is required",
    repo,
    settings: known({ branchRules: [], isProtected: false, recentChecks: seen }),
    expect: "fail",
    evidence: [""],
  },
  {
    name: "the check of this App alone",
    repo,
    settings: known({ ...requires(["pyready"]), recentChecks: seen }),
    expect: "fail",
    says: "Only `pyready`",
  },
  {
    name: "a name that reports no more",
    repo,
    settings: known({ ...requires(["test (3.8)"]), recentChecks: seen }),
    expect: "fail",
    says: "reports no more: `test (3.8)`",
  },
  {
    name: "a name that is not seen, where not all can be seen",
    repo,
    settings: known({ ...requires(["jenkins"]), recentChecks: { ...seen, complete: false } }),
    expect: "unknown",
  },
  {
    name: "a check that is required, and nobody knows what reports",
    repo,
    settings: known(requires(["lint"])),
    expect: "unknown",
  },
  {
    name: "protected, with the details hidden",
    repo,
    settings: known({ branchRules: [], isProtected: true, recentChecks: seen }),
    expect: "unknown",
    says: "administration: read",
  },
  {
    name: "nothing that could report",
    repo: { "main.go": "" },
    settings: known({ branchRules: [], isProtected: false, recentChecks: { names: ["pyready"], complete: true } }),
    expect: "skip",
  },
  {
    name: "a pipeline that no file here sets up",
    repo: { "main.go": "" },
    settings: known({ branchRules: [], isProtected: false, recentChecks: { names: ["jenkins"], complete: true } }),
    expect: "unknown",
  },
  {
    name: "a private repository on a free plan",
    repo,
    settings: { branchRules: { known: false, reason: "GitHub does not offer it on this plan", isNotOffered: true } },
    expect: "skip",
  },
  { name: "a folder", repo, expect: "unknown" },
]);
