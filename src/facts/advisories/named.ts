import type { Advisory } from "../../snapshot/advisories.ts";

/** Advisories of one package that are named. */
const NAMED = 3;

/** Advisories in words: `GHSA-… (CVE-…, high), fixed in 2.11.3; and 2 more`. */
export function named(advisories: readonly Advisory[]): string {
  const all = advisories.slice(0, NAMED).map(({ id, cve, severity, isMalware, fixedIn }) => {
    const gravity = isMalware ? "malware" : severity === "unknown" ? "severity unknown" : severity;
    const remarks = [...(cve ? [cve] : []), gravity].join(", ");
    return `${id} (${remarks}), ${fixedIn ? `fixed in ${fixedIn}` : "not fixed in any version"}`;
  });
  return `${all.join("; ")}${advisories.length > NAMED ? `; and ${advisories.length - NAMED} more` : ""}`;
}
