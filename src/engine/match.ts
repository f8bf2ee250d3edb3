import type { Change, Finding } from "./comparison.ts";
import { movedTo } from "./fingerprints.ts";
import type { Evidence } from "./review.ts";

/** What is known again. */
type Found = Pick<Finding, "evidence" | "isBlocking">;

/** Which findings of a rule at the head were there at the base, and which of the base were not found again. */
export interface Matched<One> {
  readonly known: ReadonlySet<One>;
  readonly left: readonly One[];
}

/** What a finding is known by; undefined where it is not known so. */
type Key = (finding: Found) => string | undefined;

/**
 * Pairs the findings of one rule at the head with those at the base, each with one. What names a line is
 * known by its fingerprint, through renames of its file; what names none by what is said, else by the
 * place alone. A line that is found in a file which the change touches, and was in one that it removes,
 * was moved. What does not block is the same as well where the same is said of another line of its file:
 * a change that edits a line that was wrong mends nothing, and breaks nothing.
 */
export function matched<One extends Found>(head: readonly One[], base: readonly One[], change: Change): Matched<One> {
  const { touched, removed, renames } = change;
  const known = new Set<One>();
  let left = base;
  const pair = (keyAtHead: Key, keyAtBase: Key): void => {
    if (left.length === 0 || known.size === head.length) return;
    const waiting = Map.groupBy(left, keyAtBase);
    const found = new Set<One>();
    for (const finding of head) {
      const key = known.has(finding) ? undefined : keyAtHead(finding);
      const same = key === undefined ? undefined : waiting.get(key)?.shift();
      if (!same) continue;
      known.add(finding);
      found.add(same);
    }
    left = left.filter((finding) => !found.has(finding));
  };
  const oldPath = (path: string | null): string => (path === null ? "" : (renames.get(path) ?? path));
  pair(
    ofLine((evidence) => movedTo(oldPath(evidence.path), evidence)),
    ofLine(({ fingerprint }) => fingerprint),
  );
  pair(
    ofPlace(({ path, message }) => JSON.stringify([oldPath(path), message])),
    ofPlace(({ path, message }) => JSON.stringify([path ?? "", message])),
  );
  pair(
    ofPlace(({ path }) => oldPath(path)),
    ofPlace(({ path }) => path ?? ""),
  );
  const ofMoved = (files: ReadonlySet<string>): Key =>
    ofLine((evidence) => (files.has(evidence.path ?? "") ? movedTo("", evidence) : undefined));
  pair(ofMoved(touched), ofMoved(removed));
  pair(
    ofLesser(({ path, message }) => JSON.stringify([oldPath(path), message])),
    ofLesser(({ path, message }) => JSON.stringify([path, message])),
  );
  return { known, left };
}

function ofLine(key: (evidence: Evidence) => string | undefined): Key {
  return ({ evidence }) => (evidence?.line == null ? undefined : key(evidence));
}

function ofLesser(key: (evidence: Evidence) => string): Key {
  const keyOf = ofLine(key);
  return (finding) => (finding.isBlocking ? undefined : keyOf(finding));
}

function ofPlace(key: (evidence: Pick<Evidence, "path" | "message">) => string): Key {
  return ({ evidence }) => (evidence?.line == null ? key(evidence ?? { path: null, message: "" }) : undefined);
}
