import type { AnyFact, FactMap } from "../facts/fact.ts";

/** Every fact that these need, themselves included; what is used comes before its user. */
export function closureOf(facts: Iterable<AnyFact>): readonly AnyFact[] {
  const found = new Set<AnyFact>();
  const visit = (fact: AnyFact): void => {
    if (found.has(fact)) return;
    for (const used of Object.values(fact.uses as FactMap)) visit(used);
    found.add(fact);
  };
  for (const fact of facts) visit(fact);
  return [...found];
}
