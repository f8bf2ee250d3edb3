import rule from "../../../rules/dependencies/manifest-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "import os\nimport cv2\n" };

describeRule(rule, [
  { name: "the first import from outside", repo: code, expect: "fail", evidence: ["shop/api.py:2"], says: "cv2" },
  {
    name: "only the standard library",
    repo: { "run.py": "import os, sys\nfrom __future__ import annotations\n" },
    expect: "skip",
  },
  {
    name: "only its own packages",
    repo: { "shop/a.py": "import shop.b\nfrom shop import c\n", "shop/b.py": "" },
    expect: "skip",
  },
  {
    name: "an optional import inside try",
    repo: { "run.py": "try:\n    import uvloop\nexcept ImportError:\n    pass\n" },
    expect: "skip",
  },
  {
    name: "sources that cannot be read",
    repo: { "run.py": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
  },
  {
    name: "a manifest that cannot be read",
    repo: { "requirements.txt": { unreadable: "it is binary" }, ...code },
    expect: "unknown",
    says: "requirements.txt",
  },
  {
    name: "requirements in a folder",
    repo: { "requirements/base.txt": "django\n", ...code },
    expect: "pass",
    evidence: ["requirements/base.txt:1"],
  },
  {
    name: "setup.cfg",
    repo: { "setup.cfg": "[options]\ninstall_requires =\n    django\n", ...code },
    expect: "pass",
    evidence: ["setup.cfg:3"],
  },
  {
    name: "setup.py with a list by name",
    repo: { "setup.py": 'REQUIRES = [\n    "django",\n]\nsetup(install_requires=REQUIRES)\n', ...code },
    expect: "pass",
    evidence: ["setup.py:2"],
  },
  {
    name: "setup.py with a computed list",
    repo: { "setup.py": "setup(install_requires=read())\n", ...code },
    expect: "pass",
  },
  { name: "Pipfile", repo: { Pipfile: '[packages]\ndjango = "*"\n', ...code }, expect: "pass" },
  {
    name: "a conda environment",
    repo: { "environment.yml": "dependencies:\n  - python=3.13\n  - numpy\n", ...code },
    expect: "pass",
    evidence: ["environment.yml:3"],
  },
  {
    name: "Poetry",
    repo: { "pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^5"\n', ...code },
    expect: "pass",
  },
  {
    name: "a pyproject of tools alone declares nothing",
    repo: { "pyproject.toml": "[tool.ruff]\n", "requirements.txt": "django", ...code },
    expect: "pass",
    evidence: ["requirements.txt:1"],
  },
]);
