import { describe, expect, test } from "@jest/globals";
import { DataNode } from "../../../src/facts/formats/node.ts";
import { conditionHolds } from "../../../src/facts/workflows/condition.ts";
import { embeddedIn, parseExpression } from "../../../src/facts/workflows/expression.ts";
import { sourcesIn } from "../../../src/facts/workflows/text-sources.ts";

describe("the text that an expression passes on", () => {
  test.each([
    ["a context", "github.event.issue.title", ["github.event.issue.title"]],
    ["letters of any case", "GitHub.Event.Issue.Title", ["github.event.issue.title"]],
    ["an index in quotes", "github['event']['issue'].title", ["github.event.issue.title"]],
    ["every item", "github.event.commits.*.message", ["github.event.commits.*.message"]],
    ["one item", "github.event.commits[0].message", ["github.event.commits.0.message"]],
    ["a computed index", "github.event.commits[matrix.at].message", ["github.event.commits.*.message"]],
    ["either of two", "github.head_ref || github.ref", ["github.head_ref", "github.ref"]],
    ["the last of a conjunction", "github.head_ref && 'a pull request' || 'none'", []],
    ["what a condition lets through", "inputs.ok && github.head_ref", ["github.head_ref"]],
    ["a comparison", "github.head_ref == 'main'", []],
    ["a negation", "!github.head_ref", []],
    ["contains", "contains(github.event.issue.title, 'x')", []],
    ["startsWith", "startsWith(github.head_ref, 'x')", []],
    ["a comparison beside text", "contains(github.head_ref, 'x') && github.actor", ["github.actor"]],
    ["format", "format('{0} it''s', github.head_ref)", ["github.head_ref"]],
    ["join over a filter", "join(github.event.commits.*.message, ',')", ["github.event.commits.*.message"]],
    ["a whole object", "toJSON(github.event)", ["github.event"]],
    ["a member of a call", "fromJSON(inputs.row).name", ["inputs.row"]],
    ["a function that is not known", "case(true, github.head_ref)", ["github.head_ref"]],
    ["a text", "'github.head_ref'", []],
  ])("%s", (_name, expression, sources) => {
    expect(sourcesIn(`echo \${{ ${expression} }}`).map(({ source }) => source)).toEqual(sources);
  });

  test("expressions are found where they stand, also around quoted braces", () => {
    const text = "a ${{ format('}}{0}', env.x) }} b ${{ github.sha }} ${{ open";
    expect(embeddedIn(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "${{ format('}}{0}', env.x) }}",
      "${{ github.sha }}",
    ]);
  });

  test.each(["", "a b", "a ||", "(a", "f(a", "a[", "'open", "a..b..", "$x"])("%p is no expression", (source) => {
    expect(parseExpression(source)).toBeUndefined();
  });

  test.each([
    ["nesting", `${"(".repeat(100_000)}a`],
    ["negations", `${"!".repeat(20_000)}a`],
    ["comparisons", `a${"==a".repeat(6000)}`],
    ["length", "a".repeat(100_000)],
  ])("%s beyond GitHub's limits is no expression", (_name, source) => {
    expect(parseExpression(source)).toBeUndefined();
  });

  test("thousands of alternatives are read", () => {
    expect(sourcesIn(`\${{ a${"||a".repeat(6000)} }}`)).toHaveLength(6001);
  });

  test("a million openings without an end are read in linear time", () => {
    expect(embeddedIn("${{ '".repeat(200_000))).toEqual([]);
  });
});

describe("whether a condition can hold", () => {
  const values: Readonly<Record<string, string | boolean>> = {
    "github.event_name": "pull_request_target",
    "github.event.pull_request.head.repo.fork": true,
  };
  test.each([
    ["github.event_name == 'push'", false],
    ["github.event_name != 'push'", true],
    ["${{ github.event_name == 'PULL_REQUEST_TARGET' }}", true],
    ["!github.event.pull_request.head.repo.fork", false],
    ["github.event.pull_request.head.repo.fork == false", false],
    ["github.event_name == 'push' && github.actor == 'x'", false],
    ["github.actor == 'x' && github.event_name == 'push'", false],
    ["github.actor == 'x' || github.event_name == 'push'", undefined],
    ["github.event_name == 'push' || github.event_name == 'schedule'", false],
    ["github.event_name == 'push' || github.event_name == 'pull_request_target'", true],
    ['contains(fromJSON(\'["push", "schedule"]\'), github.event_name)', false],
    ["startsWith(github.event_name, 'pull_request')", true],
    ["contains(github.ref, 'x')", undefined],
    ["success() && github.event_name == 'push'", false],
    ["always()", true],
    ["${{ github.event_name == 'push' }} && true", true],
    ["not an expression", undefined],
  ])("%s", (condition, holds) => {
    expect(conditionHolds(DataNode.scalar(condition, 1), (path) => values[path.join(".")])).toBe(holds);
  });

  test("without a condition it holds", () => {
    expect(conditionHolds(undefined, () => undefined)).toBe(true);
  });
});
