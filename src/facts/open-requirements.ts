import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { publishedRequirements } from "./published-requirements.ts";

/** Pins of what a library needs, as lower bounds: the version that was tested becomes the lowest. */
export const openRequirements = defineFact({
  uses: { publishedRequirements },
  combine: ({ uses }): readonly Edit[] =>
    uses.publishedRequirements.distributions
      .filter(({ isSibling, exact }) => !isSibling && exact !== undefined)
      // A pin among other bounds is left alone.
      .filter(({ constraint, exact }) => /^==[^=]/.test(constraint) && constraint.endsWith(exact ?? ""))
      .map(({ path, line, constraint }) => {
        return { kind: "replace", path, line, piece: constraint, by: constraint.replace("==", ">=") };
      }),
});
