import { describe, expect, test } from "@jest/globals";
import { parseIni } from "../../../src/facts/formats/ini.ts";
import { parseJson } from "../../../src/facts/formats/json.ts";
import { FormatError } from "../../../src/facts/formats/node.ts";

describe("INI as configparser reads it", () => {
  test("indented lines go on with the value, and each knows its line", () => {
    const node = parseIni(
      "[tox]\nenvlist = py313\n\n[testenv]\nCommands =\n    pytest\n    # not this\n    coverage report\n",
    );
    const commands = node.get("testenv", "commands");
    expect(commands?.text).toBe("\npytest\n\ncoverage report");
    expect(commands?.lineAt(commands.text?.indexOf("coverage") ?? 0)).toBe(8);
  });

  test("a value ends before a comment behind it", () => {
    expect(parseIni("[report]\nfail_under = 90 ; for now\n").get("report", "fail_under")?.number).toBe(90);
  });

  test("text outside any section is refused", () => {
    expect(() => parseIni("pytest\n")).toThrow(FormatError);
  });
});

describe("JSON", () => {
  test("comments and trailing commas are allowed, lines are kept", () => {
    const node = parseJson('{\n  // mode\n  "typeCheckingMode": "strict",\n  "include": ["src",],\n}\n');
    expect(node.get("typeCheckingMode")?.line).toBe(3);
    expect(node.get("include")?.texts).toEqual(["src"]);
  });

  test.each([
    ["an open brace", "{"],
    ["nesting of 100,000", "[".repeat(100_000)],
    ["nothing", ""],
  ])("%s is refused", (_, text) => {
    expect(() => parseJson(text)).toThrow(FormatError);
  });
});
