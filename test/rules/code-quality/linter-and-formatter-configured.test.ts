import { expect } from "@jest/globals";
import rule from "../../../rules/code-quality/linter-and-formatter-configured.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const hooks = (...ids: string[]) => ({
  ".pre-commit-config.yaml": `repos:\n  - repo: https://github.com/example/hooks\n    rev: v1\n    hooks:\n${ids.map((id) => `      - id: ${id}\n`).join("")}`,
});

describeRule(rule, [
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "nothing", repo: code, expect: "fail", evidence: [""] },
  {
    name: "ruff's lint settings alone",
    repo: { ...code, "pyproject.toml": "[project]\nname = 'a'\n[tool.ruff]\n" },
    expect: "partial",
    value: 0.7,
    evidence: ["pyproject.toml:3", ""],
  },
  {
    name: "hooks without any settings",
    repo: { ...code, ...hooks("ruff-check", "ruff-format") },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:5", ".pre-commit-config.yaml:6"],
  },
  { name: "flake8 and black as hooks", repo: { ...code, ...hooks("flake8", "black") }, expect: "pass" },
  {
    name: "a step of CI",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  lint:\n    steps:\n      - run: |\n          pip install ruff\n          ruff check .\n          ruff format --check .\n",
    },
    expect: "pass",
  },
  {
    name: "flake8 in setup.cfg",
    repo: { ...code, "setup.cfg": "[flake8]\nmax-line-length = 100\n" },
    expect: "partial",
    value: 0.7,
  },
  {
    name: "flake8 in pyproject, which flake8 does not read",
    repo: { ...code, "pyproject.toml": "[tool.black]\n[tool.flake8]\nmax-line-length = 100\n" },
    expect: "partial",
    value: 0.3,
    evidence: ["pyproject.toml:1", ""],
  },
  {
    name: "flake8 in pyproject, with the plugin that reads it",
    repo: {
      ...code,
      "pyproject.toml": "[tool.black]\n[tool.flake8]\n",
      "requirements-dev.txt": "flake8\nFlake8-pyproject\n",
    },
    expect: "pass",
    evidence: ["pyproject.toml:2", "pyproject.toml:1"],
  },
  ...["pyflakes shop", "pycodestyle shop", "flake8 --select H shop"].map((command) => ({
    name: `a linter that CI runs: ${command}`,
    repo: {
      ...code,
      ".github/workflows/ci.yml": `on: push\njobs:\n  lint:\n    steps:\n      - run: ${command}\n`,
    },
    expect: "partial" as const,
    value: 0.7,
    evidence: [".github/workflows/ci.yml:5", ""],
  })),
  {
    name: "hacking, which is flake8 with rules of its own",
    repo: { ...code, "tox.ini": "[hacking]\nimport_exceptions = shop.i18n\n" },
    expect: "partial",
    value: 0.7,
    evidence: ["tox.ini:1", ""],
  },
  {
    name: "hacking in the requirements only",
    repo: { ...code, "test-requirements.txt": "hacking\n" },
    expect: "partial",
    value: 0.3,
  },
  {
    name: "code in notebooks alone",
    repo: {
      "a.ipynb": JSON.stringify({ cells: [{ cell_type: "code", source: ["x = 1\n".repeat(200)] }] }),
      "b.py": "",
    },
    expect: "skip",
  },
  {
    name: "hooks with a byte order mark, Windows line ends and an anchor",
    repo: {
      ...code,
      ".pre-commit-config.yaml":
        "\uFEFFdefault: &at\r\n  - id: ruff-check\r\nrepos:\r\n  - repo: local\r\n    hooks: *at\r\n  - repo: local\r\n    hooks:\r\n      - id: ruff-format\r\n",
    },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:2", ".pre-commit-config.yaml:8"],
  },
  {
    name: "settings above the component",
    repo: {
      "ruff.toml": "[format]\n",
      "libs/a/pyproject.toml": "[project]\nname='a'\n",
      "libs/a/a.py": "",
      "libs/b/pyproject.toml": "[project]\nname='b'\n[tool.ruff]\nextend = '../../ruff.toml'\n",
      "libs/b/b.py": "",
    },
    expect: "pass",
  },
  {
    name: "a name in the requirements only",
    repo: { ...code, "requirements-dev.txt": "pytest\nflake8\n" },
    expect: "partial",
    value: 0.3,
    evidence: ["requirements-dev.txt:2"],
  },
  {
    name: "a command of tox",
    repo: { ...code, "tox.ini": "[testenv:lint]\ncommands =\n    pycodestyle shop\n" },
    expect: "partial",
    value: 0.7,
    evidence: ["tox.ini:3", ""],
  },
  {
    name: "settings that are not TOML",
    repo: { ...code, "pyproject.toml": "[tool" },
    expect: "unknown",
    says: "pyproject.toml",
  },
  {
    name: "ruff format in a target that CI runs",
    repo: {
      "pyproject.toml": "[tool.ruff]\n",
      Makefile: "lint:\n\truff check .\n\truff format --check .\n",
      ".github/workflows/ci.yml": "on: push\njobs:\n  lint:\n    steps:\n      - run: uv run make lint\n",
      "shop/api.py": "",
    },
    expect: "pass",
    evidence: ["pyproject.toml:1", "Makefile:3"],
  },
  {
    name: "ruff format in a target for developers",
    repo: { "pyproject.toml": "[tool.ruff]\n", Makefile: "fix:\n\t@ruff format .\n", "shop/api.py": "" },
    expect: "pass",
    evidence: ["pyproject.toml:1", "Makefile:2"],
  },
  {
    name: "ruff format as a hook",
    repo: {
      "pyproject.toml": "[tool.ruff]\n",
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    hooks:\n      - id: ruff-format\n",
      "shop/api.py": "",
    },
    expect: "pass",
  },
  {
    name: "an action that formats",
    repo: {
      "pyproject.toml": "[tool.ruff]\n",
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  lint:\n    steps:\n      - uses: astral-sh/ruff-action@v3\n        with: { args: format --check }\n",
      "shop/api.py": "",
    },
    expect: "pass",
  },
  {
    name: "a tool's name in prose",
    repo: {
      ".github/workflows/ci.yml": "on: push\njobs:\n  x:\n    steps:\n      - run: echo paint it black\n",
      "shop/api.py": "",
    },
    expect: "fail",
  },
  {
    name: "the settings of a fixture are not the project's",
    repo: { "shop/api.py": "", "tests/fixtures/demo/pyproject.toml": "[tool.ruff]\n[tool.black]\n" },
    expect: "fail",
  },
  {
    name: "a parent's settings reach down, as extend does",
    repo: {
      "ruff.toml": "[format]\n",
      "libs/a/pyproject.toml": '[project]\nname = "a"\n[tool.ruff]\nextend = "../../ruff.toml"\n',
      "libs/a/a.py": "",
      "libs/b/pyproject.toml": '[project]\nname = "b"\n',
      "libs/b/b.py": "",
    },
    expect: "pass",
  },
  {
    name: "components without, each named by its folder",
    repo: { "one/requirements.txt": "x", "one/a.py": "", "two/requirements.txt": "x", "two/a.py": "" },
    expect: "fail",
    evidence: ["one", "two"],
  },
  {
    name: "the root beside other components",
    repo: {
      "pyproject.toml": '[project]\nname = "a"\n',
      "a.py": "",
      "libs/b/pyproject.toml": '[project]\nname = "b"\n',
      "libs/b/b.py": "",
    },
    expect: "fail",
    says: "At the root: No linter",
  },
]);

describeRepair(rule, [
  {
    name: "into the pyproject.toml that is there, without a house style",
    repo: {
      "pyproject.toml": '[project]\nname = "shop"  # the web shop\n\n[tool.uv]\npackage = false\n',
      "shop/api.py": "x = 1\n",
    },
    after: {
      "pyproject.toml":
        '[project]\nname = "shop"  # the web shop\n\n[tool.uv]\npackage = false\n\n[tool.ruff.lint]\nextend-select = ["B"]\n\n[tool.ruff.format]\nquote-style = "preserve"\n',
    },
  },
  {
    name: "into a file of its own, which builds nothing",
    repo: { "requirements.txt": "django\n", "shop/api.py": "x = 1\n" },
    after: {
      "ruff.toml": '[lint]\nextend-select = ["B"]\n\n[format]\nquote-style = "preserve"\n',
    },
  },
  {
    name: "one file for all components",
    repo: { "one/requirements.txt": "x", "one/a.py": "", "two/requirements.txt": "x", "two/a.py": "" },
    after: { "ruff.toml": expect.stringContaining("[format]") },
  },
  {
    name: "the formatter of the linter that is set up",
    repo: {
      "pyproject.toml": "[tool.ruff]\nline-length = 100 # as it was\n\n[tool.ruff.lint]\nselect = ['F']\n",
      "shop/api.py": "x = 1\n",
    },
    after: {
      "pyproject.toml":
        "[tool.ruff]\nline-length = 100 # as it was\n\n[tool.ruff.lint]\nselect = ['F']\n\n[tool.ruff.format]\nquote-style = \"preserve\"\n",
    },
  },
  {
    name: "a linter beside black",
    repo: { "pyproject.toml": "[tool.black]\nline-length = 100\n", "shop/api.py": "x = 1\n" },
    after: {
      "pyproject.toml": '[tool.black]\nline-length = 100\n\n[tool.ruff.lint]\nextend-select = ["B"]\n',
    },
  },
  {
    name: "no other linter's companion",
    repo: { ".flake8": "[flake8]\nmax-line-length = 100\n", "shop/api.py": "x = 1\n" },
    refuses: "what goes with flake8 is for people to say",
  },
]);
