import { checklists } from "../../rules/checklists/index.ts";
import type { Complaint } from "./document.ts";
import { nearest } from "./nearest.ts";
import type { Attestation } from "./policy.ts";
import { dayAfter, isDay } from "./waivers.ts";

/** Tells attestations that may stand from those that may not, with the reason. An expired one stands, as expired. */
export function checkedAttestations(
  attestations: readonly Attestation[],
  date: string,
): { readonly attestations: readonly Attestation[]; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const valid = attestations.filter((attestation) => {
    const wrong = wrongWith(attestation, date);
    const { path, line } = attestation.origin;
    if (wrong) complaints.push({ message: `${wrong} The attestation is left out.`, path: path ?? "", line });
    return !wrong;
  });
  return { attestations: valid, complaints };
}

function wrongWith({ regime, controls, date, expires }: Attestation, today: string): string | undefined {
  for (const [key, day] of Object.entries({ date, expires }))
    if (!isDay(day)) return `${key} is ${day}, which is no day of the calendar.`;
  if (dayAfter(today, 1) < date) return `The attestation is of ${date}, which is to come.`;
  if (expires < date) return `The attestation of ${date} expires on ${expires}, before it was made.`;
  const latest = twelveMonthsAfter(date);
  if (expires > latest)
    return `The attestation of ${date} expires on ${expires}, and at most twelve months are allowed: ${latest} is the latest.`;
  const known = checklists.find(({ id }) => id === regime)?.controls.map(({ id }) => id) ?? [];
  const unknown = controls.find((id) => !known.includes(id));
  if (unknown === undefined) return undefined;
  const similar = nearest(unknown, known);
  return `${JSON.stringify(unknown)} is no control of the checklist ${regime}.${similar ? ` Did you mean ${similar}?` : ""}`;
}

/** The same day a year later; the 29th of February ends on the 1st of March. */
function twelveMonthsAfter(day: string): string {
  const end = new Date(`${day}T00:00:00Z`);
  end.setUTCFullYear(end.getUTCFullYear() + 1);
  return end.toISOString().slice(0, 10);
}
