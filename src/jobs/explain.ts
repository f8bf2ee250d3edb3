import { ruleNamed } from "../policy/named-rule.ts";
import { explainAnswer, unknownRuleAnswer } from "../report/answers.ts";

/** What explaining needs. */
export interface Explaining {
  readonly docsUrl: string;
  readonly rules: Parameters<typeof ruleNamed>[0];
}

/** Answers why a rule matters and how to fix what it finds, or which rule may have been meant. */
export async function explain(
  { rules, docsUrl }: Explaining,
  answer: (body: string) => Promise<void>,
  name: string,
): Promise<"rocket" | "confused"> {
  const found = ruleNamed(rules, name);
  await answer(found ? explainAnswer(found, { docsUrl }) : unknownRuleAnswer(rules, name));
  return found ? "rocket" : "confused";
}
