import { describe, expect, test } from "@jest/globals";
import { assignmentsOf, execForm, readInstructions } from "../../../src/facts/dockerfiles/instructions.ts";
import { readStages } from "../../../src/facts/dockerfiles/stages.ts";

describe("instructions", () => {
  test("continuation lines join, comments and blank lines between them do not count", () => {
    const [run] = readInstructions(
      "RUN apt-get update \\\n  # the client\n\n  && apt-get install \\\n  curl\nUSER app\n",
    );
    expect(run?.text.split(/\s+/)).toEqual(["apt-get", "update", "&&", "apt-get", "install", "curl"]);
    expect(run?.words.at(-1)).toEqual({ text: "curl", line: 5 });
  });

  test.each([
    ["a here-document's lines are no instructions", "RUN <<EOF\nUSER root\nEOF\nUSER app\n", [1, 4]],
    ["two here-documents follow each other", "COPY <<A <<B /etc/\nUSER x\nA\nFROM y\nB\nUSER app\n", [1, 6]],
    ["<<- ends at an indented word", "RUN <<-EOF\n\tUSER root\n\tEOF\nUSER app\n", [1, 4]],
    ["a shift is no here-document", "RUN echo $((1<<2))\nUSER app\n", [1, 2]],
    ["the escape directive moves the continuation", "# escape=`\nRUN dir C:\\\nRUN a `\n  b\nUSER app\n", [2, 3, 5]],
    ["a directive after a comment is none", "# hello\n# escape=`\nRUN a `\nUSER app\n", [3, 4]],
    ["CRLF", "FROM a\r\nRUN a \\\r\n  b\r\nUSER app\r\n", [1, 2, 4]],
  ])("%s", (_, text, lines) => {
    expect(readInstructions(text).map(({ line }) => line)).toEqual(lines);
  });

  test("a word that is broken by the escape character is one word", () => {
    expect(readInstructions("FROM pyth\\\non:3.13 AS x")[0]?.words).toEqual([
      { text: "python:3.13", line: 1 },
      { text: "AS", line: 2 },
      { text: "x", line: 2 },
    ]);
  });

  test("flags are told from words", () => {
    const [copy] = readInstructions("COPY --from=build --chown=1:1 /a  /b");
    expect(copy?.flags).toEqual([
      { name: "from", value: "build" },
      { name: "chown", value: "1:1" },
    ]);
    expect(copy?.text).toBe("/a  /b");
  });

  test.each([
    ["ENV A=1 B=\"two words\" \\\n  C='x'", ["A=1@1", "B=two words@1", "C=x@2"]],
    ["ENV OLD  old style", ["OLD=old style@1"]],
    ["ARG A B=", ["A=undefined@1", "B=@1"]],
  ])("%s assigns", (text, expected) => {
    const [instruction] = readInstructions(text);
    const found = instruction ? assignmentsOf(instruction) : [];
    expect(found.map(({ name, value, line }) => `${name}=${value}@${line}`)).toEqual(expected);
  });

  test("the exec form is JSON; all else is shell", () => {
    expect(execForm('["a", "b"]')).toEqual(["a", "b"]);
    expect(execForm("[ -f x ] && y")).toBeUndefined();
  });
});

describe("stages", () => {
  test.each([
    ["an argument's default", "ARG V=3.13\nFROM python:${V}-slim\n", "python:3.13-slim"],
    ["a default in place", "ARG V\nFROM python:${V:-3.12}\n", "python:3.12"],
    ["a nested default", "ARG V\nARG W=3.11\nFROM python:${V:-${W}}\n", "python:3.11"],
    ["a default that a word replaces", "ARG S=1\nFROM python:3.13${S:+-slim}\n", "python:3.13-slim"],
    ["--platform", "FROM --platform=$BUILDPLATFORM python:3.13 AS b\n", "python:3.13"],
    ["quotes", 'FROM "python:3.13"\n', "python:3.13"],
  ])("%s", (_, text, reference) => {
    expect(readStages(text).stages[0]?.base).toMatchObject({ kind: "image", reference });
  });

  test("an argument without a default is computed", () => {
    expect(readStages("ARG V\nFROM python:$V\n").stages[0]?.base).toEqual({
      kind: "computed",
      text: "python:$V",
      line: 2,
    });
  });

  test("variables that double each other end as computed", () => {
    const doubling = Array.from({ length: 40 }, (_, index) => `ARG A${index + 1}=$A${index}$A${index}`);
    const { stages } = readStages(`ARG A0=xxxxxxxx\n${doubling.join("\n")}\nFROM $A40\n`);
    expect(stages[0]?.base.kind).toBe("computed");
  });

  test("a stage built from a stage inherits, whatever the case of its name", () => {
    const { stages } = readStages(
      'FROM python:3.13 AS Base\nARG WHO=app\nUSER $WHO\nENTRYPOINT ["/init"]\nFROM base\nONBUILD USER root\nCMD ["x"]\n',
    );
    expect(stages[1]).toMatchObject({
      base: { kind: "stage", index: 0, line: 5 },
      origin: { kind: "image", reference: "python:3.13", line: 1 },
      user: { value: "app", line: 3 },
      entrypoint: { text: '["/init"]', line: 4 },
      command: { line: 7 },
    });
  });

  test("an argument of a stage takes the default from before FROM only when it is declared again", () => {
    const { stages } = readStages("ARG U=app\nFROM a\nUSER $U\nFROM b\nARG U\nUSER $U\n");
    expect(stages.map(({ user }) => user?.value)).toEqual([undefined, "app"]);
  });

  test("images from outside are those of FROM, COPY --from and mounts", () => {
    const { images } = readStages(
      "FROM scratch AS s\nFROM a:1 AS b\nFROM b\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /\nCOPY --from=s /a /\nCOPY --from=0 /b /\nRUN --mount=type=bind,from=c/d:2,target=/x true\n",
    );
    expect(images.map(({ reference, line }) => `${reference}@${line}`)).toEqual([
      "a:1@2",
      "ghcr.io/astral-sh/uv:0.9@4",
      "c/d:2@7",
    ]);
  });

  test("a text without FROM is no Dockerfile", () => {
    expect(() => readStages("hello\n")).toThrow("no FROM");
  });
});
