import rule from "../../../rules/code-quality/lint-ruleset-meaningful.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "x = 1\n" };
const ruff = (settings: string) => ({ ...code, "pyproject.toml": `[tool.ruff.lint]\n${settings}\n` });

describeRule(rule, [
  { name: "no linter", repo: code, expect: "skip", says: "no linter is set up" },
  { name: "a linter that is only named", repo: { ...code, "requirements-dev.txt": "ruff\n" }, expect: "skip" },
  {
    name: "the defaults of ruff",
    repo: { ...code, "pyproject.toml": "[tool.ruff]\nline-length = 100\n" },
    expect: "partial",
    value: 0.4,
    evidence: ["pyproject.toml:1"],
    says: "Ruff looks for little more than what cannot run.",
  },
  { name: "bugbear", repo: ruff('line = 1\nselect = ["E", "F", "B"]'), expect: "pass", evidence: ["pyproject.toml:3"] },
  { name: "everything", repo: ruff('select = ["ALL"]\nignore = ["D"]'), expect: "pass" },
  {
    name: "bugbear selected and ignored again",
    repo: ruff('select = ["E", "F", "B"]\nignore = ["B"]'),
    expect: "partial",
    value: 0.4,
  },
  {
    name: "everything ignored",
    repo: ruff('select = ["E"]\nignore = ["ALL"]'),
    expect: "fail",
    evidence: ["pyproject.toml:3"],
    says: "Ruff is told to check nothing.",
  },
  { name: "one rule of bugbear by its code", repo: ruff('extend-select = ["B006"]'), expect: "partial", value: 0.7 },
  {
    name: "many rules of bugbear by their codes",
    repo: ruff('extend-select = ["B002", "B003", "B005", "B006", "B008"]'),
    expect: "pass",
  },
  { name: "a family by a prefix", repo: ruff('extend-select = ["PLW"]'), expect: "partial", value: 0.7 },
  { name: "imports alone", repo: ruff('select = ["I"]'), expect: "partial", value: 0.3 },
  {
    name: "settings at the top, as ruff once had them",
    repo: { ...code, "ruff.toml": 'extend-select = ["B"]\n' },
    expect: "pass",
    evidence: ["ruff.toml:1"],
  },
  {
    name: "settings that extend others of the repository",
    repo: {
      "ruff.toml": '[lint]\nextend-select = ["B"]\n',
      "services/api/pyproject.toml": '[project]\nname = "api"\n[tool.ruff]\nextend = "../../ruff.toml"\n',
      "services/api/api/main.py": "x = 1\n",
    },
    expect: "pass",
    evidence: ["ruff.toml:2"],
  },
  {
    name: "settings that extend what is not there",
    repo: { ...code, "pyproject.toml": '[tool.ruff]\nextend = "../base.toml"\n' },
    expect: "unknown",
    says: "../base.toml",
  },
  {
    name: "a hook that selects on its command line",
    repo: {
      ...code,
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.14.5\n    hooks:\n      - id: ruff-check\n        args: [--extend-select, B]\n",
    },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:5"],
  },
  {
    name: "flake8 without plugins",
    repo: { ...code, ".flake8": "[flake8]\nmax-line-length = 100\n" },
    expect: "partial",
    value: 0.4,
  },
  {
    name: "a command that sorts imports first",
    repo: {
      ...ruff('select = ["E", "F", "B"]'),
      Makefile: "format:\n\truff check --select I --fix\n\truff format\n",
    },
    expect: "pass",
    evidence: ["pyproject.toml:2"],
  },
  {
    name: "flake8 with bugbear beside its hook",
    repo: {
      ...code,
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/pycqa/flake8\n    rev: 7.3.0\n    hooks:\n      - id: flake8\n        additional_dependencies: [flake8-bugbear==24.12.12]\n",
    },
    expect: "pass",
  },
  {
    name: "flake8 that selects bugbear's codes",
    repo: { ...code, "setup.cfg": "[flake8]\nselect =\n    E,F\n    B\n" },
    expect: "pass",
  },
  {
    name: "flake8 with bugbear, all of it ignored but one rule",
    repo: {
      ...code,
      "requirements-dev.txt": "flake8\nflake8-bugbear\n",
      ".flake8": "[flake8]\nextend-ignore = E501, B\nextend-select = B006\n",
    },
    expect: "partial",
    value: 0.7,
    evidence: [".flake8:1"],
  },
  {
    name: "flake8 with bugbear and one rule of it that is off by default",
    repo: {
      ...code,
      "requirements-dev.txt": "flake8\nflake8-bugbear\n",
      ".flake8": "[flake8]\nextend-select = B950\n",
    },
    expect: "pass",
  },
  {
    name: "flake8 with bugbear, which its selection leaves out",
    repo: { ...code, "requirements-dev.txt": "flake8-bugbear\n", ".flake8": "[flake8]\nselect = E,F,W\n" },
    expect: "partial",
    value: 0.4,
  },
  {
    name: "a choice in pyproject.toml, which flake8 does not read",
    repo: { ...code, ".flake8": "[flake8]\n", "pyproject.toml": '[tool.flake8]\nselect = ["B"]\n' },
    expect: "partial",
    value: 0.4,
    evidence: [".flake8:1"],
  },
  {
    name: "pycodestyle alone",
    repo: { ...code, "tox.ini": "[testenv:lint]\ncommands =\n    pycodestyle shop\n" },
    expect: "partial",
    value: 0.3,
    evidence: ["tox.ini:3"],
  },
  {
    name: "generated code has its own rules: one file's noqa is not the repository's",
    repo: { ...ruff('select = ["E", "F", "B"]'), "shop/schema.py": "# ruff: noqa\nx = 1\n" },
    expect: "pass",
  },
  {
    name: "full codes of many families",
    repo: ruff('extend-select = ["PLW0120", "S105", "DTZ005"]'),
    expect: "partial",
    value: 0.7,
  },
  {
    name: "settings with a byte order mark and Windows line ends",
    repo: { ...code, "ruff.toml": '\uFEFFline-length = 100\r\n\r\n[lint]\r\nselect = [\r\n  "B",\r\n]\r\n' },
    expect: "pass",
    evidence: ["ruff.toml:4"],
  },
  {
    name: "pylint as it comes",
    repo: { ...code, ".pylintrc": "[MESSAGES CONTROL]\ndisable=missing-docstring\n" },
    expect: "pass",
  },
  {
    name: "pylint with everything off",
    repo: { ...code, ".pylintrc": "[MESSAGES CONTROL]\ndisable=all\n" },
    expect: "fail",
  },
  {
    name: "pylint with chosen checks",
    repo: {
      ...code,
      "pyproject.toml": '[tool.pylint."messages control"]\ndisable = ["all"]\nenable = ["unused-import"]\n',
    },
    expect: "partial",
    value: 0.7,
  },
  {
    name: "the linter that finds most counts",
    repo: { ...ruff('select = ["I"]'), ".pylintrc": "[MAIN]\njobs=0\n" },
    expect: "pass",
    evidence: [".pylintrc:1"],
  },
  {
    name: "settings that cannot be read",
    repo: { ...code, "ruff.toml": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);

const configured = (text: string) => ({ "pyproject.toml": text, "shop/api.py": "x = 1\n" });

describeRepair(rule, [
  {
    name: "one more family in a list with a line each",
    repo: configured('[tool.ruff.lint]\nselect = [\n  "E", # pycodestyle\n  "F", # pyflakes\n]\n'),
    after: {
      "pyproject.toml": '[tool.ruff.lint]\nselect = [\n  "E", # pycodestyle\n  "F", # pyflakes\n  "B",\n]\n',
    },
  },
  {
    name: "the older keys, where they stand",
    repo: configured("[tool.ruff]\nselect = ['E', 'F']\n"),
    after: { "pyproject.toml": "[tool.ruff]\nselect = ['E', 'F', \"B\"]\n" },
  },
  {
    name: "beside the defaults",
    repo: configured("[tool.ruff]\nline-length = 100\n"),
    after: {
      "pyproject.toml": '[tool.ruff]\nline-length = 100\n\n[tool.ruff.lint]\nextend-select = ["B"]\n',
    },
  },
  {
    name: "a file of ruff's own",
    repo: { "ruff.toml": 'lint.extend-select = ["S"]\n', "shop/api.py": "x = 1\n" },
    after: { "ruff.toml": 'lint.extend-select = ["S", "B"]\n' },
  },
  {
    name: "nothing where all is ignored",
    repo: configured("[tool.ruff.lint]\nignore = ['ALL']\n"),
    refuses: "may be meant",
  },
  {
    name: "nothing where bugbear is ignored",
    repo: configured("[tool.ruff.lint]\nselect = ['F']\nignore = ['B']\n"),
    refuses: "it did not help",
  },
  {
    name: "no plugin of flake8",
    repo: { ".flake8": "[flake8]\nmax-line-length = 100\n", "shop/api.py": "x = 1\n" },
    refuses: "flake8 needs a plugin",
  },
]);
