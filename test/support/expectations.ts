import type { Outcome, Review } from "../../src/engine/review.ts";

/** What a reviewer accepts of one repository of the corpus. */
export interface Expectation {
  readonly profile: string | readonly string[];
  readonly minScore: number | null;
  readonly maxScore: number | null;
  readonly outcomes: Readonly<
    Record<string, { readonly expect: readonly Outcome[]; readonly at?: string; readonly why: string }>
  >;
}

export interface Expectations {
  readonly repositories: Readonly<Record<string, Expectation>>;
}

/** Below this coverage a score of a replay says nothing of the whole tree. */
const MEANINGFUL = 0.6;

/** The expectations that a review misses, a sentence each, with the reviewer's reason. */
export function compareWithExpectations(
  review: Review,
  expectation: Expectation | undefined,
  { wholeCatalogue }: { readonly wholeCatalogue: boolean },
): readonly string[] {
  if (!expectation) return [];
  const missed = review.rules.flatMap(({ id, outcome, evidence }) => {
    if (outcome === "crashed") return [`${id} crashed`];
    const expected = expectation.outcomes[id];
    if (!expected) return [];
    if (!expected.expect.includes(outcome)) {
      return [`${id} is ${outcome}, expected ${expected.expect.join(" or ")}: ${expected.why}`];
    }
    const wantsPlace = expected.at !== undefined && (outcome === "fail" || outcome === "partial");
    const places = evidence.flatMap(({ path, line }) => (path ? [path, `${path}:${line}`] : []));
    return wantsPlace && !places.includes(expected.at as string)
      ? [`${id} does not name ${expected.at}: ${expected.why}`]
      : [];
  });
  const profiles = [expectation.profile].flat();
  if (wholeCatalogue && !profiles.includes(review.profile))
    missed.push(`profile is ${review.profile}, expected ${profiles.join(" or ")}`);
  const { score, coverage } = review;
  if (
    wholeCatalogue &&
    score !== null &&
    coverage >= MEANINGFUL &&
    expectation.minScore !== null &&
    expectation.maxScore !== null
  ) {
    const shown = Math.floor(score);
    if (shown < expectation.minScore || shown > expectation.maxScore) {
      missed.push(`score ${shown} is outside ${expectation.minScore} to ${expectation.maxScore}`);
    }
  }
  return missed;
}
