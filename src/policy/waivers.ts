import type { Severity } from "../rule.ts";
import type { Complaint } from "./document.ts";
import type { Waiver } from "./policy.ts";

const LONGEST = 180;
const LONGEST_CRITICAL = 90;
const DAY_MS = 86_400_000;

/** Days that a waiver may be ahead of its end; of a critical rule fewer. */
export function longestDays(severity: Severity): number {
  return severity === "critical" ? LONGEST_CRITICAL : LONGEST;
}

/** Tells waivers that may stand from those that may not, with the reason. */
export function checkedWaivers(
  waivers: readonly Waiver[],
  severityOf: (rule: string) => Severity,
  date: string,
): { readonly waivers: readonly Waiver[]; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const valid = waivers.filter((waiver) => {
    const wrong = wrongWith(waiver, severityOf(waiver.rule), date);
    const { path, line } = waiver.origin;
    if (wrong) complaints.push({ message: `${wrong} The waiver is left out.`, path: path ?? "", line });
    return !wrong;
  });
  return { waivers: valid, complaints };
}

function wrongWith({ rule, expires }: Waiver, severity: Severity, date: string): string | undefined {
  if (!isDay(expires)) return `expires is ${expires}, which is no day of the calendar.`;
  const most = longestDays(severity);
  if (daysBetween(date, expires) > most)
    return `The waiver of ${rule} expires on ${expires}, and ${severity === "critical" ? "of a critical rule " : ""}at most ${most} days are allowed: ${dayAfter(date, most)} is the latest.`;
  return undefined;
}

/** Whole days from one ISO day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** So many days after an ISO day. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether an ISO date is a day: dates roll over, the 31st of February is none. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
