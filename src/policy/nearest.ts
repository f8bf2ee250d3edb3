import { distance } from "fastest-levenshtein";

/** Longer words are not compared. */
const MAX_LENGTH = 100;

/** The candidate that a misspelt word most likely means; undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  const near = candidates
    .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ away, candidate }) => away <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.away - b.away);
  return near[0]?.candidate;
}
