import { facts as allFacts } from "../facts/index.ts";
import type { CataloguedRule } from "../rule.ts";
import type { Change } from "./comparison.ts";
import type { FactValues } from "./fact-values.ts";
import { distinct, fingerprinted, type LineOf } from "./fingerprints.ts";
import type { Judged, MarkedRemark } from "./judge.ts";
import { matched } from "./match.ts";
import type { Evidence, Review } from "./review.ts";
import { asAtBase, canBeSilenced, keyOf, onlyAt } from "./silencing.ts";

/** What a change is compared with. */
export interface Compared {
  readonly review: Review;
  readonly change: Change;
}

/** What a rule said, and what it would say if nothing were silenced. */
export interface Suppression {
  readonly judged: readonly Judged[];
  /** Findings that are silenced. */
  readonly suppressed: readonly Evidence[];
  /** Findings that the change silences, and that count until it is merged. */
  readonly toBeSuppressed: readonly Evidence[];
}

type JudgeOn = (values: FactValues) => readonly Judged[];

/** A finding as it is matched with others. */
interface Candidate {
  readonly evidence: Evidence;
  readonly key: string;
  readonly isBlocking: boolean;
}

/** Findings that stand before others: a rule that tells only of its gravest has no more levels. */
const LEVELS = 10;

/**
 * Judges a rule, and tells what comments and lists of other tools silence of it. In a change that nobody merged
 * they silence what the base silenced as well, and nothing else.
 */
export function judgeSilenced(
  { id, rule }: CataloguedRule,
  values: FactValues,
  judgeOn: JudgeOn,
  { lineOf, before }: { readonly lineOf: LineOf; readonly before: Compared | null },
): Suppression {
  const judged = judgeOn(values);
  const silentAtBase = before?.review.rules.find((result) => result.id === id)?.suppressed ?? [];
  const isSilenceable = rule.needs.some((name) => canBeSilenced(allFacts[name]));
  if (!isSilenceable || (values.silenced.size === 0 && silentAtBase.length === 0))
    return { judged, suppressed: [], toBeSuppressed: [] };
  const silent = silencedOf(values, judgeOn);
  const all = candidatesOf(id, [...findingsOf(judged), ...silent.values()], lineOf);
  const ofHead = all.filter(({ key }) => silent.has(key));
  if (!before) return { judged, suppressed: evidenceOf(ofHead), toBeSuppressed: [] };
  const isCritical = rule.severity === "critical";
  const stood = stoodBefore(ofHead, all, silentAtBase, before.change, isCritical);
  const isAdded = ({ key }: Candidate): boolean => values.silenced.get(key) === "place" && !stood.has(key);
  const added = ofHead.filter(isAdded);
  const heeded = values.silencing(asAtBase(stood, new Set(added.map(({ key }) => key))));
  return {
    judged: judgeOn(heeded),
    suppressed: evidenceOf(all.filter(({ key }) => heeded.silenced.has(key))),
    toBeSuppressed: evidenceOf(added),
  };
}

/**
 * The findings that the commit silences, level by level: what is found is taken away, silenced or not, and what
 * stood behind it found.
 */
function silencedOf(values: FactValues, judgeOn: JudgeOn): ReadonlyMap<string, MarkedRemark> {
  const found = new Map<string, MarkedRemark>();
  for (let level = 0; level < LEVELS; level++) {
    const fresh = findingsOf(judgeOn(values.silencing(onlyAt(new Set(found.keys()))))).filter(
      (remark) => !found.has(keyOf(remark)),
    );
    if (fresh.length === 0) break;
    for (const remark of fresh) found.set(keyOf(remark), remark);
  }
  return new Map([...found].filter(([key]) => values.silenced.has(key)));
}

/** Which places the base silenced, by their keys; where it blocks, only what stands on the same line. */
function stoodBefore(
  silent: readonly Candidate[],
  all: readonly Candidate[],
  atBase: readonly Evidence[],
  change: Change,
  isCritical: boolean,
): ReadonlySet<string> {
  const ofBase = atBase.map((evidence) => ({ evidence, key: "", isBlocking: isCritical }));
  const ofHead = silent.map((one) => ({ ...one, isBlocking: isCritical }));
  const marked = matched(ofHead, ofBase, change);
  // What a list names by its line may have moved: then the list says nothing of where it stands now.
  const moved = matched(
    all.filter(({ key }) => !silent.some((one) => one.key === key)),
    marked.left.map((one) => ({ ...one, isBlocking: true })),
    change,
  );
  return new Set([...marked.known, ...moved.known].map(({ key }) => key));
}

function candidatesOf(id: string, remarks: readonly MarkedRemark[], lineOf: LineOf): readonly Candidate[] {
  const sorted = [...distinct(remarks)].sort((a, b) =>
    (a.path ?? "") < (b.path ?? "") ? -1 : a.path === b.path ? (a.line ?? 0) - (b.line ?? 0) : 1,
  );
  const evidence = fingerprinted(id, sorted, lineOf);
  return sorted.map((remark, index) => ({
    evidence: evidence[index] as Evidence,
    key: keyOf(remark),
    isBlocking: true,
  }));
}

function findingsOf(judged: readonly Judged[]): readonly MarkedRemark[] {
  return judged
    .filter(({ outcome }) => outcome === "fail" || outcome === "partial")
    .flatMap(({ evidence }) => evidence);
}

function evidenceOf(candidates: readonly Candidate[]): readonly Evidence[] {
  return candidates.map(({ evidence }) => evidence);
}
