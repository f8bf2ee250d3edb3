import { describe, expect, test } from "@jest/globals";
import type { Expression, Module, Statement } from "../../src/facts/source/syntax.ts";
import { createLinter } from "../../src/python/linter.ts";
import { createModuleReader } from "../../src/python/module.ts";

const read = await createModuleReader(createLinter());
const moduleOf = (text: string): Module => read("shop.py", text);
const only = (text: string): Statement => {
  const [statement, ...rest] = moduleOf(text).body;
  if (!statement || rest.length > 0) throw new Error(`${rest.length + 1} statements`);
  return statement;
};
const value = (text: string): Expression | undefined => {
  const statement = only(text);
  return statement.kind === "Expr" ? statement.values[0] : undefined;
};

describe("expressions", () => {
  test.each([
    ['"a" "b"', { kind: "Constant", type: "str", value: "ab" }],
    ["'\\x41\\n\\u00e9'", { kind: "Constant", value: "A\né" }],
    // What escapes nothing stands for itself, beside what escapes.
    ["'!\\#[\\\\]\\d'", { kind: "Constant", value: "!\\#[\\]\\d" }],
    ["r'\\n'", { kind: "Constant", value: "\\n" }],
    ["b'x'", { kind: "Constant", type: "bytes", value: "x" }],
    ['f"a{b}{{c}}"', { kind: "JoinedStr", values: [{ value: "a" }, { kind: "Name", id: "b" }, { value: "{c}" }] }],
    ["a.b.c", { kind: "Attribute", attr: "c", value: { kind: "Attribute", attr: "b" } }],
    [
      "f(1, *a, b=2, **c)",
      { kind: "Call", args: [{ value: "1" }, { kind: "Starred" }], keywords: [{ arg: "b" }, { arg: null }] },
    ],
    ["f(x for x in y)", { kind: "Call", args: [{ kind: "Comprehension", of: "generator" }] }],
    ["{**a, 'b': 1}", { kind: "Dict", items: [{ key: null }, { key: { value: "b" } }] }],
    ["a is not b", { kind: "Compare", ops: ["is not"] }],
    ["not a", { kind: "UnaryOp", op: "not" }],
    ["a if b else c", { kind: "IfExp", test: { id: "b" }, body: { id: "a" }, orelse: { id: "c" } }],
    ["(yield a)", { kind: "Yield", value: { id: "a" } }],
    ["a[1, 2]", { kind: "Subscript", slice: { kind: "Tuple" } }],
    ["lambda a, *b: a", { kind: "Lambda", args: [{ name: "a" }, { name: "b", kind: "star" }] }],
  ])("%s", (text, expected) => expect(value(text)).toMatchObject(expected));
});

describe("statements", () => {
  test.each([
    ["a = b = 1", { kind: "Assign", targets: [{ id: "a" }, { id: "b" }], op: "=", value: { value: "1" } }],
    ["a: int = 1", { kind: "Assign", annotation: { id: "int" }, value: { value: "1" } }],
    ["a: int", { kind: "Assign", annotation: { id: "int" }, value: null }],
    ["a += [1]", { kind: "Assign", op: "+=" }],
    [
      "from ..a import (b as c, d)",
      { kind: "ImportFrom", module: "a", level: 2, names: [{ name: "b", asName: "c" }, { name: "d" }] },
    ],
    ["from . import *", { kind: "ImportFrom", module: "", level: 1, names: [{ name: "*" }] }],
    ["import a.b as c, d", { kind: "Import", names: [{ name: "a.b", asName: "c" }, { name: "d" }] }],
    [
      "if a: pass\nelif b: pass\nelse: c",
      { kind: "If", orelse: [{ kind: "If", line: 2, orelse: [{ kind: "Expr", line: 3 }] }] },
    ],
    [
      "try: a\nexcept (B, C) as d: pass\nexcept: pass\nfinally: e",
      { kind: "Try", handlers: [{ name: "d", type: { kind: "Tuple" } }, { type: null }], finalbody: [{}] },
    ],
    [
      "try: a\nexcept B, C: pass",
      { kind: "Try", handlers: [{ type: { kind: "Tuple", elts: [{ id: "B" }, { id: "C" }] } }] },
    ],
    ["with (open(a) as b, c): d", { kind: "With", items: [{ target: { id: "b" } }, { target: null }] }],
    [
      "async def f(a, /, b: int = 1, *c, d, **e) -> None: ...",
      {
        kind: "FunctionDef",
        isAsync: true,
        args: [
          { name: "a" },
          { name: "b", default: { value: "1" } },
          { kind: "star" },
          { name: "d" },
          { kind: "double-star" },
        ],
      },
    ],
    [
      "@a.b(1)\nclass C(D, metaclass=E):\n    pass",
      {
        kind: "ClassDef",
        line: 2,
        endLine: 3,
        decorators: [{ kind: "Call", line: 1 }],
        bases: [{ id: "D" }],
        keywords: [{ arg: "metaclass" }],
      },
    ],
    ["match a:\n    case 1: b\n    case _: c", { kind: "Match", cases: [[{}], [{}]] }],
    ["print 'x'", { kind: "NotPython3" }],
  ])("%s", (text, expected) => expect(only(text)).toMatchObject(expected));
});

test.each([
  ["Unix line ends", "a\n\n\nb\n"],
  ["Windows line ends", "a\r\n\r\n\r\nb\r\n"],
  ["a byte order mark", "\uFEFFa\n\n\nb\n"],
])("lines are right with %s", (_, text) => {
  expect(moduleOf(text).body.map(({ line }) => line)).toEqual([1, 4]);
});

test("comments keep their lines, and are no statements", () => {
  const { comments, body } = moduleOf("# one\nx = 1  # two\n");
  expect(comments).toEqual([
    { line: 1, text: "# one" },
    { line: 2, text: "# two" },
  ]);
  expect(body).toHaveLength(1);
});

test("what stands around a syntax error is still read", () => {
  const kinds = moduleOf("import os\n\ndef broken(:\n    pass\n\nos.system(x)\n").body.map(({ kind }) => kind);
  expect(kinds).toContain("Import");
});

test("Ruff tells what is no syntax of every Python, and runs none of its rules", () => {
  const diagnostics = moduleOf("import pickle\npickle.loads(x)\nif (y := x): pass\n").diagnostics();
  expect(diagnostics).toEqual([{ line: 3, message: expect.stringContaining("added in Python 3.8") }]);
});
