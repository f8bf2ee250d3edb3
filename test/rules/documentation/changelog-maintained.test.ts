import rule from "../../../rules/documentation/changelog-maintained.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = (files: Record<string, string | { unreadable: string; size?: number }>, version = "1.4.0") => ({
  "slug.py": "",
  "pyproject.toml": `[project]\nname = "slug"\nversion = "${version}"\n\n[build-system]\nrequires = ["hatchling"]\n`,
  ...files,
});
const entry = (title: string) => `# Changelog\n\n## ${title}\n\n- Titles in Greek become slugs as well.\n`;

describeRule(rule, [
  {
    name: "releases with notes",
    repo: repo({}),
    settings: known({ releases: [{ tag: "v1.4.0", hasNotes: true, assets: [] }] }),
    expect: "pass",
    says: "v1.4.0",
  },
  {
    name: "releases without notes",
    repo: repo({}),
    settings: known({ releases: [{ tag: "v1.4.0", hasNotes: false, assets: [] }] }),
    expect: "fail",
    evidence: [""],
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "notebooks", repo: { "a.ipynb": "{}".repeat(5000), "b.py": "" }, expect: "skip" },
  {
    name: "nothing in the files",
    repo: repo({}),
    expect: "unknown",
    says: "releases have notes",
  },
  {
    name: "an entry for the version",
    repo: repo({ "CHANGES.rst": "Changes\n=======\n\n1.4.0 (2026-10-01)\n------------------\n\n* Greek.\n" }),
    expect: "pass",
    evidence: ["CHANGES.rst:1"],
  },
  {
    name: "two releases behind, after a BOM and CRLF",
    repo: repo({ "CHANGELOG.md": "\uFEFF# Changelog\r\n\r\n## 1.2.0\r\n\r\n- Greek.\r\n" }),
    expect: "fail",
    evidence: ["CHANGELOG.md:3"],
  },
  {
    name: "semantic-release writes it",
    repo: {
      ...repo({}),
      "pyproject.toml":
        "[project]\nname = 'slug'\n[build-system]\nrequires = []\n[tool.semantic_release]\nbranch = 'main'\n",
    },
    expect: "pass",
    evidence: ["pyproject.toml:5"],
  },
  { name: "one release behind, which may be under way", repo: repo({ "NEWS.md": entry("1.3.0") }), expect: "pass" },
  {
    name: "two releases behind",
    repo: repo({ "HISTORY.md": entry("v1.2.7 (2024-01-01)") }),
    expect: "fail",
    evidence: ["HISTORY.md:3"],
    says: "1.2.7",
  },
  {
    name: "behind, and what is coming is written down",
    repo: repo({ "CHANGELOG.md": `${entry("Unreleased")}\n## 1.1.0\n\n- First.\n` }),
    expect: "pass",
  },
  { name: "a version by date", repo: repo({ "CHANGELOG.md": entry("2025.12.1") }, "2026.1.0"), expect: "pass" },
  { name: "a version under way", repo: repo({ "CHANGELOG.md": entry("1.1.0") }, "2.0.0.dev0"), expect: "pass" },
  {
    name: "a title alone",
    repo: repo({ "CHANGELOG.md": "# Changelog\n" }),
    expect: "fail",
    evidence: ["CHANGELOG.md:1"],
    says: "no entry",
  },
  {
    name: "an empty file beside those of the packages",
    repo: repo({ "CHANGELOG.md": "", "slug-core/ChangeLog.txt": entry("1.4.0") }),
    expect: "pass",
    evidence: ["slug-core/ChangeLog.txt:1"],
  },
  {
    name: "in the documentation",
    repo: repo({ "docs/reference/changelog.md": entry("1.4.0") }),
    expect: "pass",
    evidence: ["docs/reference/changelog.md:1"],
  },
  { name: "a folder of notes", repo: repo({ "docs/releases/1.4.md": "Greek." }), expect: "pass" },
  { name: "fragments", repo: repo({ "newsfragments/12.feature": "Greek." }), expect: "pass", says: "fragment" },
  { name: "release-please writes it", repo: repo({ "release-please-config.json": "{}" }), expect: "pass" },
  { name: "git-cliff writes it", repo: repo({ "cliff.toml": "" }), expect: "pass", evidence: ["cliff.toml:1"] },
  {
    name: "a workflow that lets GitHub write the notes",
    repo: repo({
      ".github/workflows/release.yml":
        "on: {push: {tags: ['v*']}}\njobs:\n  release:\n    steps:\n      - run: gh release create v1 --generate-notes\n",
    }),
    expect: "pass",
    evidence: [".github/workflows/release.yml:5"],
  },
  {
    name: "a link in the metadata",
    repo: {
      "slug.py": "",
      "setup.cfg": "[metadata]\nname = slug\n",
      "pyproject.toml": '[build-system]\nrequires = []\n\n[project.urls]\nChangelog = "https://slug.example/changes"\n',
    },
    expect: "pass",
    evidence: ["pyproject.toml:5"],
  },
  { name: "a fixture is no changelog", repo: repo({ "tests/data/CHANGELOG.md": entry("1.4.0") }), expect: "unknown" },
  {
    name: "a file too large to be worth reading",
    repo: repo({ "CHANGELOG.md": { unreadable: "too large", size: 900_000 } }),
    expect: "pass",
  },
]);
