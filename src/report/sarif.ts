import type { Comparison } from "../engine/comparison.ts";
import type { Evidence, RuleResult, Waived } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import type { Severity } from "../rule.ts";
import { toFix, unjudged } from "./findings.ts";
import { legible } from "./legible.ts";
import { prose } from "./markdown.ts";
import type { Links } from "./publish-context.ts";

/** GitHub refuses a run with more results; of those it takes it shows the 5,000 gravest. */
const MAX_RESULTS = 25_000;
/** GitHub wants a file for every alert; as other tools do, the name says that there is none. */
const NO_FILE = "no%20file%20belongs%20to%20this%20finding";
const LEVEL: Readonly<Record<Severity, string>> = { critical: "error", high: "error", medium: "warning", low: "note" };
/** GitHub's bands: over 9 critical, from 7 high, from 4 medium. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/** A rule with one of its places; null where it names none. */
interface Place {
  readonly result: RuleResult;
  readonly evidence: Evidence | null;
  /** Why it is left out, where it is. */
  readonly suppression?: Suppression;
}

/** As SARIF has it: `external` is told elsewhere, `inSource` beside what is found. */
interface Suppression {
  readonly kind: "external" | "inSource";
  readonly status: "accepted";
  readonly justification?: string;
}

/**
 * An assessment as SARIF 2.1.0, within what GitHub's code scanning takes: the findings, gravest first, and those
 * that are waived, or silenced beside the code, as suppressed. What could not be judged is no result but a notification.
 */
export function toSarif(assessment: Assessment, links: Links): Readonly<Record<string, unknown>> {
  const { review, comparison } = assessment;
  const all: readonly Place[] = [...toFix(review).flatMap(placesOf), ...review.rules.flatMap(suppressedOf)];
  const shown = all.slice(0, MAX_RESULTS);
  const rules = [...new Set(shown.map(({ result }) => result))];
  const indexes = new Map(rules.map((rule, index) => [rule, index]));
  const isNew = newIn(comparison);
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "pyready",
            version: review.ruleSet,
            informationUri: links.docsUrl,
            rules: rules.map((rule) => descriptor(rule, links)),
          },
        },
        automationDetails: { id: "pyready/" },
        invocations: [
          {
            executionSuccessful: review.rules.every(({ outcome }) => outcome !== "crashed"),
            toolExecutionNotifications: [...unjudged(review).map(notification), ...truncation(all.length)],
          },
        ],
        columnKind: "utf16CodeUnits",
        results: shown.map((place) => toResult(place, indexes.get(place.result) as number, isNew)),
        properties: {
          repository: legible(review.repository),
          commit: review.commit,
          score: review.score === null ? null : Math.floor(review.score),
          verdict: review.verdict,
          coverage: Math.floor(review.coverage * 100) / 100,
        },
      },
    ],
  };
}

/**
 * The same, as it is uploaded: GitHub shows an alert for whatever is listed, and knows nothing of suppressions.
 */
export function uploadedSarif(assessment: Assessment, links: Links): Readonly<Record<string, unknown>> {
  const { review } = assessment;
  const rules = review.rules.map((rule) => ({ ...rule, waived: [], suppressed: [] }));
  return toSarif({ ...assessment, review: { ...review, rules } }, links);
}

function placesOf(result: RuleResult): readonly Place[] {
  return result.evidence.length > 0
    ? result.evidence.map((evidence) => ({ result, evidence }))
    : [{ result, evidence: null }];
}

function suppressedOf(result: RuleResult): readonly Place[] {
  return [
    ...result.waived.map((evidence) => ({ result, evidence, suppression: waiving(evidence) })),
    ...result.suppressed.map((evidence) => ({
      ...{ result, evidence },
      suppression: { kind: "inSource", status: "accepted" } as const,
    })),
  ];
}

function descriptor(rule: RuleResult, { docsUrl }: Links): object {
  const { id, title, severity, why, fix, category } = rule;
  const isSecurity = category === "security";
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    // A rule of the organisation's own has no page.
    ...(id.startsWith("own/") ? {} : { helpUri: `${docsUrl}/${id}.md` }),
    help: { text: `${why}\n\n${fix}`, markdown: `${prose(why)}\n\n**Fix:** ${prose(fix)}` },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: isSecurity ? ["security"] : [category, "production-readiness"],
      precision: "high",
      ...(isSecurity
        ? { "security-severity": SECURITY_SEVERITY[severity] }
        : { "problem.severity": problemOf(severity) }),
    },
  };
}

function toResult({ result, evidence, suppression }: Place, ruleIndex: number, isNew: NewIn): object {
  const state = suppression ? undefined : isNew(result, evidence);
  return {
    ruleId: result.id,
    ruleIndex,
    level: LEVEL[result.severity],
    message: { text: message(evidence?.message || result.title) },
    locations: [{ physicalLocation: physical(evidence) }],
    // The only one that GitHub looks at: its own is of this shape.
    partialFingerprints: { primaryLocationLineHash: `${evidence?.fingerprint ?? "repository"}:1` },
    ...(state === undefined ? {} : { baselineState: state ? "new" : "unchanged" }),
    ...(suppression ? { suppressions: [suppression] } : {}),
  };
}

function waiving({ reason, owner, expires }: Waived): Suppression {
  return {
    kind: "external",
    status: "accepted",
    justification: `${legible(reason)} (${legible(owner)}, until ${expires})`,
  };
}

function physical(evidence: Evidence | null): object {
  return {
    artifactLocation: { uri: evidence?.path ? uriOf(evidence.path) : NO_FILE },
    region: { startLine: Math.max(1, evidence?.line ?? 1) },
  };
}

/** A relative address: a colon, a space or a percent sign of a file's name means nothing in it. */
function uriOf(path: string): string {
  return path.toWellFormed().split("/").filter(Boolean).map(encodeURIComponent).join("/");
}

/** Plain text, in which SARIF knows links of its own: text of a repository makes none. */
function message(untrusted: string): string {
  return legible(untrusted).replaceAll("](", "] (");
}

function notification({ id, outcome, reason }: RuleResult): object {
  return {
    level: outcome === "crashed" ? "error" : "note",
    message: { text: `${id} was not evaluated: ${message(reason ?? "the reason is not known")}` },
    associatedRule: { id },
  };
}

function truncation(found: number): readonly object[] {
  if (found <= MAX_RESULTS) return [];
  const text = `Only the gravest ${MAX_RESULTS} of ${found} findings are listed.`;
  return [{ level: "warning", message: { text } }];
}

function problemOf(severity: Severity): string {
  const level = LEVEL[severity];
  return level === "note" ? "recommendation" : (level as string);
}

/** Whether a finding is new; undefined where there is nothing to compare with. */
type NewIn = (result: RuleResult, evidence: Evidence | null) => boolean | undefined;

function newIn(comparison: Comparison | null): NewIn {
  if (comparison === null) return () => undefined;
  const key = (result: RuleResult, evidence: Evidence | null): string =>
    `${result.id} ${evidence?.path ?? ""} ${evidence?.fingerprint ?? ""}`;
  const added = new Set(comparison.added.map(({ result, evidence }) => key(result, evidence)));
  return (result, evidence) => added.has(key(result, evidence));
}
