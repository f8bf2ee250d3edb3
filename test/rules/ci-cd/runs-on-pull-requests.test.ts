import rule from "../../../rules/ci-cd/runs-on-pull-requests.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "", "tests/test_api.py": "def test_x(): ...\n" };
const on = (triggers: string) => ({
  ...code,
  ".github/workflows/ci.yml": `name: CI\n${triggers}\njobs:\n  test:\n    steps:\n      - run: pytest\n`,
});

describeRule(rule, [
  { name: "no CI", repo: code, expect: "skip" },
  {
    name: "no job runs the tests",
    repo: { ...code, ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: ruff check\n" },
    expect: "skip",
  },
  { name: "a single word", repo: on("on: pull_request"), expect: "pass", evidence: [".github/workflows/ci.yml:2"] },
  { name: "a list", repo: on("on: [push, pull_request]"), expect: "pass" },
  { name: "the merge queue alone", repo: on("on:\n  merge_group:"), expect: "pass" },
  {
    name: "pushes of every branch, visibility not known",
    repo: on("on: push"),
    expect: "partial",
    value: 0.5,
    evidence: [".github/workflows/ci.yml:2"],
  },
  {
    name: "pushes of every branch of a public repository",
    repo: on("on: push"),
    repository: { visibility: "public" },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "pushes of every branch of a private repository",
    repo: on("on: push"),
    repository: { visibility: "private" },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "pushes to main alone",
    repo: on("on:\n  push:\n    branches: [main]"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:2"],
  },
  { name: "a schedule", repo: on("on:\n  schedule:\n    - cron: '0 4 * * *'"), expect: "fail" },
  {
    name: "pull requests to another branch",
    repo: on("on:\n  pull_request:\n    branches: [release/**]"),
    expect: "fail",
  },
  {
    name: "pull requests to the default branch by its name",
    repo: on("on:\n  pull_request:\n    branches: [edge]"),
    repository: { defaultBranch: "edge" },
    expect: "pass",
  },
  {
    name: "branches-ignore of translations",
    repo: on("on:\n  pull_request:\n    branches-ignore: ['l10n/**']"),
    expect: "pass",
  },
  {
    name: "branches-ignore of the default branch",
    repo: on("on:\n  pull_request:\n    branches-ignore: [main]"),
    expect: "fail",
  },
  {
    name: "paths-ignore of all Python",
    repo: on("on:\n  pull_request:\n    paths-ignore: ['**/*.py']"),
    expect: "fail",
  },
  { name: "paths of the documentation", repo: on("on:\n  pull_request:\n    paths: ['docs/**']"), expect: "fail" },
  {
    name: "a workflow that another calls on pull requests",
    repo: {
      ...code,
      ".github/workflows/_test.yml": "on: workflow_call\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      ".github/workflows/ci.yml": "on: pull_request\njobs:\n  a:\n    uses: ./.github/workflows/_test.yml\n",
    },
    expect: "pass",
  },
  {
    name: "CircleCI builds every branch",
    repo: { ...code, ".circleci/config.yml": "jobs:\n  build:\n    steps:\n      - run: pytest\n" },
    expect: "pass",
  },
  {
    name: "CircleCI with a filter on main",
    repo: {
      ...code,
      ".circleci/config.yml":
        "jobs:\n  build:\n    steps:\n      - run: pytest\nworkflows:\n  all:\n    jobs:\n      - build:\n          filters:\n            branches:\n              only: main\n",
    },
    expect: "fail",
  },
  {
    name: "GitLab with merge requests",
    repo: {
      ...code,
      ".gitlab-ci.yml": "test:\n  script: [pytest]\n  rules:\n    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'\n",
    },
    expect: "pass",
  },
  {
    name: "Azure with pr: none",
    repo: { ...code, "azure-pipelines.yml": "pr: none\nsteps:\n  - script: pytest\n" },
    expect: "fail",
    evidence: ["azure-pipelines.yml:1"],
  },
  { name: "a workflow that is not YAML", repo: { ...code, ".github/workflows/ci.yml": "on: [\n" }, expect: "unknown" },
]);
