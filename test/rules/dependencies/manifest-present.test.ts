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
  {
    name: "a pyproject of tools alone, and nothing else",
    repo: { "pyproject.toml": "[tool.ruff]\n", ...code },
    expect: "fail",
  },
  {
    name: "metadata without a list of dependencies",
    repo: { "pyproject.toml": '[project]\nname = "slug"\nversion = "1"\n', "slug.py": "import json\n" },
    expect: "pass",
    says: "nothing outside the standard library",
  },
  {
    name: "scripts that declare what they need inline",
    repo: { "report.py": '# /// script\n# dependencies = ["rich"]\n# ///\nimport rich\n' },
    expect: "pass",
    evidence: ["report.py:1"],
  },
  {
    name: "a script that declares nothing, beside one that does",
    repo: { "a.py": '# /// script\n# dependencies = ["rich"]\n# ///\nimport rich\n', "b.py": "import yaml\n" },
    expect: "fail",
    evidence: ["b.py:1"],
  },
  {
    name: "a namespace package of its own",
    repo: { "acme/shop/a.py": "", "b.py": "from acme.shop import a\n" },
    expect: "skip",
  },
  { name: "a module that Python has lost since", repo: { "a.py": "import imp, asyncore\n" }, expect: "skip" },
  {
    name: "an optional import",
    repo: { "a.py": "try:\n    import yaml\nexcept ImportError:\n    yaml = None\n" },
    expect: "skip",
  },
  {
    name: "Bazel, whose files are not read",
    repo: { "MODULE.bazel": "", "BUILD.bazel": "", ...code },
    expect: "unknown",
    says: "MODULE.bazel",
  },
  {
    name: "a lock of requirements for Bazel",
    repo: { "MODULE.bazel": "", "requirements_lock.txt": "django==5.2 --hash=sha256:00\n", ...code },
    expect: "pass",
  },
  ...[
    "[tool.pdm.dev-dependencies]\nx = ['django']",
    "[tool.pixi.pypi-dependencies]\ndjango = '*'",
    "[dependency-groups]\nweb = ['django']",
    "[project]\nname = 'a'\ndynamic = ['dependencies']",
  ].map((toml) => ({
    name: toml.split("\n")[0] as string,
    repo: { "pyproject.toml": toml, ...code },
    expect: "pass" as const,
  })),
  { name: "pixi.toml", repo: { "pixi.toml": '[pypi-dependencies]\ndjango = "*"\n', ...code }, expect: "pass" },
  {
    name: "the nearest manifest that ships is named",
    repo: {
      "requirements-dev.txt": "pytest",
      "shop/settings/requirements.txt": "x",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      ...code,
    },
    expect: "pass",
    evidence: ["pyproject.toml:3"],
  },
  {
    name: "constraints alone declare nothing",
    repo: { "constraints.txt": "django==5.2\n", ...code },
    expect: "fail",
  },
  {
    name: "boto3, which functions find where they run",
    repo: {
      "template.yaml":
        "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Role: !GetAtt Role.Arn\n",
      "src/app.py": "import boto3\n",
    },
    expect: "skip",
  },
  {
    name: "one module that no distribution is known for",
    repo: { "run.py": "import acme_helpers\n" },
    expect: "unknown",
    says: "acme_helpers",
  },
  {
    name: "a module whose distribution has another name, declared by that",
    repo: { "requirements.txt": "opencv-python\nPyYAML\n", "run.py": "import cv2\nimport yaml\n" },
    expect: "pass",
  },
  {
    name: "Pants, whose files are not read",
    repo: {
      "pants.toml": "[GLOBAL]\n",
      "shop/BUILD": "python_sources()\n",
      "3rdparty/python/default.lock": "{}",
      ...code,
    },
    expect: "unknown",
  },
]);
