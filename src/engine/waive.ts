import { globs } from "../facts/fact.ts";
import type { Judged, MarkedRemark } from "./judge.ts";
import type { WaiverTerms } from "./terms.ts";

/** A waiver that holds on the day of the review, with its place among all. */
export interface StandingWaiver extends WaiverTerms {
  readonly index: number;
  covers(remark: MarkedRemark): boolean;
}

/** The waivers that hold on this day, by their rules. */
export function standingWaivers(
  waivers: readonly WaiverTerms[],
  date: string,
): ReadonlyMap<string, readonly StandingWaiver[]> {
  const standing = waivers
    .map((waiver, index) => ({ ...waiver, index, covers: coverOf(waiver) }))
    .filter(({ expires }) => expires >= date);
  return Map.groupBy(standing, ({ rule }) => rule);
}

/** Takes what waivers cover out of a judgement; where nothing is left of a finding, it is waived. */
export function waive(judged: Judged, waivers: readonly StandingWaiver[]): Judged {
  if (judged.outcome !== "fail" && judged.outcome !== "partial") return judged;
  const waived: { remark: MarkedRemark; waiver: number }[] = [];
  const evidence = judged.evidence.filter((remark) => {
    const waiver = waivers.find(({ covers }) => covers(remark));
    if (waiver) waived.push({ remark, waiver: waiver.index });
    return !waiver;
  });
  if (waived.length === 0) return judged;
  if (evidence.length > 0) return { ...judged, evidence, waived };
  return { outcome: "waived", value: null, reason: null, evidence, waived };
}

function coverOf({ paths }: WaiverTerms): StandingWaiver["covers"] {
  if (paths.length === 0) return () => true;
  const matches = pathMatcher(paths);
  return ({ path }) => path !== null && matches(path);
}

/** A matcher by globs, where a folder means all that is in it. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  return globs(...patterns.flatMap((one) => (one.endsWith("**") ? [one] : [one, `${one}/**`])));
}
