import rule from "../../../rules/ci-cd/runs-on-pull-requests.ts";
import { describeRepair } from "../../support/describe-repair.ts";
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
    name: "one that is called on pull requests to a branch of another name, the default not being known",
    repo: {
      ...code,
      ".github/workflows/_test.yml": "on: workflow_call\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      ".github/workflows/ci.yml":
        "on:\n  pull_request:\n    branches: [shop-next]\njobs:\n  a:\n    uses: ./.github/workflows/_test.yml\n",
    },
    repository: { defaultBranch: null },
    expect: "pass",
  },
  {
    name: "pull requests to a branch of releases, the default not being known",
    repo: on("on:\n  pull_request:\n    branches: [release-2.x]"),
    repository: { defaultBranch: null },
    expect: "fail",
  },
  {
    name: "paths-ignore with an exception",
    repo: on("on:\n  pull_request:\n    paths-ignore: ['docs/**', '.github/workflows/*', '!.github/workflows/ci.yml']"),
    expect: "pass",
  },
  { name: "closed pull requests alone", repo: on("on:\n  pull_request:\n    types: [closed]"), expect: "fail" },
  { name: "pushes to every branch, by a pattern", repo: on("on:\n  push:\n    branches: ['**']"), expect: "partial" },
  { name: "by hand", repo: on("on: workflow_dispatch"), expect: "fail" },
  {
    name: "the tests may be in a workflow of another repository",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  tox:\n    uses: acme/tools/.github/workflows/tox.yml@v1\n",
      ".github/workflows/label.yml":
        "on: pull_request_target\njobs:\n  ack:\n    uses: acme/tools/.github/workflows/ack.yml@v1\n",
    },
    expect: "unknown",
    says: "tox.yml",
  },
  {
    name: "a label workflow of another repository hides no tests",
    repo: {
      ...on("on: schedule"),
      ".github/workflows/label.yml":
        "on: pull_request_target\njobs:\n  label:\n    uses: acme/tools/.github/workflows/label.yml@v1\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:2"],
  },
  {
    name: "Jenkins builds what its server is told to, a multibranch job all",
    repo: { ...code, Jenkinsfile: "node {\n  sh 'pytest'\n}\n" },
    expect: "pass",
  },
  {
    name: "Zuul's check and gate",
    repo: {
      ...code,
      ".zuul.yaml":
        "- job:\n    name: shop-tox-unit\n    parent: tox\n    vars: { tox_envlist: unit }\n- project:\n    check:\n      jobs: [shop-tox-unit]\n",
      "tox.ini": "[testenv:unit]\ncommands = pytest\n",
    },
    expect: "pass",
  },
  {
    name: "Bitbucket with pull requests",
    repo: {
      ...code,
      "bitbucket-pipelines.yml": "pipelines:\n  pull-requests:\n    '**':\n      - step:\n          script: [pytest]\n",
    },
    expect: "pass",
  },
  {
    name: "Buildkite's triggers are set up on the service",
    repo: { ...code, ".buildkite/pipeline.yml": "steps:\n  - command: pytest\n" },
    expect: "unknown",
    says: "outside the repository",
  },
  {
    name: "GitLab without rules runs for every push",
    repo: { ...code, ".gitlab-ci.yml": "test:\n  script: [pytest]\n" },
    expect: "partial",
  },
  {
    name: "GitLab whose workflow has rules for merge requests",
    repo: {
      ...code,
      ".gitlab-ci.yml":
        "workflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'\ntest:\n  script: [pytest]\n",
    },
    expect: "pass",
  },
  {
    name: "GitLab on the default branch alone",
    repo: {
      ...code,
      ".gitlab-ci.yml": "test:\n  script: [pytest]\n  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n",
    },
    expect: "fail",
    evidence: [".gitlab-ci.yml:3"],
  },
  {
    name: "CircleCI on a schedule",
    repo: {
      ...code,
      ".circleci/config.yml":
        "jobs:\n  build:\n    steps:\n      - run: pytest\nworkflows:\n  nightly:\n    triggers:\n      - schedule: { cron: '0 0 * * *' }\n    jobs: [build]\n",
    },
    expect: "fail",
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
  { name: "a quoted key", repo: on("'on': pull_request"), expect: "pass", evidence: [".github/workflows/ci.yml:2"] },
  {
    name: "Azure builds pull requests unless it is told not to",
    repo: { ...code, "azure-pipelines.yml": "trigger: [main]\nsteps:\n  - script: pytest\n" },
    expect: "pass",
  },
  {
    name: "tags alone",
    repo: on("on:\n  push:\n    tags: ['v*']"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:2"],
  },
]);

const CI = ".github/workflows/ci.yml";
const testing = (on: string, more = "") => ({
  [CI]: `${on}\npermissions: {}\njobs:\n  test:\n    steps:\n      - run: pytest\n${more}`,
  "tests/test_api.py": "",
});

describeRepair(rule, [
  {
    name: "adds the event to a map",
    repo: testing("on:\n  push: # after the merge\n    branches: [main]\n\n# small"),
    after: { [CI]: testing("on:\n  push: # after the merge\n    branches: [main]\n  pull_request:\n\n# small")[CI] },
  },
  {
    name: "adds the event to a list",
    repo: testing("on: [workflow_dispatch, schedule] # by hand"),
    after: { [CI]: testing("on: [workflow_dispatch, schedule, pull_request] # by hand")[CI] },
  },
  {
    name: "makes a list of one event",
    repo: testing("on: schedule # at night"),
    after: { [CI]: testing("on: [schedule, pull_request] # at night")[CI] },
  },
  {
    name: "does not widen filters",
    repo: testing("on:\n  pull_request:\n    branches: [release/1]"),
    refuses: "which may be meant",
  },
  ...[
    "  out:\n    environment: production\n    steps:\n      - run: make\n",
    "  out:\n    steps:\n      - run: twine upload dist/*\n",
    "  out:\n    steps:\n      - run: ./x.sh\n        env: { KEY: '${{ secrets.KEY }}' }\n",
    "  out:\n    permissions: { contents: write }\n    steps:\n      - run: make\n",
  ].map((job) => ({
    name: `opens no job to strangers that may release: ${JSON.stringify(job)}`,
    repo: testing("on:\n  push:\n    branches: [main]", job),
    refuses: "which is not for pull requests",
  })),
]);
