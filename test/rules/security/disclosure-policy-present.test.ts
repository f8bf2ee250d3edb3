import { expect } from "@jest/globals";
import rule from "../../../rules/security/disclosure-policy-present.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };

describeRule(rule, [
  {
    name: "the organisation's own policy",
    repo: code,
    repository: { owner: "organization", visibility: "public" },
    settings: known({ community: { hasSecurityPolicy: true, hasContributingGuide: false, licence: null } }),
    expect: "partial",
    value: 0.6,
    says: "organisation's policy",
  },
  {
    name: "no policy, nor one of the organisation",
    repo: code,
    repository: { owner: "organization", visibility: "public" },
    settings: known({ community: { hasSecurityPolicy: false, hasContributingGuide: false, licence: null } }),
    expect: "fail",
    evidence: [""],
  },
  {
    name: "private reporting lifts a policy that names no address",
    repo: { ...code, "SECURITY.md": "We answer within 30 days and fix what is found.\n" },
    settings: known({ privateReporting: true }),
    expect: "pass",
  },
  {
    name: "none in a person's public repository",
    repo: code,
    repository: { owner: "user", visibility: "public" },
    expect: "fail",
    evidence: [""],
  },
  {
    name: "none in an organisation's repository: its .github may hold one",
    repo: code,
    repository: { owner: "organization", visibility: "public" },
    expect: "unknown",
    says: ".github",
  },
  { name: "none in a folder", repo: code, expect: "unknown" },
  { name: "none where visibility is not known", repo: code, repository: { owner: "user" }, expect: "unknown" },
  {
    name: "none in a person's private repository",
    repo: code,
    repository: { owner: "user", visibility: "private" },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a form by its link, and a promise of time",
    repo: {
      ...code,
      ".github/SECURITY.md":
        "To report a security issue, please use [go.example/vulnz](https://go.example/vulnz).\nThe team will respond within 5 working days.\n",
    },
    expect: "pass",
  },
  {
    name: "public issues are no private way",
    repo: {
      ...code,
      "SECURITY.md": "Please report problems as [issues](https://github.com/acme/shop/issues).\n",
    },
    expect: "fail",
  },
  {
    name: "a person who is named",
    repo: { ...code, "SECURITY.md": "Open an issue. If it cannot be public, contact @ada directly.\n" },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "private reporting, and a review that is promised",
    repo: {
      ...code,
      "SECURITY.md":
        "Please [report it to us in private](https://github.com/acme/shop/security/advisories/new). We will review it and get back to you.\n",
    },
    expect: "partial",
    value: 0.9,
  },
  {
    name: "that other people's fixes are named is no handling",
    repo: { ...code, "SECURITY.md": "Mail security@acme.example before a fix has been made.\n" },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "the template with its words",
    repo: { ...code, "SECURITY.md": "# Security Policy\n\nUse this section to tell people about versions.\n" },
    expect: "fail",
    evidence: ["SECURITY.md:1"],
  },
  {
    name: "a contact alone",
    repo: { ...code, ".github/SECURITY.md": "Write to security@acme.example\n" },
    expect: "partial",
    value: 0.6,
    evidence: [".github/SECURITY.md:1"],
    says: "how soon",
  },
  {
    name: "a contact and what happens",
    repo: {
      ...code,
      "docs/security.rst": "Report a vulnerability through GitHub's security advisories. We coordinate the release.\n",
    },
    expect: "partial",
    value: 0.9,
  },
  {
    name: "no contact",
    repo: { ...code, "SECURITY.md": "We fix what is found within 30 days.\n" },
    expect: "partial",
    value: 0.4,
  },
  {
    name: "none in a repository of an organisation's members",
    repo: code,
    repository: { owner: "user", visibility: "internal" },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "one whose end is not read",
    repo: { ...code, "SECURITY.md": `Mail security@acme.example.\n${"More. ".repeat(200_000)}` },
    expect: "unknown",
  },
  {
    name: "one that cannot be read",
    repo: { ...code, "SECURITY.md": { unreadable: "it is binary" } },
    expect: "unknown",
    says: "binary",
  },
  {
    name: "an assistant's rule is no policy",
    repo: { ...code, ".clinerules/security.md": "Mail security@acme.example" },
    expect: "unknown",
  },
  {
    name: "no Python at all",
    repo: { "main.go": "", "SECURITY.md": "Mail security@acme.example; we answer within 3 days." },
    expect: "pass",
  },
]);

const asUser = { visibility: "public", owner: "user" } as const;

describeRepair(rule, [
  {
    name: "tells of GitHub's private reports, where they are on",
    repo: code,
    repository: asUser,
    settings: { privateReporting: { known: true, value: true } },
    after: { "SECURITY.md": expect.stringContaining("choose *Report a vulnerability*") },
    leaves: true,
  },
  {
    name: "invents no address",
    repo: code,
    repository: asUser,
    settings: { privateReporting: { known: true, value: false } },
    refuses: "whom to tell only you know",
  },
  { name: "a policy that is there", repo: rule.examples.fails, refuses: "what a policy says is for people to say" },
]);
