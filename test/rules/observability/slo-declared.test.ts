import rule from "../../../rules/observability/slo-declared.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Record<string, string | { unreadable: string }>) => ({
  "shop/api.py": "",
  "requirements.txt": "fastapi\ngunicorn\n",
  ...files,
});
const readme = (text: string) => service({ "README.md": `# Shop\n\nTakes orders.\n\n${text}\n` });

const LICENSE = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n";
const CHANGELOG = "# Changelog\n\n## 2.1.0\n\n- Refunds.\n";
const product = (files: Record<string, string>) => service({ LICENSE, "CHANGELOG.md": CHANGELOG, ...files });
const deploys = (run: string) => ({
  ".github/workflows/deploy.yml": `on: {push: {branches: [main]}}\njobs:\n  deploy:\n    steps:\n      - run: ${run}\n`,
});

describeRule(rule, [
  { name: "a product that others install and run", repo: product({}), expect: "skip", says: "CHANGELOG.md" },
  {
    name: "a product whose version an index hands out beside its image",
    repo: service({
      LICENSE,
      Dockerfile: 'FROM python:3.14-slim\nCMD ["shop"]\n',
      "setup.py": "from setuptools import setup\nsetup(name='shop', classifiers=['Framework :: FastAPI'])\n",
    }),
    expect: "skip",
    says: "setup.py",
  },
  {
    name: "open source that is deployed from here",
    repo: product(deploys("kubectl apply -f k8s")),
    expect: "fail",
  },
  {
    name: "a changelog of a private repository",
    repo: product({}),
    repository: { visibility: "private" },
    expect: "fail",
  },
  {
    name: "a changelog under terms of the owner's own",
    repo: product({ LICENSE: "Proprietary. All rights reserved.\n" }),
    expect: "fail",
  },
  { name: "a changelog without an entry", repo: product({ "CHANGELOG.md": "# Changelog\n" }), expect: "fail" },
  { name: "open source whose versions nobody gets", repo: service({ LICENSE }), expect: "fail" },
  ...[
    "# Shop\n\nThis is an example application of a tutorial on queues.\n",
    "# Shop\n\n**Shop** is a cloud-first microservices demo application.\n",
    "# Shop demo project\n\nTakes orders.\n",
    "# queue-examples\n\nTakes orders.\n",
    "# Shop\n\n> ### Example FastAPI codebase with queues\n",
    "# Shop\n\nThis repo contains patterns showing how to queue orders.\n",
    "Shop\n====\n\nA sample app.\n",
    "# Shop quickstart\n\nTakes orders.\n",
    "# REST APIs\n\nA full course to teach you how to take orders.\n",
    "# Shop\n\nThis repository accompanies our getting started guide.\n",
  ].map((text) => ({
    name: `a README that begins with ${JSON.stringify(text)}`,
    repo: service({ [text.includes("====") ? "README.rst" : "README.md"]: text }),
    expect: "skip" as const,
    says: "demonstration, as README.",
  })),
  ...[
    "# Shop\n\nShop is a service for which a demo application exists.\n",
    "# Shop\n\nA demo is available at [demo.shop.example](https://demo.shop.example).\n",
    "# Shop\n\nShop is no demo project.\n",
    "# Shop\n\nTakes orders.\n\n## Start\n\n## Use\n\n## More\n\nIn `examples/` is a sample app.\n",
    "# demo.py\n\nTakes orders.\n",
  ].map((text) => ({
    name: `a README that begins with ${JSON.stringify(text)}`,
    repo: service({ "README.md": text }),
    expect: "fail" as const,
  })),
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "a model that nothing serves", repo: { "train.py": "", "requirements.txt": "torch\n" }, expect: "skip" },
  { name: "no README", repo: service({}), expect: "fail", evidence: [""] },
  { name: "a README without goals", repo: readme("## Usage\n\nRun it."), expect: "fail", evidence: ["README.md:1"] },
  {
    name: "OpenSLO",
    repo: service({ "slo/shop.yml": "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: shop}\n" }),
    expect: "pass",
    evidence: ["slo/shop.yml:1"],
  },
  {
    name: "an objective in Terraform",
    repo: service({ "infra/slo.tf": 'resource "datadog_service_level_objective" "shop" {\n}\n' }),
    expect: "pass",
    evidence: ["infra/slo.tf:1"],
  },
  {
    name: "a table in the README",
    repo: readme(
      "## Service levels\n\n| what | target |\n|---|---|\n| p99 latency | 1.5 s |\n| throughput | 200 req/s |\n| uptime | 99.95% |",
    ),
    expect: "pass",
    evidence: ["README.md:9", "README.md:10", "README.md:11"],
  },
  {
    name: "a table after a BOM and CRLF",
    repo: service({
      "docs/slo.md":
        "\uFEFF# Objectives\r\n\r\n| p95 latency | 300 ms |\r\n| throughput | 50 requests per second |\r\n| availability | 99.9 % |\r\n",
    }),
    expect: "pass",
    evidence: ["docs/slo.md:3", "docs/slo.md:4", "docs/slo.md:5"],
  },
  {
    name: "words in one row of a table and numbers in another",
    repo: readme("## SLOs\n\n| latency | low |\n| retention | 30 s |\n| uptime | high |\n| discount | 20 % |"),
    expect: "fail",
  },
  {
    name: "one of three",
    repo: readme("## Non-functional requirements\n\n### Speed\n\nIt answers within 200 ms."),
    expect: "partial",
    value: 1 / 3,
    evidence: ["README.md:9"],
    says: "throughput or availability",
  },
  {
    name: "words and numbers on different lines",
    repo: readme("## Goals\n\nLow latency.\n\nReports are kept for 30 s.\n\nHigh availability.\n\nSave 20 % of cost."),
    expect: "fail",
  },
  {
    name: "a section without numbers",
    repo: readme("## SLOs\n\nLow latency, high availability."),
    expect: "fail",
    evidence: ["README.md:5"],
  },
  {
    name: "coverage is no availability",
    repo: readme("## Goals\n\nThe available tests give 95% coverage."),
    expect: "fail",
  },
  {
    name: "a badge of uptime",
    repo: readme("## SLA\n\n![uptime 99.9%](https://badge.example/uptime/99.9%)"),
    expect: "fail",
  },
  {
    name: "a sample of code",
    repo: readme("## Goals\n\n```python\nresponse_time = '100 ms'\nuptime = '99.9 %'\n```"),
    expect: "fail",
  },
  {
    name: "measurements outside a section on goals",
    repo: readme("## Benchmarks\n\nThe median latency was 12 ms at 900 requests per second."),
    expect: "fail",
  },
  {
    name: "a document that cannot be read",
    repo: service({ "docs/slo.md": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
