/** Where a version runs: before people depend on it, or for them. */
export type Stage = "before" | "production";

const BEFORE =
  /(^|[-_/.: ])(pre-?prod(uction)?|non-?prod(uction)?|staging|stage|stg|qa|uat|preview|review|sandbox|demo|canary|beta|acceptance|integration|test|testing|dev|development)([-_/.: ]|$)/i;
const PRODUCTION = /(^|[-_/.: ])(prod|production|prd|live)([-_/.: ]|$)/i;

const SYNONYMS: Readonly<Record<string, string>> = {
  stage: "staging",
  stg: "staging",
  dev: "development",
  testing: "test",
  review: "preview",
};

/** The stage that a name tells of, with the word that says so. */
export function stageOf(name: string): { readonly stage: Stage; readonly word: string } | undefined {
  const before = BEFORE.exec(name)?.[2]?.toLowerCase();
  if (before !== undefined) return { stage: "before", word: SYNONYMS[before] ?? before };
  const production = PRODUCTION.exec(name)?.[2];
  return production === undefined ? undefined : { stage: "production", word: "production" };
}
