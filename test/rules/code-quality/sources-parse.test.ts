import rule from "../../../rules/code-quality/sources-parse.ts";
import { describeRule } from "../../support/describe-rule.ts";

const claims = (range: string) => `[project]\nname = "shop"\nversion = "1"\nrequires-python = "${range}"\n`;

describeRule(rule, [
  {
    name: "a match statement where Python 3.9 is claimed",
    repo: {
      "pyproject.toml": claims(">=3.9"),
      "shop/cart.py": "import os\n\nmatch os.name:\n    case 'nt':\n        pass\n",
    },
    expect: "fail",
    evidence: ["shop/cart.py:3"],
    says: "3.9 is claimed as well",
  },
  {
    name: "a match statement where only newer versions are claimed",
    repo: {
      "pyproject.toml": claims(">=3.10"),
      "shop/cart.py": "import os\n\nmatch os.name:\n    case 'nt':\n        pass\n",
    },
    expect: "pass",
  },
  {
    name: "newest syntax where nothing is claimed",
    repo: { "shop/cart.py": "try:\n    import tomllib\nexcept ImportError, OSError:\n    raise\n" },
    expect: "pass",
  },
  {
    name: "code that is broken on purpose, for a test",
    repo: { "shop/cart.py": "x = 1\n", "tests/data/broken.py": "def (:\n" },
    expect: "pass",
  },
  {
    name: "an error after Windows line ends",
    repo: { "shop/cart.py": "x = 1\r\n\r\ndef total(:\r\n    pass\r\n" },
    expect: "fail",
    evidence: ["shop/cart.py:3"],
  },
  {
    name: "a module that is named for the version that imports it",
    repo: {
      "pyproject.toml": claims(">=3.9"),
      "shop/cart.py": "x = 1\n",
      "shop/_py312.py": "type Price = int\n",
      "shop/compat_py310/cart.py": "import os\nmatch os.name:\n    case 'nt':\n        pass\n",
    },
    expect: "pass",
  },
  {
    name: "one that is named for an older version",
    repo: { "pyproject.toml": claims(">=3.9"), "shop/_py310.py": "type Price = int\n" },
    expect: "fail",
    evidence: ["shop/_py310.py:1"],
  },
  {
    name: "Python 2 where the metadata says Python 2",
    repo: {
      "setup.cfg": "[metadata]\nname = shop\nclassifiers =\n    Programming Language :: Python :: 2.7\n",
      "shop/cart.py": "print 'total'\n",
    },
    expect: "pass",
  },
  {
    name: "what ruff and flake8 pass over",
    repo: {
      "pyproject.toml": '[tool.ruff]\nextend-exclude = ["legacy", "shop/old/*.py"]\n',
      ".flake8": "[flake8]\nexclude =\n    .git,\n    scripts/two.py\n",
      "shop/cart.py": "x = 1\n",
      "shop/legacy/cart.py": "print 'total'\n",
      "shop/old/cart.py": "print 'total'\n",
      "scripts/two.py": { unreadable: "it is not UTF-8" },
    },
    expect: "pass",
  },
  {
    name: "what becomes Python only when it is filled in",
    repo: {
      "shop/cart.py": "x = 1\n",
      "sdk/template/client.py": "import os\n\nclass {{ name }}:\n    pass\n",
      "sdk/model.py": "{% for field in fields %}\nx = 1\n{% endfor %}\n",
    },
    expect: "pass",
  },
  {
    name: "a template's text in a module that is broken elsewhere",
    repo: { "shop/page.py": "PAGE = '{{ name }}'\n\n\n\ndef total(:\n    pass\n" },
    expect: "fail",
    evidence: ["shop/page.py:5"],
  },
  {
    name: "a module that could not be read",
    repo: { "shop/cart.py": { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "shop/cart.py",
  },
  { name: "a repository with nothing but tests", repo: { "tests/test_cart.py": "def test(): ...\n" }, expect: "skip" },
]);
