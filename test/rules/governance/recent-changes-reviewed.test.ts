import rule from "../../../rules/governance/recent-changes-reviewed.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = { "main.go": "" };
const merged = (reviewed: number, bare: number, bots = 0) => [
  ...Array.from({ length: reviewed }, (_, at) => ({
    number: 100 + at,
    author: "ada",
    authorIsBot: false,
    isReviewed: true,
  })),
  ...Array.from({ length: bare }, (_, at) => ({
    number: 200 + at,
    author: "bob",
    authorIsBot: false,
    isReviewed: false,
  })),
  ...Array.from({ length: bots }, (_, at) => ({
    number: 300 + at,
    author: "renovate",
    authorIsBot: true,
    isReviewed: false,
  })),
];
const changes = (reviewed: number, bare: number, directPushes = 0, bots = 0) =>
  known({ contributors: 3, recentChanges: { merged: merged(reviewed, bare, bots), directPushes } });

describeRule(rule, [
  { name: "all of them, bots' updates left out", repo, settings: changes(20, 0, 0, 10), expect: "pass" },
  { name: "nineteen of twenty are enough", repo, settings: changes(19, 1), expect: "pass" },
  {
    name: "three of four, and which were not",
    repo,
    settings: changes(15, 5),
    expect: "partial",
    value: 0.25 / 0.45,
    evidence: [""],
    says: "Of the last 20 changes of people 15 were approved by somebody else; not approved: pull requests 200, 201",
  },
  {
    name: "what is pushed is not reviewed",
    repo,
    settings: changes(10, 0, 10),
    expect: "fail",
    evidence: [""],
    says: "10 were pushed without a pull request",
  },
  { name: "less than half", repo, settings: changes(4, 6), expect: "fail" },
  { name: "four pull requests tell nothing", repo, settings: changes(4, 0, 0, 20), expect: "unknown", says: "only 4" },
  {
    name: "one person alone",
    repo,
    settings: known({ contributors: 1, recentChanges: { merged: merged(0, 20), directPushes: 0 } }),
    expect: "skip",
  },
  {
    name: "nobody knows how many work here",
    repo,
    settings: known({ recentChanges: { merged: merged(20, 0), directPushes: 0 } }),
    expect: "unknown",
  },
  {
    name: "approvals are given in Gerrit",
    repo: { ...repo, ".gitreview": "[gerrit]\n" },
    settings: changes(0, 20),
    expect: "unknown",
    says: "Gerrit",
  },
  {
    name: "without the permission",
    repo,
    settings: { recentChanges: { known: false, reason: "needs pull_requests: read" } },
    expect: "unknown",
    says: "pull_requests: read",
  },
]);
