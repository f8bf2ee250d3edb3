import { describe, expect, test } from "@jest/globals";
import { FormatError } from "../../../src/facts/formats/node.ts";
import { parseToml, parseTomlLock } from "../../../src/facts/formats/toml.ts";

const PYPROJECT = `# settings
[project]
name = "shop"
dependencies = [
  "django>=5", # with a [bracket]
  'psycopg[binary]',
]

[project.optional-dependencies]
test = ["pytest"]
[tool.ruff]
lint.select = ["E",
  "S"]
[[tool.uv.index]]
name = "a"
[[tool.uv.index]]
name = "b"
[tool.poetry.dependencies]
python = "^3.13"
"odd.name" = { version = "1.0", optional = true }
text = """
[not.a.table]
"""
after = 1
`;

describe.each([
  ["people write", parseToml],
  ["tools write", parseTomlLock],
])("TOML that %s", (_, parse) => {
  const lines: readonly (readonly [path: readonly (string | number)[], line: number])[] = [
    [["project", "name"], 3],
    [["project", "dependencies"], 4],
    [["project", "dependencies", 0], 5],
    [["project", "dependencies", 1], 6],
    [["project", "optional-dependencies", "test", 0], 10],
    [["tool", "ruff"], 11],
    [["tool", "ruff", "lint", "select", 1], 13],
    [["tool", "uv", "index", 1, "name"], 17],
    [["tool", "poetry"], 18],
    [["tool", "poetry", "dependencies", "odd.name", "optional"], 20],
    [["tool", "poetry", "dependencies", "after"], 24],
  ];

  test.each(["\n", "\r\n"])("every key and element knows its line, with line ends %j", (end) => {
    const node = parse(PYPROJECT.replaceAll("\n", end));
    for (const [path, line] of lines) expect([path, node.get(...path)?.line]).toEqual([path, line]);
  });

  test("what looks like a table inside a string is text", () => {
    expect(parse(PYPROJECT).has("not")).toBe(false);
  });

  test.each([
    ["an escaped quote before them", '"""x\\""" ] } = """'],
    ["an escaped backslash before them", '"""x\\\\"""'],
    ["a quote of its own before them", '"""x""""'],
    ["two of its own before them", '"""x"""""'],
    ["nothing before them", '""""""'],
    ["a backslash before them, which is one", "'''x\\'''"],
  ])("three quotes end a text that has %s", (_, text) => {
    const node = parse(`a = [${text}, 1]\nb = 2\n`);
    expect([node.get("a")?.items.length, node.get("b")?.line]).toEqual([2, 2]);
  });

  test.each([
    ["a key without a value, with its line", "a = 1\nb =\n", /line 2/],
    ["nesting of 100,000", `a = ${"[".repeat(100_000)}`, /./],
    ["a key that comes twice", "a = 1\na = 2\n", /./],
  ])("%s is refused", (_, text, says) => {
    expect(() => parse(text)).toThrow(FormatError);
    expect(() => parse(text)).toThrow(says);
  });

  test("a key named __proto__ is data", () => {
    expect(parse("__proto__ = 1\n[constructor]\nprototype = 2\n").get("constructor", "prototype")?.number).toBe(2);
    expect(({} as { prototype?: number }).prototype).toBeUndefined();
  });
});
