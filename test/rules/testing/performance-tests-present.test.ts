import rule from "../../../rules/testing/performance-tests-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = { "manage.py": "", "requirements.txt": "django\ngunicorn\n", "shop/wsgi.py": "x = 1\n" };
const library = {
  "pyproject.toml": '[project]\nname = "slug"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\n',
  "src/slug/__init__.py": "x = 1\n",
};
const workflow = (job: string, step: string) => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n  ${job}:\n    steps:\n      - ${step}\n`,
});

describeRule(rule, [
  { name: "a service without any", repo: service, expect: "fail", evidence: [""] },
  {
    name: "a promise that nothing backs",
    repo: { ...service, "README.md": "# Shop\n\nThe p95 latency stays below 200 ms.\n" },
    expect: "fail",
    evidence: ["README.md:3"],
  },
  {
    name: "a target of the service that nothing backs",
    repo: { ...service, "docs/slo.md": "# Objectives\r\n\r\n- Orders are answered within 2 seconds.\r\n" },
    expect: "fail",
    evidence: ["docs/slo.md:3"],
    says: "puts a number to speed",
  },
  {
    name: "a goal of a library that nothing backs",
    repo: { ...library, "docs/vision.md": "# Vision\n\nSlugs are made.\n\nThroughput: 50,000 requests a second.\n" },
    expect: "fail",
    evidence: ["docs/vision.md:5"],
  },
  {
    name: "a goal that names no speed",
    repo: { ...library, "docs/goals.md": "# Goals\n\nAvailability of 99.9 %, for 2,000 users.\n" },
    expect: "skip",
    says: "promises no speed",
  },
  {
    name: "a goal that a benchmark backs",
    repo: { ...library, "docs/slo.md": "# Objectives\n\np95 latency: 5 ms\n", "bench/run.py": "x = 1\n" },
    expect: "pass",
    evidence: ["bench/run.py:1"],
  },
  {
    name: "goals that cannot be read",
    repo: { ...library, "docs/goals.md": { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "docs/goals.md",
  },
  { name: "a library that promises no speed", repo: library, expect: "skip" },
  {
    name: "a library that promises speed",
    repo: { ...library, "README.md": "# Slug\n\nUp to 10x faster than others.\n" },
    expect: "fail",
    evidence: ["README.md:3"],
  },
  {
    name: "numbers in a code sample promise nothing",
    repo: { ...library, "README.md": "# Slug\n\n```\nlatency: 100ms\n```\n" },
    expect: "skip",
  },
  { name: "percent of coverage", repo: { ...library, "README.md": "# Slug\n\nCoverage is 98 %.\n" }, expect: "skip" },
  {
    name: "a README that cannot be read",
    repo: { ...library, "README.md": { unreadable: "it is not UTF-8" } },
    expect: "unknown",
  },
  {
    name: "a script for Locust",
    repo: { ...service, "tests/load/locustfile.py": "x = 1\n" },
    expect: "pass",
    evidence: ["tests/load/locustfile.py:1"],
  },
  { name: "a simulation of Gatling", repo: { ...service, "load/gatling/Shop.scala": "x\n" }, expect: "pass" },
  { name: "a plan for Artillery", repo: { ...service, "artillery.yml": "x: 1\n" }, expect: "pass" },
  ...["wrk -t4 http://shop", "hey -n 100 http://shop", "vegeta attack -rate=50", "asv run"].map((command) => ({
    name: `a command that measures: ${command}`,
    repo: { ...service, ...workflow("speed", `run: |\n          pip install .\n          ${command}`) },
    expect: "pass" as const,
    evidence: [".github/workflows/ci.yml:7"],
  })),
  { name: "a script for k6", repo: { ...service, "k6/checkout.js": "x\n" }, expect: "pass" },
  { name: "a plan for JMeter", repo: { ...service, "perf/plan.jmx": "<x/>\n" }, expect: "pass" },
  {
    name: "benchmarks of pytest",
    repo: { ...service, "requirements-dev.txt": "pytest-benchmark\n" },
    expect: "pass",
    evidence: ["requirements-dev.txt:1"],
  },
  {
    name: "asv",
    repo: { ...library, "README.md": "10x faster\n", "asv.conf.json": "{}\n" },
    expect: "pass",
    evidence: ["asv.conf.json:1"],
  },
  {
    name: "an action that measures",
    repo: { ...service, ...workflow("speed", "uses: CodSpeedHQ/action@v4") },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:5"],
  },
  {
    name: "a command that measures",
    repo: { ...service, Makefile: "load:\n\tk6 run script.js\n" },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  { name: "a job that is named so", repo: { ...service, ...workflow("benchmark", "run: ./x") }, expect: "pass" },
  { name: "a script that shows how", repo: { ...service, "examples/locustfile.py": "x = 1\n" }, expect: "fail" },
  {
    name: "a model that nothing serves",
    repo: { "train.py": "x = 1\n", "requirements.txt": "torch\n" },
    expect: "skip",
    says: "nothing serves the model",
  },
  {
    name: "a model that an image serves",
    repo: {
      "train.py": "x = 1\n",
      "requirements.txt": "torch\n",
      Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD ["python", "serve.py"]\n',
    },
    expect: "fail",
  },
]);
