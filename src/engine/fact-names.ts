import type { AnyFact, FactMap } from "../facts/fact.ts";
import { facts } from "../facts/index.ts";
import type { CataloguedRule } from "../rule.ts";

/** Facts with the names that their parsed files are cached under. */
export type FactNames = ReadonlyMap<AnyFact, string>;

/** Every fact: by the name that rules ask for, or, where only another fact uses it, by its place in that one. */
const factNames: FactNames = named();

function named(): FactNames {
  const names = new Map<AnyFact, string>(Object.entries(facts).map(([name, fact]) => [fact, name]));
  // What is added on the way is visited as well.
  for (const [fact, name] of names)
    for (const [key, used] of Object.entries(fact.uses as FactMap))
      if (!names.has(used)) names.set(used, `${name}.${key}`);
  return names;
}

/** The same with the facts that rules have of their own: these parse a file by its format alone, and share what they read. */
export function namesWith(rules: readonly CataloguedRule[]): FactNames {
  const own = rules.flatMap(({ rule }) => Object.values(rule.facts ?? {}));
  return own.length === 0 ? factNames : new Map([...own.map((fact) => [fact, "own"] as const), ...factNames]);
}

/** @throws for a fact without a name: two of them would get each other's files */
export function nameOf(fact: AnyFact, names: FactNames): string {
  const name = names.get(fact);
  if (name === undefined) throw new Error("a fact is used that src/facts/index.ts does not lead to");
  return name;
}
