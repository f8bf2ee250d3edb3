import type { RuleResult } from "../../src/engine/review.ts";
import type { Comparison } from "./comparisons.ts";
import { type Decision, type Difference, decisionOn } from "./decisions.ts";
import type { Judgement } from "./peer.ts";

/** One subject that a rule and a peer's check were both asked about. */
export interface Compared extends Difference {
  readonly repository: string;
  /** `open` is a difference that nobody decided; `apart` one side does not judge. */
  readonly standing: "agreed" | "decided" | "open" | "apart";
  readonly decision?: Decision;
}

/** A repository as this project judges it. */
export interface Reviewed {
  readonly repository: string;
  readonly paths: readonly string[];
  readonly rules: readonly RuleResult[];
}

/** Holds what one peer says of a repository against our results. */
export function compare(
  { repository, paths, rules }: Reviewed,
  peer: string,
  judgements: readonly Judgement[],
  { comparisons, decisions }: { readonly comparisons: readonly Comparison[]; readonly decisions: readonly Decision[] },
): readonly Compared[] {
  return comparisons
    .filter((comparison) => comparison.peer === peer)
    .flatMap(({ rule, check, ours }) => {
      const result = rules.find(({ id }) => id === rule);
      if (!result) throw new Error(`${rule} is compared with ${peer} and is not in the catalogue`);
      return judgements
        .filter((judgement) => judgement.check === check)
        .map((judgement): Compared => {
          const difference: Difference = {
            rule,
            peer,
            check,
            path: judgement.path,
            theirs: { verdict: judgement.verdict, says: judgement.says },
            ours: { verdict: ours(result, judgement), says: wordsOf(result, judgement.path) },
          };
          return { repository, ...difference, ...standingOf(difference, paths, decisions) };
        });
    });
}

function standingOf(
  difference: Difference,
  paths: readonly string[],
  decisions: readonly Decision[],
): Pick<Compared, "standing" | "decision"> {
  const { theirs, ours } = difference;
  if (theirs.verdict === "none" || ours.verdict === "none") return { standing: "apart" };
  if (theirs.verdict === ours.verdict) return { standing: "agreed" };
  const decision = decisionOn(difference, paths, decisions);
  return decision ? { standing: "decided", decision } : { standing: "open" };
}

/** What we say on one line; of a judged file only what we say there. */
function wordsOf({ outcome, reason, evidence }: RuleResult, path: string | null): string {
  const shown = path === null ? evidence : evidence.filter((place) => place.path === path);
  const places = shown
    .slice(0, 3)
    .map(({ path: at, line, message }) => [[at, line].filter(Boolean).join(":"), message].filter(Boolean).join(" "));
  return [outcome, reason ?? [], ...places].flat().join(" · ");
}
