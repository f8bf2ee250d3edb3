import rule from "../../../rules/code-quality/no-debug-leftovers.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const library = {
  "pyproject.toml":
    '[project]\nname = "shop"\nversion = "1"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
};
const service = { "requirements.txt": "flask==3.1.0\n", Procfile: "web: gunicorn shop.app:app\n" };
const of = (text: string, kind: Readonly<Record<string, string>> = library) => ({ ...kind, "shop/cart.py": text });

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  {
    name: "debuggers by every name",
    repo: of(
      "import pdb\nfrom ipdb import set_trace as stop\n\n\ndef total(prices):\n    pdb.set_trace()\n    stop()\n    import debugpy; debugpy.listen(5678)\n    return sum(prices)\n",
    ),
    expect: "fail",
    evidence: ["shop/cart.py:6", "shop/cart.py:7", "shop/cart.py:8"],
  },
  {
    name: "a debugger that is only imported",
    repo: of("import pdb\n\nx = 1\n"),
    expect: "fail",
    evidence: ["shop/cart.py:1"],
  },
  {
    name: "a debugger that a setting asks for",
    repo: of("from shop.settings import DEBUG\n\nif DEBUG:\n    import debugpy\n\n    debugpy.listen(5678)\n"),
    expect: "pass",
  },
  {
    name: "a feature that is a debugger",
    repo: of(
      "from pdb import Pdb\nimport pdb\n\n\ndef debug_on_signal(signal, frame):\n    Pdb().set_trace(frame)\n    pdb.set_trace()\n",
    ),
    expect: "pass",
  },
  {
    name: "a database of addresses that is called ipdb",
    repo: of("import ipdb\n\ncities = ipdb.City('cities.ipdb')\n"),
    expect: "pass",
  },
  {
    name: "print in a library",
    repo: of("def total(prices):\n    print(prices)\n    return sum(prices)\n"),
    expect: "pass",
  },
  {
    name: "print in a service",
    repo: of("def total(prices):\n    print(prices)\n    return sum(prices)\n", service),
    expect: "partial",
    value: 0.8,
    evidence: ["shop/cart.py:2"],
  },
  {
    name: "programs of a service that speak to whoever runs them",
    repo: {
      ...service,
      "shop/cart.py":
        "import sys\n\n\ndef total(prices):\n    print(prices, file=sys.stderr)\n\n\nif __name__ == '__main__':\n    print(total([]))\n",
      "shop/management/commands/clean.py": "print('cleaned')\n",
      "scripts/dump.py": "print('dumped')\n",
      "shop/tool.py": "import argparse\n\nprint(argparse)\n",
      "tests/test_cart.py": "breakpoint()\nprint('x')\n",
    },
    expect: "pass",
  },
  { name: "a finding that the authors silenced", repo: of("breakpoint()  # noqa: T100\n"), expect: "pass" },
  {
    name: "a module that cannot be read",
    repo: { ...library, "shop/a.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);

const traced = (body: string) => ({
  "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n[project.scripts]\nshop = "shop.cart:total"\n',
  "shop/cart.py": `def total(prices):\n${body}`,
});

describeRepair(rule, [
  {
    name: "the line of a breakpoint, and of a debugger with its import",
    repo: traced(
      "    # all of them\n    breakpoint()  # noqa: E501\n\n    import pdb; pdb.set_trace()\n    return sum(prices)\n",
    ),
    after: { "shop/cart.py": traced("    # all of them\n\n    return sum(prices)\n")["shop/cart.py"] },
  },
  {
    name: "not the only statement of a block",
    repo: traced("    if not prices:\n        breakpoint()\n    return sum(prices)\n"),
    refuses: "what stays without the line",
  },
  {
    name: "not a line that does more",
    repo: traced("    x = 1; breakpoint()\n    return sum(prices)\n"),
    refuses: "what stays without the line",
  },
]);
