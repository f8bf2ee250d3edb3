import type { Finding } from "../engine/comparison.ts";
import { isBlocker } from "../engine/findings.ts";
import type { Remark, Review, RuleResult } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import { placesOf, toFix } from "./findings.ts";

/** A rule that does not hold, with the places that one part of a report tells of: at least one. */
export interface Group {
  readonly result: RuleResult;
  readonly places: readonly Remark[];
}

/** The findings of a review, parted by what blocks and by what the change brings. */
export interface Change {
  readonly newBlockers: readonly Group[];
  readonly knownBlockers: readonly Group[];
  readonly newWarnings: readonly Group[];
  readonly knownWarnings: readonly Group[];
  /** As they were at the base; blockers first. */
  readonly fixed: readonly Group[];
}

/** What the change brings and what was there; without a base everything is new. */
export function changeOf({ review, comparison }: Assessment): Change {
  const added = comparison && new Set(comparison.added.map(({ result, evidence }) => keyOf(result, evidence)));
  const groups = groupsOf(review);
  const isNew = (result: RuleResult, place: Remark): boolean => !added || added.has(keyOf(result, place));
  const fresh = kept(groups, isNew);
  const known = kept(groups, (result, place) => !isNew(result, place));
  return {
    newBlockers: fresh.filter(isBlocking),
    knownBlockers: known.filter(isBlocking),
    newWarnings: fresh.filter((group) => !isBlocking(group)),
    knownWarnings: known.filter((group) => !isBlocking(group)),
    fixed: fixedGroups(comparison?.fixed ?? []),
  };
}

/** Every rule that does not hold, gravest first, with all its places. */
export function groupsOf(review: Review): readonly Group[] {
  return toFix(review).map((result) => ({ result, places: placesOf(result) }));
}

export function isBlocking({ result }: Group): boolean {
  return isBlocker(result);
}

/** How many findings these are: a rule at two places makes two. */
export function countFindings(groups: readonly Group[]): number {
  return groups.reduce((sum, { places }) => sum + places.length, 0);
}

function kept(groups: readonly Group[], keeps: (result: RuleResult, place: Remark) => boolean): readonly Group[] {
  return groups
    .map(({ result, places }) => ({ result, places: places.filter((place) => keeps(result, place)) }))
    .filter(({ places }) => places.length > 0);
}

function fixedGroups(fixed: readonly Finding[]): readonly Group[] {
  const byRule = Map.groupBy(fixed, ({ result }) => result.id);
  const groups = [...byRule.values()].flatMap((findings) =>
    findings.slice(0, 1).map(({ result }) => ({
      result,
      places: findings.flatMap(({ evidence }) => (evidence ? [evidence] : placesOf({ ...result, evidence: [] }))),
    })),
  );
  return [...groups.filter(isBlocking), ...groups.filter((group) => !isBlocking(group))];
}

function keyOf({ id }: RuleResult, place: Remark | null): string {
  return JSON.stringify([id, place?.path ?? null, place?.line ?? null, place?.message ?? ""]);
}
