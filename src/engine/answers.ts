import type { AnyRule, Judgement } from "../rule.ts";
import type { Judged } from "./judge.ts";
import { isSameList } from "./same.ts";

/** What a rule said of the values that it was given. */
export interface Answer {
  readonly given: readonly unknown[];
  /** Null where it could not judge. */
  readonly judgement: Judgement<unknown> | null;
  readonly judged: Judged;
}

/** Answers by rule and the place of the view. */
export type EarlierAnswers = ReadonlyMap<AnyRule, ReadonlyMap<number, Answer>>;

/** What rules say: they are pure, so where one is given the very values of an earlier review its answer stands. */
export class Answers {
  readonly #earlier: EarlierAnswers | undefined;
  readonly #answers = new Map<AnyRule, Map<number, Answer>>();

  constructor(earlier?: EarlierAnswers) {
    this.#earlier = earlier;
  }

  /** What the next review of the same paths can use. */
  get left(): EarlierAnswers {
    return this.#answers;
  }

  of(rule: AnyRule, place: number, given: readonly unknown[], ask: () => Omit<Answer, "given">): Answer {
    const earlier = this.#earlier?.get(rule)?.get(place);
    const answer = earlier && isSameList(earlier.given, given) ? earlier : { ...ask(), given };
    const answers = this.#answers.get(rule) ?? new Map<number, Answer>();
    this.#answers.set(rule, answers.set(place, answer));
    return answer;
  }
}
