import { describe, expect, test } from "@jest/globals";
import { readSections, sectionsOn } from "../../../src/facts/documents/sections.ts";

const outline = (path: string, text: string) =>
  readSections(path, text).map(({ title, level, line, lines }) => [level, title, line, lines.length]);

describe("the sections of a document", () => {
  test.each([
    [
      "Markdown",
      "a.md",
      "intro\n\n# Shop #\n\ntext\n\n## [Use](x) `it`\n- one\n- two\n",
      [
        [0, "", 1, 1],
        [1, "Shop", 3, 1],
        [2, "Use it", 7, 2],
      ],
    ],
    [
      "underlined Markdown",
      "a.md",
      "Shop\n====\ntext\n\nUse\n---\n",
      [
        [0, "", 1, 0],
        [1, "Shop", 1, 1],
        [2, "Use", 5, 0],
      ],
    ],
    [
      "HTML headings",
      "a.md",
      '<h2 align="center">Shop</h2>\ntext\n',
      [
        [0, "", 1, 0],
        [2, "Shop", 1, 1],
      ],
    ],
    [
      "reStructuredText, levels by order",
      "a.rst",
      "====\nShop\n====\n\nUse\n~~~~\ntext\n\nMore\n----\n",
      [
        [0, "", 1, 0],
        [1, "Shop", 2, 0],
        [2, "Use", 5, 1],
        [3, "More", 9, 0],
      ],
    ],
    [
      "code in fences",
      "a.md",
      "# Shop\n```sh\n# no heading\n```\ntext\n",
      [
        [0, "", 1, 0],
        [1, "Shop", 1, 1],
      ],
    ],
    [
      "code of reStructuredText",
      "a.rst",
      "Shop\n====\n\nSo::\n\n    code\n\ntext\n",
      [
        [0, "", 1, 0],
        [1, "Shop", 1, 2],
      ],
    ],
    [
      "comments",
      "a.md",
      "# Shop\n<!--\n# gone\n-->\ntext\n",
      [
        [0, "", 1, 0],
        [1, "Shop", 1, 1],
      ],
    ],
    [
      "a table, whose rows are lines",
      "a.md",
      "# Shop\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
      [
        [0, "", 1, 0],
        [1, "Shop", 1, 3],
      ],
    ],
    ["nothing", "a.md", "", [[0, "", 1, 0]]],
  ])("%s", (_name, path, text, expected) => {
    expect(outline(path, text)).toEqual(expected);
  });

  test("a section on a topic brings what is nested in it, and no more", () => {
    const sections = readSections("a.md", "# Shop\n## Goals\n### Speed\n## Use\n### Start\n");
    expect(sectionsOn(sections, /goals/i).map(({ title }) => title)).toEqual(["Goals", "Speed"]);
  });

  test("pictures and diagrams are seen, badges are not", () => {
    const text = "# A\n![x](https://img.shields.io/a)\n# B\n```mermaid\ngraph TD\n```\n# C\n![parts](parts.png)\n";
    expect(readSections("a.md", text).map(({ diagramLine }) => diagramLine)).toEqual([undefined, undefined, 4, 8]);
  });
});
