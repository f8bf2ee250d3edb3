import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { rules } from "../../../rules/index.ts";
import { compare } from "../../../scripts/peers/compare.ts";
import { comparisons } from "../../../scripts/peers/comparisons.ts";
import type { Decision } from "../../../scripts/peers/decisions.ts";
import type { Judgement, Verdict } from "../../../scripts/peers/peer.ts";
import { agreementTable, closingLine, differenceLine } from "../../../scripts/peers/table.ts";
import type { Evidence, Outcome, RuleResult } from "../../../src/engine/review.ts";

const decisions = load(readFileSync("scripts/peers/decisions.yml", "utf8")) as readonly Decision[];

/** A result with its places as `path:line message`, or `message` where there is no file. */
function result(id: string, outcome: Outcome, value: number | null, ...places: string[]): RuleResult {
  const evidence = places.map((place): Evidence => {
    const [, path = null, line = null, message = ""] = /^(?:([^ :]+):(\d+) )?(.*)$/.exec(place) ?? [];
    return { path, line: line === null ? null : Number(line), message, fingerprint: "" };
  });
  const prose = { category: "", title: "", severity: "medium", why: "", fix: "" } as const;
  return {
    id,
    ...prose,
    outcome,
    value,
    gain: null,
    reason: null,
    evidence,
    waived: [],
    suppressed: [],
    toBeSuppressed: [],
    isOfToday: false,
    unread: [],
    components: [],
  };
}

function judges(check: string, verdict: Verdict, path: string | null = null, says = ""): Judgement {
  return { check, path, verdict, says };
}

function compared(peer: string, judgement: Judgement, ours: RuleResult, paths: readonly string[] = []) {
  const known = comparisons.filter((one) => one.rule === ours.id && one.check === judgement.check);
  const reviewed = { repository: "acme/shop", paths, rules: [ours] };
  return compare(reviewed, peer, [judgement], { comparisons: known, decisions });
}

describe("what both judge is compared", () => {
  const readme = "documentation/readme-present";
  const image = "deployment/images-pinned";
  const user = "deployment/container-runs-as-non-root";
  const checker = "code-quality/type-checker-configured";

  test.each([
    ["both pass", "sp-repo-review", judges("PY002", "pass"), result(readme, "pass", 1), "agreed"],
    ["both fail", "sp-repo-review", judges("PY002", "fail"), result(readme, "fail", 0, "There is none."), "agreed"],
    [
      "a README of few words is there for both",
      "sp-repo-review",
      judges("PY002", "pass"),
      result(readme, "fail", 0, "README.md:1 It holds 3 letters."),
      "agreed",
    ],
    ["we do not know", "sp-repo-review", judges("PY002", "pass"), result(readme, "unknown", null), "apart"],
    ["they do not judge", "sp-repo-review", judges("PY002", "none"), result(readme, "pass", 1), "apart"],
    ["nobody decided", "sp-repo-review", judges("PY002", "fail"), result(readme, "pass", 1), "open"],
    [
      "a type checker that is switched off is none",
      "sp-repo-review",
      judges("MY100 or PC140", "fail"),
      result(checker, "fail", 0, "pyproject.toml:9 Pyright, switched off."),
      "agreed",
    ],
    [
      "a file is clean that we find no fault with",
      "dockerlinter",
      judges("EF0003 or EF0004", "pass", "web/Dockerfile"),
      result(image, "fail", 0, "api/Dockerfile:1 The image is python:latest."),
      "agreed",
    ],
    [
      "an image without USER is beyond their check",
      "dockerlinter",
      judges("EU0001", "pass", "Dockerfile"),
      result(user, "fail", 0, "Dockerfile:1 The final stage never leaves root."),
      "apart",
    ],
  ] as const)("%s", (_, peer, judgement, ours, standing) => {
    expect(compared(peer, judgement, ours)).toMatchObject([{ standing }]);
  });
});

describe("a decision", () => {
  test("holds where its reason does", () => {
    const ours = result("documentation/readme-present", "pass", 1, "docs/README.md:1 The README describes it.");
    const fails = judges("PY002", "fail");
    expect(compared("sp-repo-review", fails, ours, ["docs/README.md"])).toMatchObject([{ standing: "decided" }]);
    expect(compared("sp-repo-review", fails, ours, ["app.py"])).toMatchObject([{ standing: "open" }]);
  });

  test.each([
    [".devcontainer/Dockerfile", "decided"],
    ["Dockerfile", "open"],
  ])("holds in the files that it names: %s", (path, standing) => {
    const fails = judges("EF0003 or EF0004", "fail", path);
    expect(compared("dockerlinter", fails, result("deployment/images-pinned", "pass", 1))).toMatchObject([
      { standing },
    ]);
  });

  test.each(decisions.map((decision) => [`${decision.rule}, ${decision.peer} ${decision.check}`, decision] as const))(
    "on %s speaks of a comparison, and has a reason",
    (_, { rule, peer, check, theirs, ours, why }) => {
      expect(comparisons.some((one) => one.rule === rule && one.peer === peer && one.check === check)).toBe(true);
      expect([theirs, ours].sort()).toEqual(["fail", "pass"]);
      expect(why).toMatch(/^[A-Z].*\.$/);
    },
  );
});

test("every comparison names a rule of the catalogue", () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(comparisons.filter(({ rule }) => !ids.has(rule))).toEqual([]);
});

test("the table counts, a difference is told on a line, and the last line is the share", () => {
  const ours = result("testing/tests-present", "pass", 1, "shop/tests.py:3 It holds a test.");
  const fails = judges("PY005", "fail", null, "Has tests folder");
  const all = [
    ...compared("sp-repo-review", judges("PY005", "pass"), ours),
    ...compared("sp-repo-review", fails, ours, ["shop/tests.py"]),
    ...compared("sp-repo-review", fails, ours),
    ...compared("sp-repo-review", fails, result(ours.id, "skip", null)),
  ];
  expect(agreementTable(all).split("\n")).toEqual([
    "rule                   peer's check          agree  decided  open  not comparable",
    "testing/tests-present  sp-repo-review PY005      1        1     1               1",
  ]);
  const line =
    "acme/shop: testing/tests-present: sp-repo-review PY005 says fail (Has tests folder); we say pass · shop/tests.py:3 It holds a test.";
  expect(all.slice(1, 3).map(differenceLine)).toEqual([expect.stringContaining(`${line}\n  meant: Tests may`), line]);
  expect(closingLine(all)).toBe("Agreement 66.6 % (2 of 3, 1 by decision), 1 open");
});
