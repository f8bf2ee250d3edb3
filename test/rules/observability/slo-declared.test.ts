import rule from "../../../rules/observability/slo-declared.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Record<string, string | { unreadable: string }>) => ({
  "shop/api.py": "",
  "requirements.txt": "fastapi\ngunicorn\n",
  ...files,
});
const readme = (text: string) => service({ "README.md": `# Shop\n\nTakes orders.\n\n${text}\n` });

describeRule(rule, [
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
