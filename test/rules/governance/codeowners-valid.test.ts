import rule from "../../../rules/governance/codeowners-valid.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "", "shop/b.py": "", "docs/index.md": "" };

describeRule(rule, [
  { name: "none, with contributors unknown", repo: code, expect: "unknown", says: "CODEOWNERS" },
  {
    name: "a catch-all below a comment",
    repo: { ...code, ".github/CODEOWNERS": "# everything\n* @acme/platform ada@acme.example\n" },
    expect: "pass",
    evidence: [".github/CODEOWNERS:2"],
  },
  {
    name: "an owner without @, at its line",
    repo: { ...code, CODEOWNERS: "* @acme/platform\n/docs/ writers\n" },
    expect: "fail",
    evidence: ["CODEOWNERS:2"],
    says: "writers",
  },
  {
    name: "a negated pattern",
    repo: { ...code, CODEOWNERS: "* @ada\n!/docs/ @ada\n" },
    expect: "fail",
    evidence: ["CODEOWNERS:2"],
  },
  {
    name: "the last match takes the owner away",
    repo: { ...code, "docs/CODEOWNERS": "* @ada\n/shop/\n" },
    expect: "partial",
    value: 0.625,
  },
  {
    name: ".github comes before the root",
    repo: { ...code, ".github/CODEOWNERS": "* @ada\n", CODEOWNERS: "* nobody\n" },
    expect: "pass",
  },
  { name: "nothing but comments", repo: { ...code, CODEOWNERS: "# later\n" }, expect: "fail" },
  { name: "no Python at all", repo: { "main.go": "", CODEOWNERS: "*.go @ada\n" }, expect: "partial", value: 0.625 },
  {
    name: "a file that cannot be read",
    repo: { ...code, CODEOWNERS: { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);
