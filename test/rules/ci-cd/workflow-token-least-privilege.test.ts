import rule from "../../../rules/ci-cd/workflow-token-least-privilege.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const JOB = "    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
const one = (top: string) => ({ ".github/workflows/ci.yml": `on: push\n${top}jobs:\n  test:\n${JOB}` });
const two = (top: string, first = "", second = "") => ({
  ".github/workflows/ci.yml": `on: push\n${top}jobs:\n  test:\n${first}${JOB}  lint:\n${second}${JOB}`,
});
const READ = "    permissions:\n      contents: read\n";

describeRule(rule, [
  {
    name: "nothing is declared, and the repository's default only reads",
    repo: two(""),
    settings: known({ workflowToken: { isReadOnly: true, approvesPullRequests: false } }),
    expect: "partial",
    value: 0.8,
    evidence: [".github/workflows/ci.yml:1"],
  },
  {
    name: "nothing is declared, and the repository's default writes",
    repo: two(""),
    settings: known({ workflowToken: { isReadOnly: false, approvesPullRequests: false } }),
    expect: "fail",
  },
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

const CI = ".github/workflows/ci.yml";

describeRepair(rule, [
  {
    name: "lets the token read",
    repo: rule.examples.fails,
    after: {
      [CI]: `on: pull_request
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: pytest
`,
    },
  },
  {
    name: "gives a job what its steps need, and keeps comments",
    repo: {
      [CI]: `# Tests and pages.
on: push

# everything
jobs:
  test: # the suite
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v6
  pages:
    runs-on: ubuntu-latest # small
    # three steps
    steps:
    - uses: actions/checkout@v6
    - uses: dorny/paths-filter@v3
    - run: |
        make html
        git push origin pages
`,
    },
    after: {
      [CI]: `# Tests and pages.
on: push

permissions:
  contents: read

# everything
jobs:
  test: # the suite
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v6
  pages:
    runs-on: ubuntu-latest # small
    permissions:
      contents: write
      pull-requests: read
    # three steps
    steps:
    - uses: actions/checkout@v6
    - uses: dorny/paths-filter@v3
    - run: |
        make html
        git push origin pages
`,
    },
  },
  {
    name: "takes back what one job needs and all have",
    repo: {
      [CI]: `on: push
permissions:
  contents: write # for the release
  actions: read
jobs:
  test:
    steps:
      - run: pytest
  release:
    steps:
      - uses: softprops/action-gh-release@v2
`,
    },
    after: {
      [CI]: `on: push
permissions:
  contents: read
  actions: read
jobs:
  test:
    steps:
      - run: pytest
  release:
    permissions:
      contents: write
      actions: read
    steps:
      - uses: softprops/action-gh-release@v2
`,
    },
  },
  {
    name: "takes back the right to write everything",
    repo: { [CI]: "on: push\npermissions: write-all # for now\njobs:\n  test:\n    steps:\n      - run: pytest\n" },
    after: {
      [CI]: "on: push\npermissions: # for now\n  contents: read\njobs:\n  test:\n    steps:\n      - run: pytest\n",
    },
  },
  {
    name: "leaves a workflow alone whose needs it cannot tell, and mends the other",
    repo: {
      [CI]: one("")[".github/workflows/ci.yml"] ?? "",
      ".github/workflows/bot.yml": "on: push\njobs:\n  bot:\n    steps:\n      - uses: acme/bot@v1\n",
    },
    after: { [CI]: one("permissions:\n  contents: read\n")[".github/workflows/ci.yml"] ?? "" },
    leaves: true,
  },
  ...[
    { by: "a script that uses the token", steps: "      - run: make release\n" },
    { by: "./.github/bot", steps: "      - uses: ./.github/bot\n" },
    { by: "acme/bot@v1", steps: "      - uses: acme/bot@v1\n" },
    { by: "a script that uses the token", steps: "      - run: gh api /repos\n" },
    {
      by: "Post",
      steps: "      - name: Post\n        run: ./post.sh\n        env: { GH_TOKEN: '${{ github.token }}' }\n",
    },
  ].map(({ by, steps }) => ({
    name: `guesses nothing of ${by}`,
    repo: { [CI]: `on: push\njobs:\n  test:\n    steps:\n${steps}` },
    refuses: `what the job \`test\` needs cannot be told from ${by}`,
  })),
  {
    name: "keeps a right whose use it does not see",
    repo: {
      [CI]: "on: push\npermissions:\n  deployments: write\njobs:\n  a:\n    steps:\n      - run: make\n  b:\n    steps:\n      - run: make\n",
    },
    refuses: "cannot be told from its right to write deployments",
  },
]);
