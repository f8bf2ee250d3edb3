import rule from "../../../rules/ci-cd/actions-pinned-to-commit.ts";
import { commitIn, describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const COMMIT = "08c6903cd8c0fde910a37f88322edcfb5dd907a8";
const DIGEST = "sha256:e5b0a0e2ad7b5c2a9b2f0c3f4f6a07bd2b53bd1f2ff9c9a3d3e8c1a2b3c4d5e6";

/** A workflow whose steps use these. */
function workflow(...uses: readonly string[]): string {
  const steps = uses.map((text) => `      - uses: ${text}\n`).join("");
  return `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
}

const ci = (...uses: readonly string[]) => ({ ".github/workflows/ci.yml": workflow(...uses) });

describeRule(rule, [
  { name: "no workflows", repo: { "app.py": "" }, expect: "skip" },
  {
    name: "workflows below the folder are none",
    repo: { ".github/workflows/old/ci.yml": workflow("a/b@v1") },
    expect: "skip",
  },
  {
    name: "templates for other repositories are none",
    repo: { "workflow-templates/ci.yml": workflow("a/b@v1") },
    expect: "skip",
  },
  {
    name: "nothing is used",
    repo: { ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: make\n" },
    expect: "pass",
  },
  { name: "a commit with its version as a comment", repo: ci(`acme/setup@${COMMIT} # v1.2.3`), expect: "pass" },
  { name: "a SHA-256 commit", repo: ci(`acme/setup@${COMMIT}${"0".repeat(24)}`), expect: "pass" },
  { name: "an image by digest", repo: ci(`docker://ghcr.io/acme/lint@${DIGEST}`), expect: "pass" },
  {
    name: "an image by tag",
    repo: ci("docker://alpine:3.22"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
  },
  { name: "an action of this repository", repo: ci("./.github/actions/setup", "./"), expect: "pass" },
  { name: "the syntax for this very repository", repo: ci("$/.github/actions/setup"), expect: "pass" },
  { name: "this repository by its full name", repo: ci("Acme/Shop/.github/actions/setup@main"), expect: "pass" },
  {
    name: "another repository of the same owner",
    repo: ci("acme/tools@main"),
    expect: "fail",
    says: "acme/tools@main names a branch or tag",
  },
  { name: "a shortened commit", repo: ci("acme/setup@08c6903"), expect: "fail", says: "shortened commit" },
  { name: "no version", repo: ci("acme/setup"), expect: "fail", says: "no version" },
  {
    name: "a tag of GitHub's own action counts half",
    repo: ci("actions/checkout@v5", "github/codeql-action/init@v3"),
    expect: "partial",
    value: 0.5,
    evidence: [".github/workflows/ci.yml:6", ".github/workflows/ci.yml:7"],
  },
  { name: "a branch of GitHub's own action counts nothing", repo: ci("actions/checkout@main"), expect: "fail" },
  {
    name: "a share of a third is partial",
    repo: ci(`acme/a@${COMMIT}`, "acme/b@v1", "acme/c@v1"),
    expect: "partial",
    value: 1 / 3,
    evidence: [".github/workflows/ci.yml:7", ".github/workflows/ci.yml:8"],
  },
  {
    name: "a share of a quarter fails",
    repo: ci(`acme/a@${COMMIT}`, "acme/b@v1", "acme/c@v1", "acme/d@v1"),
    expect: "fail",
  },
  {
    name: "the SLSA generator must be named by its tag",
    repo: {
      ".github/workflows/release.yml":
        "on: release\njobs:\n  provenance:\n    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.1.0\n",
    },
    expect: "pass",
  },
  {
    name: "a reusable workflow of a job",
    repo: {
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    uses: acme/ci/.github/workflows/test.yml@main\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:4"],
  },
  {
    name: "the steps of a composite action",
    repo: {
      ".github/workflows/ci.yml": workflow("./.github/actions/setup"),
      ".github/actions/setup/action.yml": "runs:\n  using: composite\n  steps:\n    - uses: acme/setup@v1\n",
    },
    expect: "fail",
    evidence: [".github/actions/setup/action.yml:4"],
  },
  {
    name: "an action that only a uses names",
    repo: {
      ".github/workflows/ci.yml": workflow("./tools/setup"),
      "tools/setup/action.yaml": "runs:\n  using: composite\n  steps:\n    - uses: acme/setup@v1\n",
    },
    expect: "fail",
    evidence: ["tools/setup/action.yaml:4"],
  },
  {
    name: "steps shared by an anchor count once, Windows line ends too",
    repo: {
      ".github/workflows/ci.yml": [
        "on: push",
        "jobs:",
        "  a:",
        "    steps: &steps",
        "      - name: Set up",
        "        uses: acme/setup@v1",
        "  b:",
        "    steps: *steps",
        "",
      ].join("\r\n"),
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "a workflow that cannot be read",
    repo: { ...ci(`acme/a@${COMMIT}`), ".github/workflows/b.yml": { unreadable: "it is binary" } },
    expect: "unknown",
    says: ".github/workflows/b.yml",
  },
  {
    name: "a workflow that is no YAML",
    repo: { ".github/workflows/ci.yml": "jobs: [\n" },
    expect: "unknown",
    says: "not valid YAML",
  },
  {
    name: "what was seen decides although another file cannot be read",
    repo: { ...ci("acme/a@v1"), ".github/workflows/b.yml": { unreadable: "it is binary" } },
    expect: "fail",
  },
]);

describeRepair(rule, [
  {
    name: "pins tags and branches, with what they were as a comment",
    repo: ci("acme/setup@v1", "Acme/lint/sub@release/v2 # fast", `acme/done@${COMMIT} # v3`),
    after: ci(
      `acme/setup@${commitIn("acme/setup", "v1")} # v1`,
      `Acme/lint/sub@${commitIn("Acme/lint", "release/v2")} # release/v2 # fast`,
      `acme/done@${COMMIT} # v3`,
    ),
  },
  {
    name: "leaves alone what names no tag",
    repo: ci("acme/setup@v1", "docker://acme/lint:3"),
    after: ci(`acme/setup@${commitIn("acme/setup", "v1")} # v1`, "docker://acme/lint:3"),
    leaves: true,
  },
  {
    name: "knows no commit of a tag that is not there",
    repo: ci("acme/setup@v404"),
    refuses: "GitHub knows no such tags",
  },
]);
