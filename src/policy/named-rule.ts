import { distance } from "fastest-levenshtein";
import type { CataloguedRule } from "../rule.ts";

/** Names that are offered instead of one that does not exist. */
const OFFERED = 3;

/** The rule that a person means: by its id, by one that it had before, or by its claim where that is no other's. */
export function ruleNamed(rules: readonly CataloguedRule[], name: string): CataloguedRule | undefined {
  const byId = rules.find(({ id, rule }) => id === name || rule.formerly?.includes(name));
  if (byId) return byId;
  const [only, ...others] = rules.filter(({ id }) => claimOf(id) === name);
  return others.length === 0 ? only : undefined;
}

/** The ids of rules that somebody may have meant by a name that is none; the likeliest first. */
export function rulesLike(rules: readonly CataloguedRule[], name: string): readonly string[] {
  const ids = rules.map(({ id }) => id);
  const near = likeliest(name, ids, (id) => [id, claimOf(id)]);
  return near.length > 0 ? near : ids.filter((id) => name.length > 3 && id.includes(name)).slice(0, OFFERED);
}

/** Those of the known words that a word is a slip of the finger away from; the likeliest first. */
export function likeliest(
  word: string,
  known: readonly string[],
  spellings: (word: string) => readonly string[] = (one) => [one],
): readonly string[] {
  const slips = Math.max(2, Math.floor(word.length / 4));
  return known
    .map((one) => ({ one, away: Math.min(...spellings(one).map((spelling) => distance(word, spelling))) }))
    .filter(({ away }) => away <= slips)
    .sort((a, b) => a.away - b.away)
    .slice(0, OFFERED)
    .map(({ one }) => one);
}

function claimOf(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}
