import { describe, expect, test } from "@jest/globals";
import { fingerprinted, movedTo } from "../../src/engine/fingerprints.ts";

const RULE = "code-quality/outbound-calls-have-timeouts";

/** The fingerprints of findings at these lines of a file. */
function marks(
  lines: readonly string[],
  at: readonly number[],
  path = "app.py",
  message = "No time-out.",
): readonly string[] {
  const remarks = at.map((line) => ({ path, line, message, mark: undefined }));
  return fingerprinted(RULE, remarks, (_, line) => lines[line - 1]).map(({ fingerprint }) => fingerprint);
}

const CALL = "requests.get(url)";

describe("a fingerprint", () => {
  const [alone] = marks([CALL], [1]);

  test("is sixteen hexadecimal digits", () => {
    expect(alone).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each([
    ["the line moves", marks(["", "", CALL], [3])],
    ["the line is indented otherwise", marks([`\t${CALL}  `], [1])],
    ["the sentence counts anew", marks([CALL], [1], "app.py", "2 of 7 calls wait.")],
  ])("stays while %s", (_, found) => {
    expect(found).toEqual([alone]);
  });

  test.each([
    ["FROM python:3.12.4-slim", "FROM python:3.13-slim"],
    ["uses: actions/checkout@v3", "uses: actions/checkout@v4"],
    [
      "FROM python@sha256:4c2cf9917bd1cbacc5e9b07320025bdb7cdf2df7b0ceaccb55e9dd7e30987419",
      "FROM python@sha256:90ddc1d2ad4e3f4b5e9a6b0e8d7e1b9c2f4a6d8e0c1b3a5f7e9d2c4b6a8f0e1d",
    ],
  ])("stays while a version is raised: %s", (before, after) => {
    expect(marks([after], [1])).toEqual(marks([before], [1]));
  });

  test.each([
    ["the line says something else", marks(["requests.put(url)"], [1])],
    ["it stands in another file", marks([CALL], [1], "jobs.py")],
    ["another word stands where hexadecimal digits may", marks(["requests.get(deadbeefdead)"], [1])],
  ])("is another where %s", (_, found) => {
    expect(found).not.toEqual([alone]);
  });

  test("tells equal lines of a file apart by their order", () => {
    const found = marks([CALL, "x = 1", CALL], [1, 3]);
    expect(found[0]).toBe(alone);
    expect(new Set(found).size).toBe(2);
  });

  test("is made of the sentence where no text is held, without its numbers", () => {
    const of = (message: string) =>
      fingerprinted(RULE, [{ path: "a.txt", line: 9, message, mark: undefined }], () => undefined);
    expect(of("A key (AKIA…) on line 9.")[0]?.fingerprint).toBe(of("A key (AKIA…) on line 12.")[0]?.fingerprint);
    expect(of("A key (AKIA…).")[0]?.fingerprint).not.toBe(of("A token (ghp_…).")[0]?.fingerprint);
  });

  test("is made of rule and path where there is no line, and of the rule alone where there is no path", () => {
    const of = (path: string | null, message: string, rule = RULE) =>
      fingerprinted(rule, [{ path, line: null, message, mark: undefined }], () => CALL)[0]?.fingerprint;
    expect(of("app.py", "3 calls wait.")).toBe(of("app.py", "4 other things wait."));
    expect(of(null, "Nothing is tested.")).toBe(of(null, "Little is tested."));
    expect(of(null, "x")).not.toBe(of(null, "x", "testing/tests-present"));
  });

  test("follows its file to another name", () => {
    const [there] = fingerprinted(RULE, [{ path: "app.py", line: 1, message: "", mark: undefined }], () => CALL);
    expect(there && movedTo("src/app.py", there)).toBe(marks([CALL], [1], "src/app.py")[0]);
  });
});
