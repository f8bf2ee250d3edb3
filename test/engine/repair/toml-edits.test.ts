import { describe } from "@jest/globals";
import { table } from "./edit-table.ts";

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
