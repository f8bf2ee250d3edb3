import { type EvidencePack, groundOf, type PackControl, type PackRule, SUPPRESSED } from "../../compliance/pack.ts";
import { plainText } from "../markdown.ts";

const COLUMNS = [
  "control",
  "title",
  "result",
  "rule",
  "rule state",
  "told by",
  "path",
  "line",
  "evidence",
  "accepted until",
  "accepted by",
  "attestation asked for",
  "attested by",
  "attested until",
  "attested evidence",
  "never conclude",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** A spreadsheet takes a cell that begins so for a formula, whoever wrote it. */
const FORMULA = /^\s*[=+\-@|%＝＋－＠]/;

/** A pack as a table for a spreadsheet: a row for each place, rule or control, whichever is the last that there is. */
export function evidenceCsv({ disclaimer, repository, commit, date, regime, controls }: EvidencePack): string {
  const about = `${regime.title} (${regime.source}), ${repository} at ${commit ?? "a working tree"}, ${date}. ${disclaimer}`;
  const rows = controls.flatMap(rowsOf).map((row) => COLUMNS.map((column) => row[column] ?? ""));
  return [[about], [...COLUMNS], ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function rowsOf(control: PackControl): readonly Row[] {
  const { id, title, result, rules, attest, attestation, never } = control;
  const all = {
    control: id,
    title,
    result,
    "attestation asked for": attest ?? "",
    ...(attestation && {
      "attested by": attestation.owner,
      "attested until": `${attestation.expires}${attestation.isExpired ? " (expired)" : ""}`,
      "attested evidence": attestation.evidence,
    }),
    "never conclude": never ?? "",
  };
  return rules.length === 0 ? [all] : rules.flatMap((rule) => rowsOfRule(rule).map((row) => ({ ...all, ...row })));
}

function rowsOfRule(found: PackRule): readonly Row[] {
  const { id, state, toldBy, places, waived, suppressed, more } = found;
  const rule: Row = { rule: id, "rule state": state, "told by": toldBy };
  const at = ({ path, line, message }: PackRule["places"][number]): Row => ({
    path: path ?? "",
    line: line === null ? "" : String(line),
    evidence: message,
  });
  const rows: readonly Row[] = [
    ...places.map((place) => ({ ...rule, ...at(place) })),
    ...waived.map((one) => ({
      ...rule,
      ...at(one),
      evidence: `${one.message} Accepted: ${one.reason}`,
      "accepted until": one.expires,
      "accepted by": one.owner,
    })),
    ...suppressed.map((one) => ({ ...rule, ...at(one), evidence: `${SUPPRESSED} ${one.message}` })),
    ...(more > 0 ? [{ ...rule, evidence: `and ${more} more` }] : []),
  ];
  return rows.length > 0 ? rows : [{ ...rule, evidence: groundOf(found) ?? "" }];
}

function cell(value: string): string {
  const shown = plainText(value);
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`;
}
