import rule from "../../../rules/code-quality/functions-annotated.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const several = (count: number, write: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => write(n)).join("");
const typed = (count: number) => several(count, (n) => `def typed_${n}(price: int) -> int:\n    return price\n\n`);
const open = (count: number) => several(count, (n) => `def open_${n}(price):\n    return price\n\n`);
const library = `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "shop"\nversion = "1"\nclassifiers = ["Programming Language :: Python :: 3"]\n`;

describeRule(rule, [
  { name: "a small program", repo: { "shop.py": open(19) }, expect: "skip", says: "fewer than 20" },
  { name: "four of five", repo: { "shop.py": typed(16) + open(4) }, expect: "pass" },
  {
    name: "one of two",
    repo: { "shop/a.py": typed(10), "shop/b.py": `x = 1\n\n${open(10)}` },
    expect: "partial",
    value: 0.5,
    evidence: ["shop/b.py:3"],
    says: "0 of 10 public functions here",
  },
  {
    name: "the worst modules, worst first",
    repo: { "shop/a.py": typed(2) + open(2), "shop/b.py": open(20) },
    expect: "fail",
    evidence: ["shop/b.py:1", "shop/a.py:7"],
  },
  {
    name: "a parameter without a type, and a missing return",
    repo: { "shop.py": `def total(a: int, b) -> int: ...\ndef mean(a: int): ...\n${typed(18)}` },
    expect: "pass",
  },
  {
    name: "self, cls, *args and **kwargs",
    repo: {
      "shop.py": `class Cart:\n${several(19, (n) => `    def total_${n}(self, *args, key: int = 0, **kwargs) -> int: ...\n`)}    @classmethod\n    def empty(cls) -> "Cart": ...\n`,
    },
    expect: "pass",
  },
  {
    name: "overloads, private and nested functions, special methods",
    repo: {
      "shop.py": `import typing\n${typed(20)}${several(20, (n) => `def _open_${n}(a): ...\n@typing.overload\ndef over_${n}(a): ...\n`)}class Cart:\n    def __init__(self, a):\n        def inner(b): ...\n`,
    },
    expect: "pass",
  },
  {
    name: "migrations, settings, scripts of tools, tests and what protoc wrote",
    repo: {
      "shop/cart.py": typed(20),
      "shop/migrations/0001_initial.py": open(30),
      "shop/settings/base.py": open(30),
      "noxfile.py": open(30),
      "tests/test_cart.py": open(30),
      "shop/cart_pb2.py": open(30),
    },
    expect: "pass",
  },
  {
    name: "types in a stub beside the module",
    repo: { "shop/cart.py": open(30), "shop/cart.pyi": typed(30), "shop/shop.py": typed(20) },
    expect: "pass",
  },
  {
    name: "a typed library that does not ship py.typed",
    repo: { "pyproject.toml": library, "shop/__init__.py": typed(20) },
    expect: "partial",
    value: 0.8,
    evidence: [""],
    says: "py.typed",
  },
  {
    name: "a typed library that does",
    repo: { "pyproject.toml": library, "shop/__init__.py": typed(20), "shop/py.typed": "" },
    expect: "pass",
  },
  { name: "a module that cannot be read", repo: { "shop.py": { unreadable: "it is binary" } }, expect: "unknown" },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
]);

const typedLibrary = (backend: string, folder: string, share = 20) => ({
  "pyproject.toml": `[build-system]\nrequires = ["${backend}"]\n\n[project]\nname = "Text-Slug"\nclassifiers = ["Topic :: Text"]\n`,
  [`${folder}/__init__.py`]: "",
  [`${folder}/cart.py`]: Array.from({ length: 20 }, (_, n) =>
    n < share ? `def total_${n}(price: int) -> int:\n    return price\n` : `def total_${n}(price):\n    return price\n`,
  ).join("\n"),
});

describeRepair(rule, [
  {
    name: "marks a typed package whose build takes the marker along",
    repo: typedLibrary("hatchling>=1.27", "src/text_slug"),
    after: { "src/text_slug/py.typed": "" },
  },
  {
    name: "leaves a build that has to be told which files it takes",
    repo: typedLibrary("setuptools", "text_slug"),
    refuses: "for people to say",
  },
  {
    name: "leaves a package that another name would have to be found for",
    repo: typedLibrary("flit_core", "slugs"),
    refuses: "for people to say",
  },
  {
    name: "does not promise types that half of the functions have",
    repo: typedLibrary("hatchling", "text_slug", 12),
    refuses: "for people to say",
  },
]);
