import { describe, expect, test } from "@jest/globals";
import { structuredPatch } from "diff";
import type { Edit } from "../../../src/edit.ts";
import { applyEdits } from "../../../src/engine/repair/apply-edits.ts";

const WORKFLOW = `# Tests, on every change.
on: push  # all branches

jobs:
  # the suite
  test:
    runs-on: "ubuntu-latest"
    steps:
      - uses: actions/checkout@v6 # newest
      - uses: actions/setup-python@v6
        with: { python-version: '3.13' }
      - name: Test
        run: |
          pytest

  # and the pages
  docs:
    env:
    steps:
    - run: make docs
`;

interface Case {
  readonly name: string;
  readonly path?: string;
  readonly text?: string | undefined;
  readonly edits: readonly Partial<Edit>[];
  /** Lines that go, and that come, in the order of the file; context is left out. */
  readonly lines?: readonly string[];
  readonly is?: string;
  readonly refused?: string;
}

function table(path: string, whole: string, cases: readonly Case[]): void {
  test.each(cases)("$name", ({ path: other = path, text = whole, edits, lines, is, refused }) => {
    const placed = edits.map((edit) => ({ path: other, ...edit }) as Edit);
    if (refused !== undefined) return expect(() => applyEdits(text, placed)).toThrow(refused);
    const edited = applyEdits(text, placed);
    if (is !== undefined) expect(edited).toBe(is);
    if (lines) expect(difference(text, edited)).toEqual(lines);
    // The same with the line ends of Windows, and without the last one.
    const crlf = (one: string): string => one.replaceAll("\n", "\r\n");
    expect(applyEdits(crlf(text), placed)).toBe(crlf(edited));
    const unended = (one: string): string => one.replace(/\n$/, "");
    if (text !== "") expect(unended(applyEdits(unended(text), placed))).toBe(unended(edited));
    return undefined;
  });
}

/** `-` and `+` lines, as a patch has them. */
function difference(a: string, b: string): readonly string[] {
  return structuredPatch("a", "b", a, b, "", "", { context: 0 }).hunks.flatMap(({ lines }) => lines);
}

describe("lines", () => {
  table("app.txt", "one\ntwo two\nthree\n", [
    {
      name: "replaces a piece",
      edits: [{ kind: "replace", line: 3, piece: "re", by: "RE" }],
      is: "one\ntwo two\nthREe\n",
    },
    {
      name: "asks for one piece alone",
      edits: [{ kind: "replace", line: 2, piece: "two", by: "2" }],
      refused: "holds twice",
    },
    {
      name: "knows what is not there",
      edits: [{ kind: "replace", line: 1, piece: "two", by: "2" }],
      refused: "does not hold",
    },
    {
      name: "inserts behind a line",
      edits: [{ kind: "insert", after: 1, lines: "a\nb" }],
      is: "one\na\nb\ntwo two\nthree\n",
    },
    {
      name: "inserts before the first",
      edits: [{ kind: "insert", after: 0, lines: "a" }],
      is: "a\none\ntwo two\nthree\n",
    },
    { name: "appends", edits: [{ kind: "append", lines: "a\n" }], is: "one\ntwo two\nthree\na\n" },
    {
      name: "appends what two rules want once",
      edits: [
        { kind: "append", lines: "a" },
        { kind: "append", lines: "a" },
      ],
      is: "one\ntwo two\nthree\na\n",
    },
    { name: "deletes lines", edits: [{ kind: "delete", line: 2, count: 2 }], is: "one\n" },
    { name: "refuses a line that is not there", edits: [{ kind: "delete", line: 4 }], refused: "there is no line 4" },
    {
      name: "refuses two changes of one piece",
      edits: [
        { kind: "replace", line: 1, piece: "one", by: "1" },
        { kind: "delete", line: 1 },
      ],
      refused: "same place",
    },
    { name: "creates no file that is there", edits: [{ kind: "create", text: "x" }], refused: "there already" },
    {
      name: "edits no keys of other formats",
      edits: [{ kind: "set", at: ["a"], value: 1 }],
      refused: "only YAML and TOML",
    },
  ]);

  test("creates and appends to a file that is absent, and edits none", () => {
    expect(applyEdits(undefined, [{ kind: "create", path: "a", text: "x\n" }])).toBe("x\n");
    expect(applyEdits(undefined, [{ kind: "append", path: "a", lines: "x" }])).toBe("x\n");
    expect(() => applyEdits(undefined, [{ kind: "delete", path: "a", line: 1 }])).toThrow("no such file");
  });
});

describe("Dockerfiles", () => {
  table(
    "Dockerfile",
    "FROM python:3.13\n# a\nRUN pip install \\\n  # why\n  flask\nCOPY <<EOF /x\nUSER\nEOF\nCMD app\n",
    [
      {
        name: "replaces an instruction over its lines",
        edits: [{ kind: "instruction", line: 3, put: "instead", text: "RUN uv sync" }],
        lines: ["-RUN pip install \\", "-  # why", "-  flask", "+RUN uv sync"],
      },
      {
        name: "puts behind a here-document",
        edits: [{ kind: "instruction", line: 6, put: "after", text: "USER app" }],
        lines: ["+USER app"],
      },
      {
        name: "puts before, found from a later line of it",
        edits: [{ kind: "instruction", line: 5, put: "before", text: "WORKDIR /app" }],
        lines: ["+WORKDIR /app"],
      },
      {
        name: "takes one out",
        edits: [{ kind: "instruction", line: 9, put: "instead", text: "" }],
        lines: ["-CMD app"],
      },
      {
        name: "finds none on a comment",
        edits: [{ kind: "instruction", line: 2, put: "after", text: "X" }],
        refused: "no instruction stands on line 2",
      },
    ],
  );
});

describe("pins", () => {
  const commits = new Map([["actions/checkout@v6", "0123456789012345678901234567890123456789"]]);
  const pin = { kind: "pin", path: "a.yml", line: 1, owner: "actions", repository: "checkout", ref: "v6" } as const;
  test.each([
    ["- uses: actions/checkout@v6\n", "- uses: actions/checkout@0123456789012345678901234567890123456789 # v6\n"],
    [
      "- uses: actions/checkout@v6 # newest\n",
      "- uses: actions/checkout@0123456789012345678901234567890123456789 # v6 # newest\n",
    ],
    [
      "- uses: 'actions/checkout@v6'\r\n",
      "- uses: 'actions/checkout@0123456789012345678901234567890123456789' # v6\r\n",
    ],
    [
      "- { uses: actions/checkout@v6, id: a }\n",
      "- { uses: actions/checkout@0123456789012345678901234567890123456789, id: a }\n",
    ],
  ])("%j", (text, pinned) => {
    expect(applyEdits(text, [pin], commits)).toBe(pinned);
    expect(() => applyEdits(text, [pin])).toThrow("only GitHub knows");
  });
});

describe("YAML", () => {
  table(".github/workflows/ci.yml", WORKFLOW, [
    {
      name: "sets a map before a key, above its comments",
      edits: [{ kind: "set", at: ["permissions"], value: { contents: "read" }, before: "jobs" }],
      lines: ["+permissions:", "+  contents: read", "+"],
    },
    {
      name: "adds a key at the end of a map, before comments of the next",
      edits: [{ kind: "set", at: ["jobs", "test", "timeout-minutes"], value: 30 }],
      lines: ["+    timeout-minutes: 30"],
    },
    {
      name: "creates keys on the way, shared by two edits",
      edits: [
        { kind: "set", at: ["jobs", "test", "env", "A"], value: "1" },
        { kind: "set", at: ["jobs", "test", "env", "B"], value: "on", comment: "why" },
      ],
      lines: ["+    env:", '+      A: "1"', '+      B: "on" # why'],
    },
    {
      name: "fills a key without a value",
      edits: [{ kind: "set", at: ["jobs", "docs", "env", "A"], value: "x" }],
      lines: ["+      A: x"],
    },
    {
      name: "adds to a map in braces",
      edits: [{ kind: "set", at: ["jobs", "test", "steps", 1, "with", "cache"], value: "pip" }],
      lines: ["-        with: { python-version: '3.13' }", "+        with: { python-version: '3.13', cache: pip }"],
    },
    {
      name: "starts from the map of a line",
      edits: [{ kind: "set", line: 9, at: ["with", "persist-credentials"], value: false }],
      lines: ["+        with:", "+          persist-credentials: false"],
    },
    {
      name: "keeps quotes and comments of a scalar",
      edits: [
        { kind: "set", at: ["jobs", "test", "runs-on"], value: "ubuntu-24.04" },
        { kind: "set", at: ["on"], value: ["push", "pull_request"] },
      ],
      lines: [
        "-on: push  # all branches",
        "+on: [push, pull_request]  # all branches",
        '-    runs-on: "ubuntu-latest"',
        '+    runs-on: "ubuntu-24.04"',
      ],
    },
    {
      name: "replaces a block of text",
      edits: [{ kind: "set", at: ["jobs", "test", "steps", 2, "run"], value: "tox" }],
      lines: ["-        run: |", "-          pytest", "+        run: tox"],
    },
    {
      name: "replaces a list by a map",
      edits: [{ kind: "set", at: ["jobs", "docs", "steps"], value: { a: 1 } }],
      lines: ["-    steps:", "-    - run: make docs", "+    steps:", "+      a: 1"].slice(1, 2).concat("+      a: 1"),
    },
    {
      name: "adds an item",
      edits: [
        {
          kind: "add",
          at: ["jobs", "test", "steps"],
          value: { name: "Lint", run: "ruff check\nruff format --check\n" },
        },
      ],
      lines: ["+      - name: Lint", "+        run: |", "+          ruff check", "+          ruff format --check"],
    },
    {
      name: "adds an item before another",
      edits: [{ kind: "add", at: ["jobs", "test", "steps"], before: 1, value: { run: "true" } }],
      lines: ['+      - run: "true"'],
    },
    {
      name: "creates a list for two items",
      edits: [
        { kind: "add", at: ["jobs", "docs", "needs"], value: "test" },
        { kind: "add", at: ["jobs", "docs", "needs"], value: "lint" },
      ],
      lines: ["+    needs:", "+      - test", "+      - lint"],
    },
    {
      name: "lays a list out as the file does",
      text: "on:\n- push\njobs: 1\n",
      edits: [{ kind: "set", at: ["env"], value: ["a"], before: "jobs" }],
      is: "on:\n- push\nenv:\n- a\njobs: 1\n",
    },
    {
      name: "takes out a key with its lines",
      edits: [{ kind: "unset", at: ["jobs", "test", "runs-on"] }],
      lines: ['-    runs-on: "ubuntu-latest"'],
    },
    {
      name: "takes out the first key of an item",
      edits: [{ kind: "unset", at: ["jobs", "test", "steps", 2, "name"] }],
      lines: ["-      - name: Test", "-        run: |", "+      - run: |"],
    },
    {
      name: "takes out a map with its last key",
      edits: [{ kind: "unset", at: ["jobs", "test", "steps", 1, "with", "python-version"] }],
      lines: ["-        with: { python-version: '3.13' }"],
    },
    {
      name: "takes out an item",
      edits: [{ kind: "unset", at: ["jobs", "test", "steps", 0] }],
      lines: ["-      - uses: actions/checkout@v6 # newest"],
    },
    {
      name: "changes nothing where nothing is to go",
      edits: [{ kind: "unset", at: ["jobs", "test", "needs"] }],
      lines: [],
    },
    {
      name: "refuses two values for one key",
      edits: [
        { kind: "set", at: ["env", "A"], value: 1 },
        { kind: "set", at: ["env", "A"], value: 2 },
      ],
      refused: "two values",
    },
    {
      name: "refuses an alias",
      text: "a: &x\n  b: 1\nc: *x\n",
      edits: [{ kind: "set", at: ["c", "d"], value: 1 }],
      refused: "shared through an anchor",
    },
    {
      name: "refuses a scalar in the way",
      edits: [{ kind: "set", at: ["on", "push"], value: 1 }],
      refused: "something else than expected",
    },
    {
      name: "refuses what is no YAML",
      text: "a: [\n",
      edits: [{ kind: "set", at: ["b"], value: 1 }],
      refused: "not well formed",
    },
    {
      name: "breaks no quotes by a piece of a line",
      text: 'run: "echo a"\n',
      edits: [{ kind: "replace", line: 1, piece: "a", by: '"$A"' }],
      refused: "not understood",
    },
    {
      name: "refuses to empty a file",
      text: "a: 1\n",
      edits: [{ kind: "unset", at: ["a"] }],
      refused: "nothing would be left",
    },
    {
      name: "sets in the document of a line",
      text: "a: 1\n---\nb:\n  - c: 1\n",
      edits: [{ kind: "set", line: 4, at: ["d"], value: 2 }],
      is: "a: 1\n---\nb:\n  - c: 1\n    d: 2\n",
    },
    {
      name: "sets in a document by its number",
      text: "a: 1\n---\nb: 2\n",
      edits: [{ kind: "set", document: 1, at: ["c"], value: 3 }],
      is: "a: 1\n---\nb: 2\nc: 3\n",
    },
  ]);
});

const PROJECT = `# The shop.
[project]
name = "shop" # and no other
dependencies = [
  "flask>=3", # web
  "httpx"
]

[tool.ruff]
line-length = 100
extend-select = ["B", "I"]

[tool.ruff.format]
quote-style = "single"

[tool.uv]
package = false
`;

describe("TOML", () => {
  table("pyproject.toml", PROJECT, [
    {
      name: "replaces a value",
      edits: [{ kind: "set", at: ["project", "name"], value: "store" }],
      lines: ['-name = "shop" # and no other', '+name = "store" # and no other'],
    },
    {
      name: "adds keys at the end of a table",
      edits: [{ kind: "set", at: ["project"], value: { version: "1.0", "requires-python": ">=3.12" } }],
      lines: ['+version = "1.0"', '+requires-python = ">=3.12"'],
    },
    {
      name: "adds a table behind its relatives",
      edits: [{ kind: "set", at: ["tool", "ruff", "lint", "select"], value: ["E"] }],
      lines: ["+[tool.ruff.lint]", '+select = ["E"]', "+"],
    },
    {
      name: "adds a table at the end",
      edits: [{ kind: "set", at: ["tool", "mypy"], value: { strict: true } }],
      lines: ["+", "+[tool.mypy]", "+strict = true"],
    },
    {
      name: "adds a table above its parts",
      text: "[tool.a.b]\nc = 1\n",
      edits: [{ kind: "set", at: ["tool", "a", "d"], value: 2 }],
      is: "[tool.a]\nd = 2\n\n[tool.a.b]\nc = 1\n",
    },
    {
      name: "adds to a dotted table",
      text: "[tool]\na.b = 1\n",
      edits: [{ kind: "set", at: ["tool", "a", "c"], value: 2 }],
      is: "[tool]\na.b = 1\na.c = 2\n",
    },
    {
      name: "adds to a table in braces",
      text: "a = { b = 1 }\n",
      edits: [{ kind: "set", at: ["a", "c"], value: true }],
      is: "a = { b = 1, c = true }\n",
    },
    {
      name: "adds to a list of one line",
      edits: [{ kind: "add", at: ["tool", "ruff", "extend-select"], value: "UP" }],
      lines: ['-extend-select = ["B", "I"]', '+extend-select = ["B", "I", "UP"]'],
    },
    {
      name: "adds to a list of many lines",
      edits: [{ kind: "add", at: ["project", "dependencies"], value: "rich" }],
      lines: ['-  "httpx"', '+  "httpx",', '+  "rich"'],
    },
    {
      name: "adds before an item",
      edits: [{ kind: "add", at: ["project", "dependencies"], value: "rich", before: 0 }],
      lines: ['+  "rich",'],
    },
    {
      name: "adds no item twice",
      edits: [{ kind: "add", at: ["tool", "ruff", "extend-select"], value: "B" }],
      lines: [],
    },
    {
      name: "creates a list for two items",
      edits: [
        { kind: "add", at: ["dependency-groups", "dev"], value: "pytest" },
        { kind: "add", at: ["dependency-groups", "dev"], value: "mypy" },
      ],
      lines: ["+", "+[dependency-groups]", '+dev = ["pytest", "mypy"]'],
    },
    {
      name: "takes out a key",
      edits: [{ kind: "unset", at: ["tool", "ruff", "line-length"] }],
      lines: ["-line-length = 100"],
    },
    {
      name: "refuses what is no TOML",
      text: "a = \n",
      edits: [{ kind: "set", at: ["b"], value: 1 }],
      refused: "not well formed",
    },
    {
      name: "refuses a value where a table is asked for",
      edits: [{ kind: "set", at: ["project", "name", "x"], value: 1 }],
      refused: "no table",
    },
  ]);
});
