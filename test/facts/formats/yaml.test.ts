import { describe, expect, test } from "@jest/globals";
import { FormatError } from "../../../src/facts/formats/node.ts";
import { parseYaml, parseYamlDocument } from "../../../src/facts/formats/yaml.ts";

describe("YAML", () => {
  test("numbers and words keep their text", () => {
    const node = parseYamlDocument('python: 3.10\non: push\nstrict: yes\nquoted: "yes"\nnothing:\n');
    expect(node?.get("python")?.text).toBe("3.10");
    expect(node?.get("on")?.text).toBe("push");
    expect(node?.get("strict")?.boolean).toBe(true);
    expect(node?.get("quoted")?.boolean).toBeUndefined();
    expect(node?.get("nothing")?.text).toBeUndefined();
  });

  test("a line inside a block scalar is found, with Windows line ends too", () => {
    for (const end of ["\n", "\r\n"]) {
      const run = parseYamlDocument(
        ["steps:", "  - run: |", "      make", "", "      make ${{ x }}", ""].join(end),
      )?.get("steps", 0, "run");
      expect(run?.text).toBe("make\n\nmake ${{ x }}\n");
      expect(run?.lineAt(run.text?.indexOf("${{") ?? 0)).toBe(5);
    }
  });

  test.each([
    ["a folded block", "run: >\n  make\n  all\n\n  HERE\n", 5],
    ["a plain scalar over lines", "run: make\n  all\n  HERE\n", 3],
    ["a double-quoted one with escapes", 'run: "a\\nb \\"c\\"\\\n  HERE"\n', 2],
    ["a single-quoted one", "run: 'it''s\n\n  HERE'\n", 3],
    ["a block that starts with an empty line", "run: |\n\n  make\n  HERE\n", 4],
  ])("a line inside %s is found", (_form, text, line) => {
    const run = parseYamlDocument(text)?.get("run");
    expect(run?.lineAt(run.text?.indexOf("HERE") ?? 0)).toBe(line);
  });

  test("a bracket that closes at the column of its key is accepted, as GitHub and PyYAML do", () => {
    const node = parseYamlDocument('on:\n  push: [\n  "main",\n  next\n  ]\njobs: {\n}\nlast: 1\n');
    expect(node?.get("on", "push")?.texts).toEqual(["main", "next"]);
    expect([node?.get("on", "push", 1)?.line, node?.get("last")?.line]).toEqual([4, 8]);
  });

  test("an aliased value has the line of its anchor, a merged key too", () => {
    const node = parseYamlDocument(
      "base: &base\n  image: python\n  tag: a\njob:\n  <<: *base\n  tag: b\nagain: *base\n",
    );
    expect(node?.get("job", "image")?.line).toBe(2);
    expect(node?.get("job", "tag")?.text).toBe("b");
    expect(node?.get("again", "tag")?.line).toBe(3);
  });

  test("documents keep the lines of the file", () => {
    const [first, second] = parseYaml("---\na: 1\n---\n\nb: 2\n");
    expect([first?.get("a")?.line, second?.lineOfKey("b")]).toEqual([2, 5]);
  });

  test("an empty file has no document", () => {
    expect(parseYaml("# only a comment\n")).toEqual([]);
  });

  test("tags of CloudFormation and GitLab are passed over", () => {
    expect(parseYamlDocument("a: !Ref Name\nb: !reference [x, y]\n")?.get("b")?.texts).toEqual(["x", "y"]);
  });

  test("a key named __proto__ is data", () => {
    const node = parseYamlDocument("__proto__:\n  polluted: true\n");
    expect(node?.get("__proto__", "polluted")?.boolean).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each([
    [
      "a billion laughs",
      `a: &a [x]\n${"bcdefghij"
        .split("")
        .map((name, at) => `${name}: &${name} [${`*${"abcdefghi"[at]},`.repeat(9)}]`)
        .join("\n")}`,
    ],
    ["nesting of 10,000", "[".repeat(10_000)],
    ["an alias of nothing", "a: *b"],
    ["an open quote", 'a: "b'],
  ])("%s is refused", (_, text) => {
    expect(() => parseYaml(text)).toThrow(FormatError);
  });

  test("100,000 keys are read", () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `key${index}: 1`).join("\n");
    expect(parseYamlDocument(text)?.get("key99999")?.line).toBe(100_000);
  });
});
