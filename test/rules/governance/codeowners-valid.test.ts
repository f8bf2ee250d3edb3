import rule from "../../../rules/governance/codeowners-valid.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "", "shop/b.py": "", "docs/index.md": "" };

describeRule(rule, [
  {
    name: "none, and several people",
    repo: code,
    repository: { owner: "user" },
    settings: known({ contributors: 2 }),
    expect: "fail",
    evidence: [""],
  },
  {
    name: "none, in an organisation",
    repo: code,
    repository: { owner: "organization" },
    settings: known({ contributors: 1 }),
    expect: "fail",
  },
  {
    name: "none, and one person alone",
    repo: code,
    repository: { owner: "user" },
    settings: known({ contributors: 1 }),
    expect: "skip",
  },
  {
    name: "an owner that GitHub does not know, at its line",
    repo: { ...code, CODEOWNERS: "* @acme/platform\n/docs/ @acme/gone\n" },
    settings: known({ codeOwnersErrors: [{ path: "CODEOWNERS", line: 2, says: "Unknown owner" }] }),
    expect: "fail",
    evidence: ["CODEOWNERS:2"],
    says: "Unknown owner",
  },
  {
    name: "an error on a line that is no longer there",
    repo: { ...code, CODEOWNERS: "* @acme/platform\n" },
    settings: known({ codeOwnersErrors: [{ path: "CODEOWNERS", line: 9, says: "Unknown owner" }] }),
    expect: "pass",
  },
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
  {
    name: "several lines, of which the last that matches decides",
    repo: { ...code, CODEOWNERS: "/shop/ @ada\n*.py\n/docs/ @acme/writers\n" },
    expect: "partial",
    value: 0.3125,
    evidence: ["CODEOWNERS:1"],
    says: "25 %",
  },
  {
    name: "a star at the end means one folder alone",
    repo: { "docs/a.md": "", "docs/b/c.md": "", "docs/b/d.md": "", CODEOWNERS: "CODEOWNERS @ada\ndocs/* @ada\n" },
    expect: "partial",
    value: 0.625,
  },
  {
    name: "names with brackets, dots and folders of any depth",
    repo: {
      "app/(shop)/{id}/page.py": "",
      ".github/workflows/ci.yml": "on: push\n",
      "a/b/logs/x/y.txt": "",
      CODEOWNERS: "/app/(shop)/{id}/ @ada\n.github @ada\n**/logs @ada\nCODEOWNERS @ada\n",
    },
    expect: "pass",
    says: "100 %",
  },
  {
    name: "addresses and teams with dots, after CRLF and a comment at the end of a line",
    repo: { ...code, CODEOWNERS: "# all\r\n* ada@acme.example @acme/core.team # who else\r\n/docs/ writers\r\n" },
    expect: "fail",
    evidence: ["CODEOWNERS:3"],
    says: "writers is neither",
  },
  {
    name: "a form that GitHub does not know",
    repo: { ...code, CODEOWNERS: "* @ada\n/docs/[ab].md @ada\n" },
    expect: "fail",
    evidence: ["CODEOWNERS:2"],
  },
  {
    name: "a file of more lines than are read",
    repo: { ...code, CODEOWNERS: "/shop/ @ada\n".repeat(2001) },
    expect: "unknown",
    says: "2000",
  },
  { name: "nothing but comments", repo: { ...code, CODEOWNERS: "# later\n" }, expect: "fail" },
  { name: "no Python at all", repo: { "main.go": "", CODEOWNERS: "*.go @ada\n" }, expect: "partial", value: 0.625 },
  {
    name: "a file that cannot be read",
    repo: { ...code, CODEOWNERS: { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);
