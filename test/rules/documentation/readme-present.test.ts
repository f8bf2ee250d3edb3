import rule from "../../../rules/documentation/readme-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const prose = "Orders takes the shop's orders over HTTP and hands them to the warehouse. ".repeat(6);

describeRule(rule, [
  { name: "nothing at all", repo: { "app.py": "" }, expect: "fail", evidence: [""] },
  {
    name: "a README in docs/",
    repo: { "docs/README.md": `# Orders\n${prose}` },
    expect: "pass",
    evidence: ["docs/README.md:1"],
  },
  { name: "reStructuredText", repo: { "README.rst": `Orders\n======\n\n${prose}` }, expect: "pass" },
  {
    name: "an empty file",
    repo: { "README.md": "", "app.py": "" },
    expect: "fail",
    evidence: ["README.md:1"],
  },
  {
    name: "the text of a template",
    repo: { "README.md": `# Orders\n\nA short description of the project.\n\n${prose}` },
    expect: "fail",
    evidence: ["README.md:1"],
    says: "template",
  },
  {
    name: "a title and prose after a BOM and CRLF",
    repo: { "README.rst": `\uFEFFOrders\r\n======\r\n\r\n${prose}\r\n` },
    expect: "pass",
  },
  {
    name: "code and comments are no prose",
    repo: { "README.md": `# Orders\n\n<!-- ${prose} -->\n\n\`\`\`\n${prose}\n\`\`\`\n` },
    expect: "fail",
    evidence: ["README.md:1"],
  },
  { name: "lower case", repo: { "readme.md": `# Orders\n${prose}` }, expect: "pass" },
  { name: "no Python at all", repo: { "README.md": prose, "main.go": "" }, expect: "pass" },
  {
    name: "only badges and headings",
    repo: { "README.md": `# Orders\n${"[![build](https://ci.example/b.svg)](https://ci.example)\n".repeat(20)}` },
    expect: "fail",
    evidence: ["README.md:1"],
  },
  {
    name: "text in Korean counts by length",
    repo: { "README.md": `# 주문\n${"주문을 받아 창고로 넘기는 서비스입니다 ".repeat(30)}` },
    expect: "pass",
  },
  {
    name: "a link to the real file",
    repo: { "README.md": { link: "docs/index.md" }, "docs/index.md": prose },
    expect: "pass",
  },
  {
    name: "a link that leads nowhere",
    repo: { "README.md": { link: "gone.md" } },
    expect: "unknown",
    says: "README.md",
  },
  { name: "a file that cannot be read", repo: { "README.md": { unreadable: "it is binary" } }, expect: "unknown" },
  { name: "a tree that was cut", repo: { "app.py": "" }, complete: false, expect: "unknown" },
]);
