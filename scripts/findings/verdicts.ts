import type { Review } from "../../src/engine/review.ts";
import type { Severity } from "../../src/rule.ts";

/** What a person who opened the file says of one finding, as its maintainer would. */
export interface FindingVerdict {
  /** `owner/name`. */
  readonly repository: string;
  readonly rule: string;
  /** `path:line`, `path`, or `-` for the repository as a whole. */
  readonly place: string;
  /** `full` where the rule fails; `lowered` where the catalogue takes the finding one or more levels down. */
  readonly weight: "full" | "lowered";
  readonly verdict: "true" | "false" | "debatable";
  readonly reason: string;
}

/**
 * Reads the table of verdicts: a line each, its six fields parted by tabs; `#` begins a comment.
 * @throws Error for a line that is none
 */
export function readVerdicts(text: string): readonly FindingVerdict[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    const [repository, rule, place, weight, verdict, reason] = line.split("\t");
    if (!repository || !rule || !place || !reason || !isWeight(weight) || !isVerdict(verdict))
      throw new Error(
        `line ${index + 1} is no verdict: repository, rule, place, full|lowered, true|false|debatable, reason`,
      );
    return [{ repository, rule, place, weight, verdict, reason }];
  });
}

function isWeight(word: string | undefined): word is FindingVerdict["weight"] {
  return word === "full" || word === "lowered";
}

function isVerdict(word: string | undefined): word is FindingVerdict["verdict"] {
  return word === "true" || word === "false" || word === "debatable";
}

/** The share of true findings a rule and weight; a debatable one counts as half. */
export function precisionTable(verdicts: readonly FindingVerdict[], severities: ReadonlyMap<string, Severity>): string {
  const severityOf = ({ rule, weight }: FindingVerdict): string =>
    `${severities.get(rule) ?? "–"}${weight === "full" ? "" : ", lowered"}`;
  const rows = [...Map.groupBy(verdicts, (one) => `${one.rule} ${one.weight}`).values()]
    .map((ones) => [ones[0]?.rule ?? "", severityOf(ones[0] as FindingVerdict), ...figures(ones)])
    .sort(([a = "", ofA = ""], [b = "", ofB = ""]) => order(ofA) - order(ofB) || (a < b ? -1 : 1));
  const bySeverity = [...Map.groupBy(verdicts, severityOf)]
    .sort(([a], [b]) => order(a) - order(b))
    .map(([severity, ones]) => ["all", severity, ...figures(ones)]);
  const table = [["rule", "severity", "looked at", "true", "debatable", "false", "precision"], ...rows, ...bySeverity];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
    )
    .join("\n");
}

function figures(ones: readonly FindingVerdict[]): readonly string[] {
  const count = (verdict: string) => ones.filter((one) => one.verdict === verdict).length;
  const precision = (count("true") + count("debatable") / 2) / ones.length;
  return [
    String(ones.length),
    String(count("true")),
    String(count("debatable")),
    String(count("false")),
    `${Math.floor(100 * precision)} %`,
  ];
}

function order(severity: string): number {
  const [level = "", lowered] = severity.split(", ");
  const place = ["critical", "high", "medium", "low"].indexOf(level);
  return (place < 0 ? 4 : place) + (lowered ? 10 : 0);
}

/** Findings of critical and high rules that nobody has looked at yet, as `rule place`. */
export function unseenFindings(
  review: Review,
  repository: string,
  verdicts: readonly FindingVerdict[],
): readonly string[] {
  const seen = new Set(
    verdicts.filter((one) => one.repository === repository).map(({ rule, place }) => `${rule} ${place}`),
  );
  return review.rules
    .filter(({ severity, outcome }) => (severity === "critical" || severity === "high") && outcome === "fail")
    .flatMap(({ id, evidence }) =>
      evidence.map(({ path, line }) => `${id} ${[path ?? "-", line].filter(Boolean).join(":")}`),
    )
    .filter((finding) => !seen.has(finding));
}
