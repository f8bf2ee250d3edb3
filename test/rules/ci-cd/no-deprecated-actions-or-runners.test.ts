import rule from "../../../rules/ci-cd/no-deprecated-actions-or-runners.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/ci.yml";
const steps = (text: string, runner = "ubuntu-latest", head = "") => ({
  [PATH]: `on: push\njobs:\n  test:\n    runs-on: ${runner}\n${head}    steps:\n${text.replace(/^/gm, "      ")}\n`,
});
const commit = "08c6903cd8c0fde910a37f88322edcfb5dd907a8";

describeRule(rule, [
  { name: "no workflow", repo: { "shop.py": "" }, expect: "skip" },
  {
    name: "one old action of two, and a current runner",
    repo: steps("- uses: actions/checkout@v6\n- uses: actions/setup-python@v4"),
    expect: "partial",
    value: 2 / 3,
    evidence: [`${PATH}:7`],
    says: "Node",
  },
  {
    name: "an action whose service is gone, with the day",
    repo: steps("- uses: actions/cache@v2\n- uses: actions/checkout@v6"),
    expect: "partial",
    evidence: [`${PATH}:6`],
    says: "since 2025-03-01",
  },
  {
    name: "an action below a path of its repository",
    repo: steps("- uses: actions/cache/restore@v3\n- uses: actions/checkout@v6"),
    expect: "partial",
    evidence: [`${PATH}:6`],
  },
  {
    name: "an archived action of any version",
    repo: steps("- uses: actions/checkout@v6\n- uses: tibdex/github-app-token@v2.1.0"),
    expect: "partial",
    evidence: [`${PATH}:7`],
    says: "archived",
  },
  {
    name: "a commit hides the version, and its comment tells it",
    repo: steps(`- uses: actions/checkout@${commit} # v3.6.0\n- uses: actions/setup-node@${commit} # tag=v6.0.0`),
    expect: "partial",
    evidence: [`${PATH}:6`],
  },
  {
    name: "such a comment before another line end",
    repo: { [PATH]: steps(`- uses: actions/checkout@${commit} # v3.6.0`)[PATH]?.replaceAll("\n", "\r\n") ?? "" },
    expect: "partial",
    evidence: [`${PATH}:6`],
  },
  {
    name: "a commit whose comment says nothing of a version",
    repo: steps(`- uses: actions/checkout@${commit} # pinned 2021-03-02`),
    expect: "pass",
  },
  { name: "a branch tells no version", repo: steps("- uses: actions/checkout@main"), expect: "pass" },
  {
    name: "a runner that is retired by now",
    repo: steps("- uses: actions/checkout@v6", "macos-13-xlarge"),
    expect: "partial",
    value: 0.5,
    evidence: [`${PATH}:4`],
    says: "2025-12-04",
  },
  {
    name: "the same runner before its day",
    repo: steps("- uses: actions/checkout@v6", "macos-13-xlarge"),
    date: "2025-06-01",
    expect: "pass",
  },
  {
    name: "a runner of the matrix, at its own line",
    repo: steps(
      "- uses: actions/checkout@v6",
      "${{ matrix.os }}",
      "    strategy:\n      matrix:\n        os:\n          - ubuntu-24.04\n          - windows-2019\n",
    ),
    expect: "partial",
    evidence: [`${PATH}:9`],
    says: "windows-2019",
  },
  {
    name: "a label of one's own machines is free text",
    repo: steps("- uses: actions/checkout@v6", "[self-hosted, ubuntu-20.04]"),
    expect: "pass",
  },
  { name: "a label of another provider", repo: steps("- run: make", "blacksmith-4vcpu-ubuntu-2004"), expect: "pass" },
  {
    name: "a workflow command that is given up, at its line of the script",
    repo: steps(
      '- run: |\n    make\n    echo "::set-output name=version::$(cat VERSION)"\n- uses: actions/checkout@v6',
    ),
    expect: "partial",
    evidence: [`${PATH}:8`],
    says: "::set-output",
  },
  {
    name: "insecure commands are allowed again",
    repo: steps(
      "- run: make\n  env:\n    ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n- uses: actions/checkout@v6\n- uses: actions/cache@v4",
    ),
    expect: "partial",
    evidence: [`${PATH}:8`],
  },
  {
    name: "an action of the repository uses an old one",
    repo: {
      ...steps("- uses: actions/checkout@v6\n- uses: ./.github/actions/setup"),
      ".github/actions/setup/action.yml":
        "runs:\n  using: composite\n  steps:\n    - uses: actions/setup-python@v3\n      with: {}\n",
    },
    expect: "partial",
    evidence: [".github/actions/setup/action.yml:4"],
  },
  {
    name: "a repository without Python",
    repo: steps("- uses: actions/upload-artifact@v2", "macos-11"),
    expect: "fail",
  },
  { name: "a workflow that is not YAML", repo: { [PATH]: "on: [\n" }, expect: "unknown" },
  {
    name: "a runner until the day before it is retired",
    repo: steps("- uses: actions/checkout@v6", "macos-14"),
    date: "2026-11-01",
    expect: "pass",
  },
  {
    name: "the same runner on that day",
    repo: steps("- uses: actions/checkout@v6", "macos-14"),
    date: "2026-11-02",
    expect: "partial",
    evidence: [`${PATH}:4`],
    says: "2026-11-02",
  },
]);

describeRepair(rule, [
  {
    name: "raises what takes the same inputs, and writes outputs to the file",
    repo: {
      ".github/workflows/ci.yml": `on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-20.04 # old
    steps:
      - uses: actions/checkout@v2.3.4 # old
        with: { persist-credentials: false }
      - uses: "actions/upload-artifact@v3"
      - uses: actions/stale@v5
      - run: echo "::set-output name=tag::$TAG"
      - run: |
          make
          echo ::add-path::./bin
          echo '::set-output name=text::a%0Ab'
`,
    },
    after: {
      ".github/workflows/ci.yml": `on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04 # old
    steps:
      - uses: actions/checkout@v4 # old
        with: { persist-credentials: false }
      - uses: "actions/upload-artifact@v4"
      - uses: actions/stale@v5
      - run: echo "tag=$TAG" >> "$GITHUB_OUTPUT"
      - run: |
          make
          echo ./bin >> "$GITHUB_PATH"
          echo '::set-output name=text::a%0Ab'
`,
    },
    leaves: true,
  },
  {
    name: "writes nothing for the shell of Windows",
    repo: {
      ".github/workflows/ci.yml":
        "on: push\npermissions: {}\njobs:\n  test:\n    runs-on: windows-2025\n    steps:\n      - run: echo '::set-output name=a::b'\n",
    },
    refuses: "nothing here can be changed for sure",
  },
  {
    name: "chooses no other action, and writes no other shell",
    repo: {
      ".github/workflows/ci.yml":
        "on: push\npermissions: {}\njobs:\n  test:\n    steps:\n      - uses: actions/create-release@v1\n      - shell: pwsh\n        run: echo '::set-output name=a::b'\n",
    },
    refuses: "nothing here can be changed for sure",
  },
]);
