import type { Review, RuleResult } from "../engine/review.ts";
import { shownGain, shownScore, toFix } from "./findings.ts";
import { legible } from "./legible.ts";

/** Components that are listed; a repository of more is a workspace that finds them better itself. */
const COMPONENTS = 20;
/** Signs of a glob, and what no plain path holds: a path with any is not suggested. */
const ODD = /[\\()!|*?[\]{}\p{Cc}]/u;
/** A waiver of a critical rule holds no longer. */
const WAIVER_DAYS = 90;
/** What a sign of regulated data speaks for, by the words of the rule that finds it. */
const REGIMES: readonly (readonly [sign: RegExp, regime: string])[] = [
  [/hints at payments/, "pci-dss"],
  [/hints at health data/, "hipaa"],
  [/hints at checks of identity/, "soc2"],
];

/**
 * A policy to begin with, as YAML: what holds by default, and as suggestions that are commented out what was
 * found in the repository.
 */
export function policyDraft(review: Review): string {
  const parts = [
    HEAD,
    profilePart(review),
    gatePart(review),
    COMMENT,
    componentsPart(review),
    rulesPart(review),
    waiverPart(review),
    compliancePart(review),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

const HEAD = `# The policy of pyready for this repository. It is read at the base of a pull request: what a
# change says here applies after the merge. Every key may be left out.
#
# Lines like these explain. What follows the mark without a space, and what stands indented below it,
# is a suggestion made of what was found: take the marks away to use it.
`;

const COMMENT = `# A pull request is commented when findings changed (changes), always, or never.
comment: changes
`;

function profilePart({ profile, profileEvidence }: Review): string {
  if (profile === "none") return "";
  const [told] = profileEvidence;
  return `# What the project is: found by pyready${told ? `, because ${legible(told.message)}` : ""}.
#profile: ${profile}
`;
}

function gatePart(review: Review): string {
  const score = shownScore(review);
  return `# What fails the check: a blocker that the change brings (new-blocker), any blocker (blocker), or
# nothing (never). A blocker is a failing critical rule.
gate:
  fail-on: new-blocker
  # Fail below this score${score === null ? "" : ` (today it is ${score})`}, or when a change loses more points than this.
#  min-score: ${score === null || score > 70 ? 70 : score}
#  max-drop: 2
`;
}

function componentsPart({ components }: Review): string {
  const roots = components.map(({ root }) => root).filter((root) => !ODD.test(root));
  if (roots.length < 2 || roots.length > COMPONENTS) return "";
  return `# The units that are deployed or published, as found. List them where that is wrong.
#components:
${roots.map((root) => `#  - ${JSON.stringify(root || ".")}`).join("\n")}
`;
}

function rulesPart(review: Review): string {
  const failing = toFix(review);
  if (failing.length === 0) return "";
  const lines = failing.map((rule) => {
    const worth = [rule.severity, shownGain(rule)].filter(Boolean).join(", ");
    return `#  ${rule.id}: off # ${worth}: ${legible(rule.title)}`;
  });
  return `# Rules that do not hold today, with the points that the score gains by them. A rule can be off, or
# of another severity: low, medium, high or critical.
#rules:
${lines.join("\n")}
`;
}

function waiverPart(review: Review): string {
  const waivable = toFix(review).find(({ evidence }) => evidence.some(isPlain));
  const at = waivable?.evidence.find(isPlain);
  if (!waivable || !at?.path) return "";
  return `# A finding that is accepted for a while: it leaves the score, and every report shows it with its
# reason and owner. At most 180 days ahead, ${WAIVER_DAYS} for a critical rule.
#waivers:
#  - rule: ${waivable.id}
#    paths: [${JSON.stringify(at.path)}]
#    reason: say here why this is accepted
#    owner: "@organisation/team"
#    expires: ${daysAfter(review.date, WAIVER_DAYS)}
`;
}

function isPlain({ path }: { readonly path: string | null }): boolean {
  return path !== null && !ODD.test(path);
}

function compliancePart({ rules }: Review): string {
  const rule = rules.find(({ id }) => id === "governance/compliance-scope-declared");
  if (rule?.outcome !== "fail" && rule?.outcome !== "partial") return "";
  const said = (rule as RuleResult).evidence.map(({ message }) => message).join(" ");
  const regimes = REGIMES.filter(([sign]) => sign.test(said)).map(([, regime]) => regime);
  return `# Regimes that this project works under: soc2, hipaa, pci-dss, osps-baseline, nist-ssdf. Where none
# applies, write { none: "the reason" }. ${legible(said)}
#compliance: [${(regimes.length > 0 ? regimes : ["soc2"]).join(", ")}]
`;
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
