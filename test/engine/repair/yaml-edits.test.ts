import { describe } from "@jest/globals";
import { table } from "./edit-table.ts";

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
