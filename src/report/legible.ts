/** Longest text of a repository that is shown in one place. */
export const MAX_LENGTH = 200;
/** Longest reason of a waiver: what the policy takes is shown whole. */
export const MAX_REASON = 500;
/** Controls, and what changes the direction or hides between letters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

/** Text without what cannot be seen, on one line. */
export function visible(untrusted: string): string {
  return untrusted.replace(/[\r\n\t]+/g, " ").replace(INVISIBLE, "");
}

/** Text of a repository on one line: without what cannot be seen, and cut where it goes on and on. */
export function legible(untrusted: string, maxLength = MAX_LENGTH): string {
  const shown = visible(untrusted);
  if (shown.length <= maxLength) return shown;
  const letters = [...shown];
  return letters.length <= maxLength ? shown : `${letters.slice(0, maxLength - 1).join("")}…`;
}
