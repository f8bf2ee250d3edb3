import { foldersOf } from "./change.ts";
import type { Change, Comparison, Finding } from "./comparison.ts";
import { findingsOfResult } from "./findings.ts";
import { matched } from "./match.ts";
import type { Evidence, Review, RuleResult } from "./review.ts";

/** The findings of one rule, parted. */
type Parts = Pick<Comparison, "added" | "fixed" | "unchanged">;

/** Whether a change may have brought what stands at a place. */
interface Reach {
  touches(evidence: Evidence): boolean;
  /** Nobody could read the file at the base: nothing is known of what stood there. */
  wasUnread(evidence: Evidence): boolean;
  /** One side was read in part: what it does not tell of files that did not change proves nothing. */
  readonly isInPart: boolean;
}

/**
 * Tells what a change brings and what it mends. Where one side says nothing of a rule, or may not say
 * all, nothing is claimed: a finding is new only if the change can have brought it.
 */
export function compare(head: Review, base: Review, change: Change): Comparison {
  const before = new Map(base.rules.map((result) => [result.id, result]));
  const reach = reachOf(change, head, base);
  const parts = head.rules.map((after) => partsOf(before.get(after.id), after, change, reach));
  return {
    base,
    change,
    added: parts.flatMap(({ added }) => added),
    fixed: parts.flatMap(({ fixed }) => fixed),
    unchanged: parts.flatMap(({ unchanged }) => unchanged),
  };
}

function partsOf(before: RuleResult | undefined, after: RuleResult, change: Change, reach: Reach): Parts {
  const found = findingsOfResult(after);
  if (!before) return { added: [], fixed: [], unchanged: found };
  const { known, left } = matched(found, findingsOfResult(before), change);
  // What is so today is said of the repository as a whole; a place in a file is of the commit all the same.
  const isOfCommit = ({ evidence }: Finding): boolean => !after.isOfToday || evidence?.path != null;
  const isAdded = (finding: Finding): boolean =>
    isOfCommit(finding) && !known.has(finding) && mayBeNew(finding, before, after, reach);
  return {
    added: found.filter(isAdded),
    fixed: left.filter((finding) => isOfCommit(finding) && mayBeFixed(finding, before, after, reach)),
    unchanged: found.filter((finding) => !isAdded(finding)),
  };
}

function mayBeNew({ evidence, isBlocking }: Finding, before: RuleResult, after: RuleResult, reach: Reach): boolean {
  const isOfRepository = evidence?.path == null;
  if (reach.isInPart && !isOfRepository && !reach.touches(evidence)) return false;
  switch (before.outcome) {
    case "pass":
    case "waived":
      return true;
    case "partial":
    case "fail":
      // What is said of the repository as a whole is new where it was not failing.
      if (isOfRepository) return before.outcome === "partial" && isBlocking;
      // Where the rule does better now, lesser findings come forth that graver ones stood before.
      return (after.value ?? 0) <= (before.value ?? 0);
    case "skip":
    case "unknown":
      // It did not judge before, so that old findings may come forth: those of other files are not the change's.
      if (isOfRepository) return before.outcome === "skip";
      return reach.touches(evidence) && !reach.wasUnread(evidence);
    case "crashed":
      return false;
  }
}

function mayBeFixed({ evidence }: Finding, before: RuleResult, after: RuleResult, reach: Reach): boolean {
  const isOfRepository = evidence?.path == null;
  if (reach.isInPart && !isOfRepository && !reach.touches(evidence)) return false;
  switch (after.outcome) {
    case "pass":
      return true;
    case "partial":
    case "fail":
      // What has no place is told apart by nobody.
      if (isOfRepository) return after.evidence.every(({ path }) => path !== null) && after.evidence.length > 0;
      // Where the rule does worse now, graver findings may stand before it.
      return (after.value ?? 0) >= (before.value ?? 0);
    case "skip":
      return !isOfRepository && reach.touches(evidence);
    case "unknown":
    case "crashed":
    case "waived":
      return false;
  }
}

function reachOf({ touched, removed, renames }: Change, head: Review, base: Review): Reach {
  const paths = [...touched, ...removed];
  // What is said of a component stands at its folder.
  const reached = new Set(paths.flatMap((path) => [path, ...foldersOf(path)]));
  const unread = new Set(base.lookedAt.unreadable.map(({ path }) => path));
  return {
    isInPart: [head, base].some(({ lookedAt: { complete, sources } }) => !complete || sources.read < sources.of),
    touches: ({ path }) => path !== null && reached.has(path),
    wasUnread: ({ path }) => path !== null && unread.has(renames.get(path) ?? path),
  };
}
