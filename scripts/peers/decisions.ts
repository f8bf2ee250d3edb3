import picomatch from "picomatch";
import type { Verdict } from "./peer.ts";

/** A difference between a rule and a peer's check that was looked at, and is meant. */
export interface Decision {
  readonly rule: string;
  readonly peer: string;
  readonly check: string;
  readonly theirs: Verdict;
  readonly ours: Verdict;
  /** What must be so for the reason to hold; a decision without it holds everywhere. */
  readonly where?: {
    /** A file of the repository matches. */
    readonly tracked?: string | readonly string[];
    /** The judged file matches. */
    readonly path?: string | readonly string[];
    /** Our reason or evidence holds these words. */
    readonly says?: string;
    /** The peer's words hold these. */
    readonly saysTheirs?: string;
  };
  readonly why: string;
}

/** What a decision is held against. */
export interface Difference {
  readonly rule: string;
  readonly peer: string;
  readonly check: string;
  readonly path: string | null;
  readonly theirs: { readonly verdict: Verdict; readonly says: string };
  readonly ours: { readonly verdict: Verdict; readonly says: string };
}

/** The decision that covers a difference in a repository of these paths. */
export function decisionOn(
  difference: Difference,
  paths: readonly string[],
  decisions: readonly Decision[],
): Decision | undefined {
  return decisions.find(
    (decision) =>
      decision.rule === difference.rule &&
      decision.peer === difference.peer &&
      decision.check === difference.check &&
      decision.theirs === difference.theirs.verdict &&
      decision.ours === difference.ours.verdict &&
      holds(decision.where ?? {}, difference, paths),
  );
}

function holds(
  { tracked, path, says, saysTheirs }: NonNullable<Decision["where"]>,
  difference: Difference,
  paths: readonly string[],
): boolean {
  if (tracked !== undefined && !paths.some(matcher(tracked))) return false;
  if (path !== undefined && !(difference.path !== null && matcher(path)(difference.path))) return false;
  if (says !== undefined && !difference.ours.says.includes(says)) return false;
  return saysTheirs === undefined || difference.theirs.says.includes(saysTheirs);
}

function matcher(globs: string | readonly string[]): (path: string) => boolean {
  const matches = picomatch([globs].flat() as string[], { dot: true });
  return (path) => matches(path);
}
