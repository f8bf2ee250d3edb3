import type { AnyFact, FactMap } from "../facts/fact.ts";
import { facts } from "../facts/index.ts";

/** Facts with the names that their parsed files are cached under. */
export type FactNames = ReadonlyMap<AnyFact, string>;

/** Every fact: by the name that rules ask for, or, where only another fact uses it, by its place in that one. */
export const factNames: FactNames = named();

function named(): FactNames {
  const names = new Map<AnyFact, string>(Object.entries(facts).map(([name, fact]) => [fact, name]));
  // What is added on the way is visited as well.
  for (const [fact, name] of names)
    for (const [key, used] of Object.entries(fact.uses as FactMap))
      if (!names.has(used)) names.set(used, `${name}.${key}`);
  return names;
}

/** @throws for a fact without a name: two of them would get each other's files */
export function nameOf(fact: AnyFact, names: FactNames): string {
  const name = names.get(fact);
  if (name === undefined) throw new Error("a fact is used that src/facts/index.ts does not lead to");
  return name;
}
