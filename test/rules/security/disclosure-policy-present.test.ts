import rule from "../../../rules/security/disclosure-policy-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };

describeRule(rule, [
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
