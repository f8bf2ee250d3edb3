import type { Purpose } from "./purpose.ts";

/** What anything may be that is wholly unknown. */
export const ANYTHING: readonly Purpose[] = [
  "tests",
  "lint",
  "types",
  "security",
  "coverage",
  "coverage-gate",
  "deployment",
];

const SUGGESTS: readonly (readonly [purpose: Purpose, name: RegExp])[] = [
  ["tests", /test|check|(^|[^a-z])ci([^a-z]|$)|verify|(^|[^a-z])qa([^a-z]|$)|valid|tox|nox|pytest/i],
  [
    "lint",
    /lint|style|format|(^|[^a-z])fmt|check|(^|[^a-z])ci([^a-z]|$)|quality|static|pre-?commit|tox|nox|ruff|flake8/i,
  ],
  ["types", /types?([^a-z]|$)|typing|mypy|pyright|lint|check|(^|[^a-z])ci([^a-z]|$)|quality|static|tox|nox/i],
  [
    "security",
    /secur|sast|(^|[^a-z])scan|audit|(^|[^a-z])check([^a-z]|$)|bandit|codeql|semgrep|lint|(^|[^a-z])ci([^a-z]|$)|quality|static/i,
  ],
  ["coverage", /cov|test|check|(^|[^a-z])ci([^a-z]|$)|tox|nox/i],
  ["coverage-gate", /cov|test|check|(^|[^a-z])ci([^a-z]|$)|tox|nox/i],
  ["deployment", /deploy(?!.*docs)|(^|[^a-z])cd([^a-z]|$)|roll-?out|provision|promote/i],
];
/** Names of what has nothing to do with the quality of the code. */
const OTHERWISE =
  /label|stale|lock|triage|release|publish|deploy|docs?([^a-z]|$)|changelog|notif|slack|backport|assign|greet|welcome|(^|[^a-z])(cla|ack|push|pr|sync|bump)([^a-z]|$)|merge|issue|comment|version|dependabot|renovate|mirror|upload|scorecard|cleanup/i;

/** What a target, script, image or workflow of this name may well run; empty where the name suggests nothing. */
export function suggestedBy(name: string): readonly Purpose[] {
  return SUGGESTS.flatMap(([purpose, matches]) => (matches.test(name) ? [purpose] : []));
}

/** What something of this name may run where nothing else is known of it: anything, unless the name says otherwise. */
export function possibleFor(name: string): readonly Purpose[] {
  const suggested = suggestedBy(name);
  if (suggested.length > 0) return suggested;
  return saysOtherwise(name) ? [] : ANYTHING;
}

/** True for the name of something that has nothing to do with the quality of the code. */
export function saysOtherwise(name: string): boolean {
  return OTHERWISE.test(name);
}
