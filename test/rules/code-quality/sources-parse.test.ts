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
  { name: "a repository with nothing but tests", repo: { "tests/test_cart.py": "def test(): ...\n" }, expect: "skip" },
]);
