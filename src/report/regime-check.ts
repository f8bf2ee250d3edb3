import { DISCLAIMER } from "../compliance/checklist.ts";
import { type ControlResult, countsOf, type EvaluatedControl } from "../compliance/evaluate.ts";
import { type RegimeConclusion, type RegimeVerdict, regimeVerdicts } from "../compliance/regime-gate.ts";
import type { Assessment } from "../policy/assessment.ts";
import { countedResult } from "./compliance.ts";
import { count } from "./findings.ts";
import { layOut, type Part } from "./layout.ts";
import { code, type Markdown, place, prose, sentence, text } from "./markdown.ts";
import type { Links } from "./publish-context.ts";
import { ruleLink } from "./sections.ts";

/** GitHub refuses a summary of more bytes. */
const MAX_BYTES = 65_535;
/** Places of one rule that are shown; the rest is counted. */
const PLACES = 3;

/** The check run of one regime. */
export interface RegimeCheckRun {
  readonly regime: string;
  readonly conclusion: RegimeConclusion;
  /** Whether the policy lets it fail. */
  readonly blocks: boolean;
  readonly title: string;
  /** Markdown of at most 65,535 bytes, cut between controls. */
  readonly summary: string;
}

/** The check runs of the regimes that the policy wants one of. */
export function regimeCheckRuns(assessment: Assessment, links: Links): readonly RegimeCheckRun[] {
  return regimeVerdicts(assessment).map((verdict) => ({
    regime: verdict.checklist.id,
    conclusion: verdict.conclusion,
    blocks: assessment.policy.compliance.checks[verdict.checklist.id] === "block",
    title: titleOf(verdict),
    summary: summaryOf(verdict, assessment, links),
  }));
}

function titleOf(verdict: RegimeVerdict): string {
  const counts = countsOf(verdict).map(([result, many]) => countedResult(result, many));
  const opened = verdict.opened.size;
  const news = opened === 0 ? "" : `New in ${opened === 1 ? "1 control" : `${opened} controls`} · `;
  return `${news}${counts.join(", ")}`;
}

function summaryOf(verdict: RegimeVerdict, { policy }: Assessment, links: Links): Markdown {
  const { checklist, controls, opened, unjudged } = verdict;
  const head = [
    `### ${checklist.title}: what the evidence says of ${controls.length} controls`,
    "",
    DISCLAIMER,
    "",
    `${prose(checklist.source)}. ${prose(checklist.scope)}`,
    "",
    policy.compliance.checks[checklist.id] === "block"
      ? "As the policy asks, this check fails where a change opens a gap or widens one. It never ends as success."
      : "This check informs: it never fails, and never ends as success.",
    "",
    ...unjudged.map((reason) => `- ${text(reason)}`),
    ...(unjudged.length > 0 ? [""] : []),
  ];
  const gaps = controls.filter(({ result }) => result === "gap found");
  const parts: readonly Part[] = [
    { heading: "Gaps", folded: false, rows: gaps.map((one) => gapRow(one, opened, links)), reserve: 30_000 },
    ...OTHERS.map((result) => {
      const found = controls.filter((one) => one.result === result);
      return {
        heading: `${headed(result)} (${found.length})`,
        folded: true,
        rows: found.map(controlRow),
        reserve: 6000,
      };
    }),
  ];
  const around = Buffer.byteLength(head.join("\n")) + 1;
  return [...head, ...layOut(parts, MAX_BYTES - around)].join("\n").trimEnd();
}

const OTHERS: readonly ControlResult[] = [
  "partly supported",
  "supported by repository evidence",
  "attestation needed",
  "not visible here",
];

function headed(result: ControlResult): string {
  return `${result.charAt(0).toUpperCase()}${result.slice(1)}`;
}

function gapRow({ control, rules }: EvaluatedControl, opened: ReadonlySet<string>, links: Links): Markdown {
  const failing = rules.filter(({ state }) => state === "fails" || state === "fails, and is accepted by a waiver");
  const lines = failing.map((rule) => {
    const places = rule.evidence.slice(0, PLACES).map(({ path, line, message }) => {
      const where = path === null ? "" : `${place(path, line, links.filesUrl)} `;
      return `    - ${where}${sentence(message)}`;
    });
    const more = rule.evidence.length > PLACES ? [`    - and ${rule.evidence.length - PLACES} more`] : [];
    return [`  - ${ruleLink(rule, links)} ${rule.state}: ${prose(rule.title)}`, ...places, ...more].join("\n");
  });
  const mark = opened.has(control.id) ? "**new** " : "";
  return [`- ${mark}${code(control.id)} ${prose(control.title)}`, ...lines].join("\n");
}

function controlRow({ control, rules, applying, attestation }: EvaluatedControl): Markdown {
  const carried = rules.length > 0 ? ` (${applying} of ${rules.length} rules apply)` : "";
  const silenced = rules.reduce((sum, { suppressed }) => sum + suppressed.length, 0);
  const hidden = silenced > 0 ? ` ${count(silenced, "finding")} suppressed beside the code.` : "";
  const attested = attestation
    ? ` ${attestation.isExpired ? "The attestation ended on" : "Attested, and not looked at here, until"} ${attestation.expires} by ${text(attestation.owner)}.`
    : "";
  return `- ${code(control.id)} ${prose(control.title)}${carried}.${hidden}${attested}`;
}
