import { describe, expect, test } from "@jest/globals";
import { applyEdits } from "../../../src/engine/repair/apply-edits.ts";
import { table } from "./edit-table.ts";

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
