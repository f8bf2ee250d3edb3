import rule from "../../../rules/ci-cd/workflow-token-least-privilege.ts";
import { describeRule } from "../../support/describe-rule.ts";

const JOB = "    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
const one = (top: string) => ({ ".github/workflows/ci.yml": `on: push\n${top}jobs:\n  test:\n${JOB}` });
const two = (top: string, first = "", second = "") => ({
  ".github/workflows/ci.yml": `on: push\n${top}jobs:\n  test:\n${first}${JOB}  lint:\n${second}${JOB}`,
});
const READ = "    permissions:\n      contents: read\n";

describeRule(rule, [
  { name: "no workflows", repo: { "app.py": "" }, expect: "skip" },
  { name: "nothing is declared", repo: two(""), expect: "fail", evidence: [".github/workflows/ci.yml:1"] },
  { name: "no rights at all", repo: one("permissions: {}\n"), expect: "pass" },
  { name: "read-all", repo: two("permissions: read-all\n"), expect: "pass" },
  { name: "scopes that read", repo: two("permissions:\n  contents: read\n  issues: none\n"), expect: "pass" },
  { name: "every job declares its own", repo: two("", READ, READ), expect: "pass" },
  { name: "one of two jobs declares none", repo: two("", READ), expect: "fail", says: "the job lint" },
  {
    name: "a job may write under a top that reads",
    repo: two("permissions:\n  contents: read\n", "    permissions:\n      packages: write\n"),
    expect: "pass",
  },
  {
    name: "write-all at the top",
    repo: one("permissions: write-all\n"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:2"],
  },
  {
    name: "write-all at a job",
    repo: two("permissions: {}\n", "    permissions: write-all\n"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:5"],
  },
  {
    name: "write-all fails although other workflows comply",
    repo: {
      ...one("permissions: write-all\n"),
      ".github/workflows/b.yml": `on: push\npermissions: {}\njobs:\n  a:\n${JOB}`,
    },
    expect: "fail",
  },
  {
    name: "a scope to write shared by two jobs",
    repo: two("permissions:\n  contents: write\n"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:2"],
    says: "share the right to write contents",
  },
  {
    name: "a scope to write at the top of a single job is that job's",
    repo: one("permissions:\n  contents: write\n"),
    expect: "pass",
  },
  {
    name: "a scope to write at the top that only one job takes over",
    repo: two("permissions:\n  contents: write\n", READ),
    expect: "pass",
  },
  {
    name: "a workflow that others call inherits from them",
    repo: { ".github/workflows/test.yml": `on: workflow_call\njobs:\n  test:\n${JOB}` },
    expect: "skip",
  },
  {
    name: "the called workflow does not count beside its caller",
    repo: {
      ...one("permissions: {}\n"),
      ".github/workflows/test.yml": `on:\n  workflow_call:\njobs:\n  test:\n${JOB}`,
    },
    expect: "pass",
  },
  {
    name: "a called workflow that takes everything",
    repo: {
      ...one("permissions: {}\n"),
      ".github/workflows/test.yml": `on: workflow_call\npermissions: write-all\njobs:\n  test:\n${JOB}`,
    },
    expect: "fail",
  },
  {
    name: "one that is called and also runs by itself declares its own",
    repo: { ".github/workflows/test.yml": `on: [push, workflow_call]\njobs:\n  test:\n${JOB}` },
    expect: "fail",
  },
  {
    name: "half of the workflows",
    repo: { ...one(""), ".github/workflows/b.yml": `on: push\npermissions: {}\njobs:\n  a:\n${JOB}` },
    expect: "partial",
    value: 0.5,
    evidence: [".github/workflows/ci.yml:1"],
  },
  {
    name: "a workflow that cannot be read",
    repo: { ...one("permissions: {}\n"), ".github/workflows/b.yml": { unreadable: "it is binary" } },
    expect: "unknown",
    says: ".github/workflows/b.yml",
  },
]);
