import rule from "../../../rules/code-quality/type-checker-configured.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "", "pyproject.toml": '[project]\nname = "shop"\n' };
const settings = (text: string) => ({ ...code, "pyproject.toml": `[project]\nname = "shop"\n${text}\n` });
const NOTEBOOK = JSON.stringify({ cells: [{ cell_type: "code", source: ["x = 1\n".repeat(200)] }] });

describeRule(rule, [
  { name: "a few scripts", repo: { "run.py": "print(1)\n" }, expect: "skip" },
  {
    name: "many lines without a package",
    repo: { "run.py": "print('a line of a script that is long enough')\n".repeat(400) },
    expect: "fail",
    evidence: [""],
  },
  {
    name: "mypy without strict settings",
    repo: settings("[tool.mypy]\nplugins = []"),
    expect: "partial",
    value: 0.7,
    evidence: ["pyproject.toml:3"],
  },
  {
    name: "disallow_untyped_defs in mypy.ini",
    repo: { ...code, "mypy.ini": "[mypy]\ndisallow_untyped_defs = True\n" },
    expect: "pass",
  },
  {
    name: "mypy in setup.cfg",
    repo: { ...code, "setup.cfg": "[metadata]\nname = shop\n[mypy]\nstrict = true\n" },
    expect: "pass",
  },
  {
    name: "errors ignored everywhere",
    repo: settings("[tool.mypy]\nignore_errors = true"),
    expect: "fail",
    evidence: ["pyproject.toml:3"],
  },
  {
    name: "errors ignored in some modules",
    repo: settings('[tool.mypy]\nstrict = true\n[[tool.mypy.overrides]]\nmodule = "old.*"\nignore_errors = true'),
    expect: "pass",
    evidence: ["pyproject.toml:3"],
  },
  {
    name: "errors ignored in some modules, in mypy.ini",
    repo: {
      ...code,
      "mypy.ini": "\uFEFF[mypy]\r\nplugins = mypy_django_plugin.main\r\n[mypy-old.*]\r\nignore_errors = True\r\n",
    },
    expect: "partial",
    value: 0.7,
    evidence: ["mypy.ini:1"],
  },
  {
    name: "the plugins of Django and SQLAlchemy are no strictness, and no lack",
    repo: settings('[tool.mypy]\nstrict = true\nplugins = ["mypy_django_plugin.main"]'),
    expect: "pass",
  },
  { name: "code in notebooks alone", repo: { "a.ipynb": NOTEBOOK, "b.py": "" }, expect: "skip", says: "notebooks" },
  ...["[tool.pyrefly]", "[tool.ty.rules]", "[tool.pytype]", "[tool.pyre]"].map((table) => ({
    name: `another checker: ${table}`,
    repo: settings(table),
    expect: "partial" as const,
    value: 0.7,
    evidence: ["pyproject.toml:3"],
  })),
  {
    name: "pyright switched off",
    repo: settings('[tool.pyright]\ntypeCheckingMode = "off"'),
    expect: "fail",
    says: "switched off",
  },
  {
    name: "pyrightconfig.json with comments",
    repo: { ...code, "pyrightconfig.json": '{\n  // all of it\n  "typeCheckingMode": "strict",\n}\n' },
    expect: "pass",
  },
  {
    name: "pyright in CI without settings",
    repo: { ...code, ".github/workflows/ci.yml": "on: push\njobs:\n  types:\n    steps:\n      - run: uvx pyright\n" },
    expect: "partial",
    value: 0.7,
    evidence: [".github/workflows/ci.yml:5"],
  },
  {
    name: "a hook that is strict by its arguments",
    repo: {
      ...code,
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/pre-commit/mirrors-mypy\n    hooks:\n      - id: mypy\n        args: [--strict]\n",
    },
    expect: "pass",
  },
  { name: "a name in the requirements only", repo: { ...code, "requirements-dev.txt": "mypy\n" }, expect: "fail" },
  { name: "settings that are not TOML", repo: { "shop/api.py": "", "pyproject.toml": "[tool" }, expect: "unknown" },
  {
    name: "mypy --strict in a target for developers",
    repo: { ...code, Makefile: "types:\n\tuv run mypy --strict shop\n" },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  {
    name: "pyright without settings, run in CI",
    repo: { ...code, ".github/workflows/ci.yml": "on: push\njobs:\n  types:\n    steps:\n      - run: npx pyright\n" },
    expect: "partial",
    value: 0.7,
  },
  {
    name: "basedpyright, which asks for more by itself",
    repo: { ...code, "pyproject.toml": "[tool.basedpyright]\n" },
    expect: "pass",
  },
  {
    name: "the settings of a fixture are not the project's",
    repo: { ...code, "tests/fixtures/demo/pyproject.toml": "[tool.mypy]\nstrict = true\n" },
    expect: "fail",
  },
  {
    name: "nothing but tests of a template",
    repo: { "pyproject.toml": '[project]\nname = "skeleton"\n', "tests/test_render.py": "x = 1\n".repeat(2000) },
    expect: "skip",
    says: "outside tests",
  },
  {
    name: "one component of several, named by its folder",
    repo: {
      "a/pyproject.toml": '[project]\nname = "a"\n[tool.mypy]\nstrict = true\n',
      "a/a.py": "",
      "b/pyproject.toml": '[project]\nname = "b"\n',
      "b/b.py": "",
    },
    expect: "fail",
    evidence: ["b"],
  },
]);

describeRepair(rule, [
  {
    name: "a baseline in the pyproject.toml that is there",
    repo: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/api.py": "x = 1\n" },
    after: {
      "pyproject.toml":
        '[project]\nname = "shop"\n\n[tool.mypy]\nwarn_redundant_casts = true\nwarn_unused_ignores = true\n',
    },
    leaves: true,
  },
  {
    name: "a baseline in a file of its own",
    repo: { "setup.py": 'from setuptools import setup\nsetup(name="shop")\n', "shop/api.py": "x = 1\n" },
    after: { "mypy.ini": "[mypy]\nwarn_redundant_casts = True\nwarn_unused_ignores = True\n" },
    leaves: true,
  },
  {
    name: "no file for each of many components",
    repo: Object.fromEntries(
      Array.from({ length: 6 }, (_, n) => [
        [`sdk-${n}/setup.py`, `from setuptools import setup\nsetup(name="sdk-${n}")\n`],
        [`sdk-${n}/api.py`, "x = 1\n"],
      ]).flat(),
    ),
    refuses: "each of many components",
  },
  {
    name: "no second checker",
    repo: {
      "pyproject.toml": '[project]\nname = "shop"\n\n[dependency-groups]\ndev = ["pyright"]\n',
      "shop/api.py": "x = 1\n",
    },
    refuses: "how pyright is set up is for people to say",
  },
  {
    name: "no stricter level",
    repo: { "pyproject.toml": '[project]\nname = "shop"\n\n[tool.mypy]\npretty = true\n', "shop/api.py": "x = 1\n" },
    refuses: "has to be mended first",
  },
]);
