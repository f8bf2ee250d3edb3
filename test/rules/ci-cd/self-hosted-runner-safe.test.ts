import rule from "../../../rules/ci-cd/self-hosted-runner-safe.ts";
import { describeRule, type RuleCase } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/ci.yml";
const workflow = (on: string, runner: string, more = "") => ({
  [PATH]: `on: ${on}\njobs:\n  test:\n${more}    runs-on: ${runner}\n    steps:\n      - run: pytest\n`,
});
const repository = { visibility: "public" } as const;
const SELF_HOSTED = "[self-hosted, linux]";

/** A job whose machines an earlier job writes down. */
const planned = (label: string) => ({
  [PATH]: `on: pull_request\njobs:\n  plan:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          jq -nc '[{"os": ${label}}, {"os": "windows-2025"}]' >> "$GITHUB_OUTPUT"\n  test:\n    needs: plan\n    runs-on: \${{ matrix.os }}\n    strategy:\n      matrix:\n        include: \${{ fromJson(needs.plan.outputs.rows) }}\n    steps:\n      - run: pytest\n`,
});

const cases: readonly RuleCase[] = [
  { name: "no workflow", repo: { "shop.py": "" }, expect: "skip" },
  {
    name: "a job for pull requests on a machine of one's own, at the label",
    repo: workflow("[push, pull_request]", SELF_HOSTED),
    expect: "fail",
    evidence: [`${PATH}:4`],
    says: "self-hosted",
  },
  {
    name: "the labels of a group",
    repo: workflow("pull_request", "\n      group: builders\n      labels: [self-hosted]"),
    expect: "fail",
    evidence: [`${PATH}:6`],
  },
  {
    name: "a row of the matrix",
    repo: workflow(
      "pull_request",
      "${{ matrix.on }}",
      "    strategy:\n      matrix:\n        on:\n          - ubuntu-latest\n          - self-hosted\n",
    ),
    expect: "fail",
    evidence: [`${PATH}:8`],
  },
  {
    name: "a private repository, which strangers do not see",
    repo: workflow("pull_request", SELF_HOSTED),
    repository: { visibility: "private" },
    expect: "skip",
  },
  {
    name: "a repository of which nobody knows whether it is public",
    repo: workflow("pull_request", SELF_HOSTED),
    repository: { visibility: "unknown" },
    expect: "unknown",
    says: `${PATH}:4`,
  },
  {
    name: "pushes alone on a machine of one's own",
    repo: workflow("push", SELF_HOSTED),
    expect: "skip",
    says: "pull requests",
  },
  { name: "started by hand", repo: workflow("workflow_dispatch", SELF_HOSTED), expect: "skip" },
  {
    name: "the job leaves pull requests from forks out",
    repo: workflow(
      "pull_request",
      SELF_HOSTED,
      "    if: github.event.pull_request.head.repo.full_name == github.repository\n",
    ),
    expect: "skip",
  },
  {
    name: "the job is for pushes of a workflow that runs for both",
    repo: workflow("[push, pull_request]", SELF_HOSTED, "    if: github.event_name == 'push'\n"),
    expect: "skip",
  },
  {
    name: "a maintainer's label starts it",
    repo: workflow("{ pull_request: { types: [labeled] } }", SELF_HOSTED),
    expect: "skip",
  },
  {
    name: "a reusable workflow that a pull request calls",
    repo: {
      [PATH]: "on: pull_request\njobs:\n  test:\n    uses: ./.github/workflows/_test.yml\n",
      ".github/workflows/_test.yml":
        "on: workflow_call\njobs:\n  test:\n    runs-on: self-hosted\n    steps:\n      - run: pytest\n",
    },
    expect: "fail",
    evidence: [".github/workflows/_test.yml:4"],
  },
  { name: "a larger runner of GitHub", repo: workflow("pull_request", "macos-15-xlarge"), expect: "pass" },
  {
    name: "a provider of machines for one job",
    repo: workflow("pull_request", "depot-ubuntu-24.04-32"),
    expect: "pass",
  },
  {
    name: "a choice that is written out",
    repo: workflow("pull_request", "${{ github.event_name == 'push' && 'ubuntu-24.04' || 'ubuntu-latest' }}"),
    expect: "pass",
  },
  {
    name: "a choice for each row of the matrix",
    repo: workflow(
      "pull_request",
      "${{ matrix.on || format('{0}-latest', (matrix.os == 'linux' && 'ubuntu') || matrix.os) }}",
      "    strategy:\n      matrix:\n        os: [linux, windows]\n        include:\n          - { os: macos, on: macos-15 }\n",
    ),
    expect: "pass",
  },
  {
    name: "a custom label may be a larger runner",
    repo: workflow("pull_request", "gpu-4-core"),
    expect: "unknown",
    says: "gpu-4-core",
  },
  { name: "a group without labels", repo: workflow("pull_request", "{ group: builders }"), expect: "unknown" },
  { name: "a label that a variable gives", repo: workflow("pull_request", "${{ vars.RUNNER }}"), expect: "unknown" },
  { name: "a workflow that is not YAML", repo: { [PATH]: "on: [\n" }, expect: "unknown" },
  ...(
    [
      ["labels that a job before writes into the matrix", '"ubuntu-latest"', "pass"],
      ["one of them, which may be a machine of one's own", '"builder"', "unknown"],
      ["one of them, which a variable gives", "env.LABEL", "unknown"],
    ] as const
  ).map(([name, label, expect]) => ({ name, repo: planned(label), expect })),
];

describeRule(
  rule,
  cases.map((one) => ({ repository, ...one })),
  { fails: "unknown" },
);
