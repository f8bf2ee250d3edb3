import rule from "../../../rules/ci-cd/pipeline-configured.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const files = [
  ".circleci/config.yml",
  "Jenkinsfile",
  "Jenkinsfile.release",
  ".gitlab-ci.yml",
  "azure-pipelines.yml",
  ".azure-pipelines/ci.yml",
  ".zuul.yaml",
  "zuul.d/jobs.yaml",
  ".buildkite/pipeline.yml",
  "bitbucket-pipelines.yml",
  "appveyor.yml",
  "cloudbuild.yaml",
  ".drone.yml",
  ".woodpecker.yml",
  ".tekton/ci.yaml",
  ".semaphore/semaphore.yml",
  ".cirrus.yml",
  "buildspec.yml",
];

describeRule(rule, [
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "nothing", repo: code, expect: "fail", evidence: [""] },
  {
    name: "a workflow template is none",
    repo: { ...code, ".github/workflow-templates/ci.yml": "on: push\n" },
    expect: "fail",
  },
  ...files.map((path) => ({
    name: path,
    repo: { ...code, [path]: "x: 1\n" },
    expect: "pass" as const,
    evidence: [`${path}:1`],
  })),
  {
    name: "Prow's configuration at the root",
    repo: { ...code, "prow_config.yaml": "workflows:\n  - name: unit\n" },
    expect: "pass",
  },
  {
    name: "Travis beside GitHub Actions",
    repo: {
      ...code,
      ".travis.yml": "script: pytest\n",
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n",
    },
    expect: "pass",
  },
  {
    name: "Travis alone is a dead service",
    repo: { ...code, ".travis.yml": "script: pytest\n" },
    expect: "partial",
    value: 0.3,
    evidence: [".travis.yml:1"],
  },
  {
    name: "a Jenkinsfile that cannot be read",
    repo: { ...code, Jenkinsfile: { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "Jenkinsfile",
  },
  {
    name: "a workflow that is not YAML",
    repo: { ...code, ".github/workflows/ci.yml": "on: [\n" },
    expect: "unknown",
    says: "ci.yml",
  },
]);
