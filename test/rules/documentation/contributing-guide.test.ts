import rule from "../../../rules/documentation/contributing-guide.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = (files: Record<string, string | { unreadable: string }>) => ({ "slug.py": "", ...files });
const readme = (text: string) => repo({ "README.md": `# Slug\n\nMakes slugs of titles.\n\n${text}\n` });
const FULL = "Run the tests with `tox`, then open a pull request; somebody reviews it within a week.\n";

describeRule(rule, [
  {
    name: "the organisation's guide",
    repo: repo({}),
    repository: { owner: "organization", visibility: "public" },
    settings: known({ community: { hasSecurityPolicy: false, hasContributingGuide: true, licence: null } }),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "no guide, nor one of the organisation",
    repo: repo({}),
    repository: { owner: "organization", visibility: "public" },
    settings: known({ community: { hasSecurityPolicy: false, hasContributingGuide: false, licence: null } }),
    expect: "fail",
    evidence: [""],
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  {
    name: "a file in .github",
    repo: repo({ ".github/CONTRIBUTING.md": FULL }),
    expect: "pass",
    evidence: [".github/CONTRIBUTING.md:1"],
  },
  {
    name: "a file after a BOM and CRLF that says too little",
    repo: repo({
      "CONTRIBUTING.md": "\uFEFF# Contributing\r\n\r\nRun `pytest` over all of it, and look at what it says.\r\n",
    }),
    expect: "partial",
    value: 0.8,
    evidence: ["CONTRIBUTING.md:1"],
    says: "proposed",
  },
  { name: "reStructuredText", repo: repo({ "CONTRIBUTING.rst": `Contributing\n====\n\n${FULL}` }), expect: "pass" },
  {
    name: "a short file that leads to the guide",
    repo: repo({ "CONTRIBUTING.md": "See [the guide](https://slug.example/contributing).\n" }),
    expect: "pass",
    says: "leads to",
  },
  {
    name: "a page of the documentation",
    repo: repo({ "docs/development/contributing.md": FULL }),
    expect: "pass",
    evidence: ["docs/development/contributing.md:1"],
  },
  {
    name: "a section of the README, as a private repository has it",
    repo: readme(`## Development\n\n${FULL}`),
    expect: "pass",
    evidence: ["README.md:5"],
    repository: { visibility: "private", owner: "organization" },
  },
  {
    name: "several pages, each with a part",
    repo: repo({
      "docs/development/merging.md": "Open a pull request; one of us looks at it before it goes in.\n",
      "docs/development/testing.md": "Run pytest in the container and look at the coverage.\n",
    }),
    expect: "pass",
    evidence: ["docs/development/merging.md:1"],
  },
  {
    name: "a README that only tells how to start it",
    repo: readme("## Development\n\nCall `make serve` and open the page that it names in the terminal."),
    expect: "unknown",
  },
  {
    name: "nothing of tests",
    repo: repo({ "CONTRIBUTING.md": "We are glad of every pull request: fork it, change it, say what you changed.\n" }),
    expect: "partial",
    value: 0.8,
    says: "which tests must pass",
  },
  {
    name: "only good wishes",
    repo: repo({ "CONTRIBUTING.md": "We are glad of everybody who wants to help us with this small thing.\n" }),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "an empty file",
    repo: repo({ "CONTRIBUTING.md": "# Contributing\n" }),
    expect: "fail",
    evidence: ["CONTRIBUTING.md:1"],
  },
  {
    name: "none in a person's public repository",
    repo: readme("## Usage\n\nCall slug."),
    expect: "fail",
    evidence: [""],
    repository: { visibility: "public", owner: "user" },
  },
  {
    name: "none here, where the organisation may have one for all",
    repo: readme("## Usage\n\nCall slug."),
    expect: "unknown",
    repository: { visibility: "public", owner: "organization" },
    says: "organisation",
  },
  {
    name: "none on a laptop",
    repo: readme("## Usage"),
    expect: "unknown",
    repository: { visibility: "unknown", owner: "user" },
  },
  {
    name: "a file that cannot be read",
    repo: repo({ "CONTRIBUTING.md": { unreadable: "it is binary" } }),
    expect: "unknown",
    says: "binary",
    repository: { visibility: "public", owner: "user" },
  },
]);
