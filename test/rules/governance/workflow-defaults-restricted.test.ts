import rule from "../../../rules/governance/workflow-defaults-restricted.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = { ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n" };
const token = { isReadOnly: true, approvesPullRequests: false };
const policy = { enabled: true, allowed: "selected", pinsToCommits: false } as const;
const all = { ...policy, allowed: "all" } as const;

describeRule(rule, [
  {
    name: "all of it, in a private repository whose forks are its members'",
    repo,
    repository: { visibility: "private" },
    settings: known({ workflowToken: token, actionsPolicy: policy, approvesForks: false }),
    expect: "pass",
  },
  {
    name: "any action, held to commits",
    repo,
    settings: known({ workflowToken: token, actionsPolicy: { ...all, pinsToCommits: true }, approvesForks: true }),
    expect: "pass",
  },
  {
    name: "forks run by themselves in a public repository",
    repo,
    repository: { visibility: "public" },
    settings: known({ workflowToken: token, actionsPolicy: policy, approvesForks: false }),
    expect: "partial",
    value: 0.75,
    evidence: [""],
    says: "forks",
  },
  {
    name: "a token that writes, and any action",
    repo,
    repository: { visibility: "private" },
    settings: known({ workflowToken: { ...token, isReadOnly: false }, actionsPolicy: all }),
    expect: "partial",
    value: 1 / 3,
  },
  {
    name: "nothing of it",
    repo,
    settings: known({
      workflowToken: { isReadOnly: false, approvesPullRequests: true },
      actionsPolicy: all,
      approvesForks: false,
    }),
    expect: "fail",
    evidence: ["", "", "", ""],
  },
  {
    name: "without the permission",
    repo,
    settings: {
      ...known({ actionsPolicy: policy }),
      workflowToken: { known: false, reason: "needs administration: read" },
    },
    expect: "unknown",
    says: "administration: read",
  },
  { name: "the policy is not known", repo, settings: known({ workflowToken: token }), expect: "unknown" },
  { name: "Actions are off", repo, settings: known({ actionsPolicy: { ...policy, enabled: false } }), expect: "skip" },
  { name: "no workflow", repo: { "main.go": "" }, expect: "skip" },
]);
