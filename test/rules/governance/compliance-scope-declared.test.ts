import rule from "../../../rules/governance/compliance-scope-declared.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "manage.py": "", "requirements.txt": "django\n" };
const paying = { "manage.py": "", "requirements.txt": "django\nstripe==13.0\n" };

describeRule(rule, [
  { name: "nothing hints at regulated data", repo: app, expect: "skip" },
  {
    name: "a library that others pay with",
    repo: {
      "pyproject.toml":
        "[build-system]\nrequires=[]\n[project]\nname='pay'\nclassifiers=['Topic :: X']\ndependencies=['stripe']\n",
      "pay.py": "import stripe\n",
    },
    expect: "skip",
  },
  {
    name: "payments, at the first signal",
    repo: paying,
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "stripe hints at payments",
  },
  {
    name: "health data that only the source tells",
    repo: { ...app, "clinic/views.py": "import os\nfrom fhirclient import client\n" },
    expect: "fail",
    evidence: ["clinic/views.py:2"],
    says: "health data",
  },
  {
    name: "a prompt, no proof: that none applies is an answer",
    repo: { ...paying, ".github/pyready.yml": "compliance: { none: 'Checkout sees the cards' }\n" },
    expect: "pass",
  },
  {
    name: "none without a reason is no answer",
    repo: { ...paying, ".github/pyready.yml": "compliance: { none: '' }\n" },
    expect: "fail",
  },
  {
    name: "regimes without a document",
    repo: {
      ...paying,
      ".github/pyready.yml": "comment: never\ncompliance: [{ regime: pci-dss, check: inform }, soc2]\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: [".github/pyready.yml:2"],
  },
  {
    name: "in pyproject.toml, with a section of the README",
    repo: {
      ...paying,
      "pyproject.toml": "[tool.pyready]\ncompliance = ['pci-dss']\n",
      "README.md": "# Shop\n\n## Compliance\n\nCards never reach us.\n",
    },
    expect: "pass",
    evidence: ["pyproject.toml:2"],
  },
  {
    name: "a document without a policy",
    repo: { ...paying, "docs/pci-scope.md": "# Scope\n" },
    expect: "partial",
    value: 0.5,
    evidence: ["docs/pci-scope.md:1"],
  },
  { name: "used by tests alone", repo: { ...app, "tests/test_pay.py": "import stripe\n" }, expect: "skip" },
  {
    name: "an import that may be missing",
    repo: { ...app, "shop/pay.py": "try:\n    import stripe\nexcept ImportError:\n    stripe = None\n" },
    expect: "skip",
  },
  {
    name: "a policy that could not be read",
    repo: { ...paying, ".github/pyready.yml": "compliance: [\n" },
    expect: "unknown",
    says: "pyready.yml",
  },
  {
    name: "a source that could not be read",
    repo: { ...app, "shop/pay.py": { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "shop/pay.py",
  },
]);
