import rule from "../../../rules/ci-cd/no-privileged-untrusted-checkout.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/test.yml";
const checkout =
  "      - uses: actions/checkout@v6\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n";
const build = "      - run: make build\n";
const on = (trigger: string, steps: string, job = "") => ({
  [PATH]: `on: ${trigger}\njobs:\n  test:\n${job}    steps:\n${steps}`,
});

describeRule(rule, [
  { name: "no workflows", repo: { "app.py": "" }, expect: "skip" },
  {
    name: "the head is built, at the first line of the checkout",
    repo: on("pull_request_target", `      - run: echo start\n${checkout}${build}`),
    expect: "fail",
    evidence: [`${PATH}:6`],
  },
  {
    name: "the same under pull_request, which has no secrets",
    repo: on("pull_request", checkout + build),
    expect: "pass",
  },
  {
    name: "the trigger alone, with a triage bot",
    repo: on("pull_request_target", "      - uses: actions/first-interaction@v3\n"),
    expect: "pass",
  },
  {
    name: "a checkout of the base",
    repo: on("pull_request_target", "      - uses: actions/checkout@v6\n      - run: make build\n"),
    expect: "pass",
  },
  {
    name: "the head of a workflow run",
    repo: on(
      "\n  workflow_run:\n    workflows: [CI]",
      `      - uses: actions/checkout@v6\n        with:\n          ref: \${{ github.event.workflow_run.head_sha }}\n${build}`,
    ),
    expect: "fail",
  },
  {
    name: "gh pr checkout in answer to a comment",
    repo: on("issue_comment", "      - run: |\n          gh pr checkout 1\n          npm test\n"),
    expect: "fail",
    evidence: [`${PATH}:5`],
  },
  {
    name: "git fetch of the pull request's ref",
    repo: on(
      "pull_request_target",
      "      - run: git fetch origin refs/pull/${{ github.event.number }}/merge && git checkout FETCH_HEAD\n      - run: pytest\n",
    ),
    expect: "fail",
  },
  {
    name: "a merge ref",
    repo: on(
      "pull_request_target",
      `      - uses: actions/checkout@v6\n        with:\n          ref: refs/pull/\${{ github.event.number }}/merge\n${build}`,
    ),
    expect: "fail",
  },
  {
    name: "a label that a maintainer gives",
    repo: on(
      "pull_request_target",
      checkout + build,
      "    if: contains(github.event.pull_request.labels.*.name, 'safe to test')\n",
    ),
    expect: "partial",
    value: 0.3,
    says: "approved",
  },
  {
    name: "a head of the repository itself, whoever asks",
    repo: on(
      "pull_request_target",
      checkout + build,
      "    if: github.event.pull_request.head.repo.full_name == github.repository\n",
    ),
    expect: "pass",
  },
  {
    name: "only members' pull requests",
    repo: on(
      "pull_request_target",
      checkout + build,
      '    if: contains(fromJSON(\'["OWNER", "MEMBER"]\'), github.event.pull_request.author_association)\n',
    ),
    expect: "pass",
  },
  {
    name: "a member's comment approves a stranger's head",
    repo: on(
      "issue_comment",
      "      - run: |\n          gh pr checkout 1\n          npm test\n",
      "    if: github.event.comment.author_association == 'MEMBER'\n",
    ),
    expect: "partial",
    value: 0.3,
    says: "approved",
  },
  {
    name: "a run that a push caused",
    repo: on(
      "\n  workflow_run:\n    workflows: [CI]",
      `      - uses: actions/checkout@v6\n        with:\n          ref: \${{ github.event.workflow_run.head_sha }}\n${build}`,
      "    if: github.event.workflow_run.event == 'push'\n",
    ),
    expect: "pass",
  },
  {
    name: "a run after a workflow that never runs for forks",
    repo: {
      ...on(
        "\n  workflow_run:\n    workflows: [CI]",
        `      - uses: actions/checkout@v6\n        with:\n          ref: \${{ github.event.workflow_run.head_sha }}\n${build}`,
      ),
      ".github/workflows/ci.yml": "name: CI\non: push\njobs:\n  a:\n    steps: []\n",
    },
    expect: "pass",
  },
  {
    name: "what was merged",
    repo: on(
      "\n  pull_request_target:\n    types: [closed]",
      checkout + build,
      "    if: github.event.pull_request.merged == true\n",
    ),
    expect: "partial",
  },
  {
    name: "a job that waits for one in an environment",
    repo: {
      [PATH]: `on: pull_request_target\njobs:\n  approve:\n    environment: external\n    steps: []\n  test:\n    needs: approve\n    steps:\n${checkout}${build}`,
    },
    expect: "partial",
    says: "environment",
  },
  {
    name: "an artifact of an untrusted run that is run",
    repo: on(
      "\n  workflow_run:\n    workflows: [CI]",
      "      - uses: actions/download-artifact@v5\n        with:\n          run-id: ${{ github.event.workflow_run.id }}\n      - run: ./dist/deploy.sh\n",
    ),
    expect: "fail",
    evidence: [`${PATH}:7`],
  },
  {
    name: "an artifact of an untrusted run that is only read",
    repo: on(
      "\n  workflow_run:\n    workflows: [CI]",
      "      - uses: actions/download-artifact@v5\n        with:\n          run-id: ${{ github.event.workflow_run.id }}\n      - run: cat report.txt\n",
    ),
    expect: "pass",
  },
  {
    name: "an environment that asks for approval",
    repo: on("pull_request_target", checkout + build, "    environment: untrusted\n"),
    expect: "partial",
  },
  {
    name: "a checkout that is only read as data",
    repo: on("pull_request_target", `${checkout}      - run: git diff --stat origin/main\n`),
    expect: "partial",
    says: "only reads",
  },
  {
    name: "a job for the other event of the workflow",
    repo: on("[pull_request, pull_request_target]", checkout + build, "    if: github.event_name == 'pull_request'\n"),
    expect: "pass",
  },
  {
    name: "a local action of the head",
    repo: on("pull_request_target", `${checkout}      - uses: ./.github/actions/build\n`),
    expect: "fail",
  },
  { name: "a workflow that is not YAML", repo: { [PATH]: "on: [\n" }, expect: "unknown" },
]);
