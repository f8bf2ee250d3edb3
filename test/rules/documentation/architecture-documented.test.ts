import rule from "../../../rules/documentation/architecture-documented.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Record<string, string | { unreadable: string }>) => ({
  "shop/api.py": "",
  "requirements.txt": "fastapi\ngunicorn\n",
  ...files,
});
const TEXT = "The web process takes orders and puts them on a queue; a worker books them.\n".repeat(3);

describeRule(rule, [
  {
    name: "a demonstration",
    repo: service({ "README.md": "# Shop\n\nThis is an example application of a tutorial.\n" }),
    expect: "skip",
    says: "README.md:3",
  },
  {
    name: "a product that others install: they read it as well",
    repo: service({
      LICENSE: "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n",
      "CHANGELOG.md": "# Changelog\n\n## 2.1.0\n\n- Refunds.\n",
    }),
    expect: "fail",
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  {
    name: "a library",
    repo: { "slug/__init__.py": "", "pyproject.toml": '[project]\nname = "slug"\n\n[build-system]\nrequires = []\n' },
    expect: "skip",
  },
  {
    name: "a model that nothing serves",
    repo: { "train.py": "", "requirements.txt": "torch\n" },
    expect: "skip",
    says: "serves",
  },
  { name: "nothing", repo: service({ "README.md": "# Shop\n" }), expect: "fail", evidence: [""] },
  {
    name: "a document at the root",
    repo: service({ "ARCHITECTURE.md": TEXT }),
    expect: "pass",
    evidence: ["ARCHITECTURE.md:1"],
  },
  {
    name: "a design of the parts",
    repo: service({ "docs/design.md": `# Design\n\n${TEXT}` }),
    expect: "pass",
    evidence: ["docs/design.md:1"],
  },
  {
    name: "a design of colours and letters",
    repo: service({
      "docs/design.md": `# Design\n\n${"Buttons are blue, headings are set in a wide face.\n".repeat(4)}`,
    }),
    expect: "fail",
    evidence: [""],
  },
  {
    name: "a document to be written, beside one that says something",
    repo: service({ "docs/architecture.md": "# Architecture\n\nTo be written.\n", "docs/architecture/data.md": TEXT }),
    expect: "pass",
    evidence: ["docs/architecture/data.md:1"],
  },
  {
    name: "a threat model",
    repo: service({ "THREAT_MODEL.md": TEXT }),
    expect: "pass",
    evidence: ["THREAT_MODEL.md:1"],
  },
  {
    name: "a document in another language",
    repo: service({ "docs/architecture.md": "웹 프로세스가 주문을 받아 큐에 넣고 작업자가 기록합니다.\n".repeat(6) }),
    expect: "pass",
  },
  {
    name: "a document that holds a diagram alone, after CRLF",
    repo: service({ "docs/architecture.md": "# Architecture\r\n\r\n```mermaid\r\ngraph TD; a-->b\r\n```\r\n" }),
    expect: "pass",
  },
  {
    name: "a document that cannot be read",
    repo: service({ "docs/architecture.md": { unreadable: "it is binary" } }),
    expect: "unknown",
    says: "docs/architecture.md",
  },
  {
    name: "a template for records, without a record",
    repo: service({ "docs/adr/template.md": TEXT, "docs/adr/README.md": TEXT }),
    expect: "fail",
  },
  {
    name: "a picture of another thing that has the word in its name",
    repo: service({ "docs/img/architecture-of-variable-names.png": TEXT, "shop/static/office-architecture.png": TEXT }),
    expect: "fail",
  },
  {
    name: "Structurizr",
    repo: service({ "docs/c4/workspace.dsl": `workspace {\n${TEXT}}\n` }),
    expect: "pass",
    evidence: ["docs/c4/workspace.dsl:1"],
  },
  { name: "a title alone", repo: service({ "ARCHITECTURE.md": "# Architecture\n" }), expect: "fail" },
  {
    name: "records of decisions",
    repo: service({ "docs/adr/0001-record-decisions.md": TEXT }),
    expect: "pass",
    evidence: ["docs/adr/0001-record-decisions.md:1"],
  },
  { name: "PlantUML", repo: service({ "docs/context.puml": `@startuml\n${TEXT}@enduml\n` }), expect: "pass" },
  {
    name: "a picture",
    repo: service({ "docs/img/architecture.png": TEXT }),
    expect: "pass",
    evidence: ["docs/img/architecture.png"],
  },
  { name: "a form for issues on design", repo: service({ ".github/ISSUE_TEMPLATE/design.md": TEXT }), expect: "fail" },
  { name: "a technical overview", repo: service({ "docs/reference/technical-overview.md": TEXT }), expect: "pass" },
  {
    name: "a section of the README with Mermaid",
    repo: service({ "README.md": "# Shop\n\n## Architecture\n\n```mermaid\ngraph TD; web-->queue\n```\n" }),
    expect: "pass",
    evidence: ["README.md:3"],
  },
  {
    name: "a section of the README with a picture",
    repo: service({
      "README.md": "# Shop\n\n## How it works\n\n### Requests\n\n[![The\nparts](docs/parts.png)](docs/parts.png)\n",
    }),
    expect: "pass",
  },
  {
    name: "boxes drawn with characters",
    repo: service({
      "README.md":
        "# Shop\n\n## Architecture\n\n```\n+-----+   +-------+\n| web |-->| queue |\n+-----+   +-------+\n```\n",
    }),
    expect: "pass",
  },
  {
    name: "a badge is no diagram",
    repo: service({
      "README.md": `# Shop\n\n## Architecture\n\n![build](https://img.shields.io/badge/build-green)\n\n${TEXT}`,
    }),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "a section of prose",
    repo: service({ "README.md": `# Shop\n\n## Architecture\n\n${TEXT}` }),
    expect: "partial",
    value: 0.5,
    evidence: ["README.md:3"],
  },
  { name: "a fixture of a test", repo: service({ "tests/fixtures/docs/architecture.md": TEXT }), expect: "fail" },
  {
    name: "a README that cannot be read",
    repo: service({ "README.md": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
