import rule from "../../../rules/documentation/site-builds.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PYPROJECT = '[project]\nname = "slug"\n\n[build-system]\nrequires = ["hatchling"]\n';
const PUBLISHED = PYPROJECT.replace("\n\n[build", '\nclassifiers = ["Topic :: Text Processing"]\n\n[build');
const library = (files: Record<string, string | { unreadable: string }>) => ({
  "slug/__init__.py": "",
  "pyproject.toml": PUBLISHED,
  "README.md": "# Slug\n\nMakes slugs.\n",
  ...files,
});
const ci = (run: string) => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n  docs:\n    steps:\n      - run: ${run}\n`,
});
const READTHEDOCS = "version: 2\nbuild:\n  os: ubuntu-24.04\n  tools: {python: '3.13'}\n";

describeRule(rule, [
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "an application", repo: { "manage.py": "", "requirements.txt": "django\ngunicorn\n" }, expect: "skip" },
  {
    name: "an application with a package among its parts",
    repo: library({
      "pyproject.toml": "[tool.uv.workspace]\nmembers = ['slug', 'shop']\n",
      "slug/pyproject.toml": PUBLISHED,
      "shop/manage.py": "",
      "shop/wsgi.py": "",
      "shop/requirements.txt": "django\ngunicorn\n",
    }),
    expect: "skip",
    says: "as a whole",
  },
  {
    name: "Sphinx, built by tox in CI",
    repo: library({ "docs/conf.py": "", ...ci("uv run --locked tox -e docs") }),
    expect: "pass",
    evidence: ["docs/conf.py:1", ".github/workflows/ci.yml:5"],
  },
  {
    name: "MkDocs, built by Read the Docs",
    repo: library({ "mkdocs.yml": "site_name: Slug\n", ".readthedocs.yml": READTHEDOCS }),
    expect: "pass",
    evidence: ["mkdocs.yml:1", ".readthedocs.yml:2"],
  },
  { name: "Zensical", repo: library({ "zensical.toml": "", ...ci("zensical build") }), expect: "pass" },
  { name: "pdoc, which needs no settings", repo: library(ci("pdoc slug -o public")), expect: "pass" },
  {
    name: "a file that Read the Docs refuses for its version",
    repo: library({ "docs/conf.py": "", ".readthedocs.yml": "python: {version: 3}\n" }),
    expect: "fail",
    evidence: [".readthedocs.yml:1"],
    says: "version: 2",
  },
  {
    name: "a file that Read the Docs refuses for its tools",
    repo: library({ "docs/conf.py": "", ".readthedocs.yml": "version: 2\nbuild:\n  os: ubuntu-24.04\n" }),
    expect: "fail",
    evidence: [".readthedocs.yml:2"],
    says: "build.tools",
  },
  {
    name: "such a file after a BOM and CRLF",
    repo: library({ ".readthedocs.yml": "\uFEFF# docs\r\nversion: 2\r\nbuild:\r\n  os: ubuntu-24.04\r\n" }),
    expect: "fail",
    evidence: [".readthedocs.yml:3"],
  },
  {
    name: "commands of its own instead of tools",
    repo: library({ ".readthedocs.yml": "version: 2\nbuild:\n  os: ubuntu-24.04\n  commands: [make html]\n" }),
    expect: "pass",
  },
  {
    name: "a generator that nothing runs",
    repo: library({ "docs/conf.py": "", ...ci("pytest") }),
    expect: "partial",
    value: 0.5,
    evidence: ["docs/conf.py:1"],
  },
  {
    name: "a build that is commented out",
    repo: library({ "docs/conf.py": "", ".travis.yml": "script:\n  - pytest\n  # - sphinx-build docs out\n" }),
    expect: "partial",
  },
  {
    name: "a small library with a complete README",
    repo: library({ "README.md": `# Slug\n\n${"Slug makes slugs of titles in any language. ".repeat(50)}\n` }),
    expect: "partial",
    value: 0.7,
    evidence: ["README.md:1"],
  },
  {
    name: "a short README that leads to the documentation",
    repo: library({ "README.md": "# Slug\n\nSee the [documentation](https://slug.example/).\n" }),
    expect: "partial",
    value: 0.7,
    says: "leads to",
  },
  {
    name: "pages without a generator",
    repo: library({ "docs/usage.md": "# Usage\n" }),
    expect: "partial",
    value: 0.5,
    evidence: ["docs/usage.md:1"],
  },
  {
    name: "nothing at all for a package of an index",
    repo: library({}),
    expect: "fail",
    evidence: ["README.md:1"],
  },
  {
    name: "nothing at all in a public repository",
    repo: library({ "pyproject.toml": PYPROJECT }),
    expect: "fail",
    repository: { visibility: "public" },
  },
  {
    name: "a package that no index gets",
    repo: library({ "pyproject.toml": PYPROJECT }),
    expect: "skip",
    says: "index",
  },
  {
    name: "built by a script that CI calls",
    repo: library({ "mkdocs.yml": "", ...ci("scripts/build"), "scripts/build": "#!/bin/sh\nset -e\nmkdocs build\n" }),
    expect: "pass",
    evidence: ["mkdocs.yml:1", "scripts/build:3"],
  },
  {
    name: "a script that CI calls and that cannot be read",
    repo: library({ "mkdocs.yml": "", ...ci("scripts/build"), "scripts/build": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
  {
    name: "a report in HTML is no documentation",
    repo: library({ "docs/conf.py": "", ...ci("make validate-test-html") }),
    expect: "partial",
  },
  {
    name: "settings that cannot be read",
    repo: library({ "docs/conf.py": "", ".readthedocs.yml": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);

const documented = {
  "docs/conf.py": "",
  "pyproject.toml": '[project]\nname = "slug"\n\n[build-system]\nrequires = ["hatchling"]\n',
  "slug.py": "",
};

describeRepair(rule, [
  {
    name: "a system and tools, where Read the Docs misses both",
    repo: {
      ...documented,
      ".readthedocs.yaml": "# Docs\nversion: 2\nsphinx: { configuration: docs/conf.py }  # in braces\n",
    },
    after: {
      ".readthedocs.yaml":
        "# Docs\nversion: 2\nsphinx: { configuration: docs/conf.py }  # in braces\nbuild:\n  os: ubuntu-lts-latest\n  tools:\n    python: latest\n",
    },
  },
  {
    name: "tools beside the system",
    repo: { ...documented, ".readthedocs.yaml": 'version: 2\nbuild:\n  os: "ubuntu-24.04"\n' },
    after: {
      ".readthedocs.yaml": 'version: 2\nbuild:\n  os: "ubuntu-24.04"\n  tools:\n    python: latest\n',
    },
  },
  {
    name: "not a file of the first version",
    repo: { ...documented, ".readthedocs.yml": "version: 1\npython: { version: 3 }\n" },
    refuses: "a file of another version",
  },
  {
    name: "not a key that went",
    repo: { ...documented, ".readthedocs.yml": 'version: 2\npython: { version: "3.8" }\n' },
    refuses: "a file of another version",
  },
  {
    name: "no generator that nobody set up",
    repo: documented,
    repository: { visibility: "public" },
    refuses: "how the documentation is built",
  },
]);
