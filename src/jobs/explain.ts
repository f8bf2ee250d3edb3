import { ruleNamed } from "../policy/named-rule.ts";
import { explainAnswer, unknownRuleAnswer } from "../report/answers.ts";

/** What explaining needs. */
export interface Explaining {
  readonly docsUrl: string;
  readonly rules: Parameters<typeof ruleNamed>[0];
  /** Those of the repository and its organisation. */
  ownRules(): Promise<Parameters<typeof ruleNamed>[0]>;
}

/** The rules that a name may mean: those of one's own are read where it is one of theirs. */
export async function rulesFor({ rules, ownRules }: Pick<Explaining, "rules" | "ownRules">, name: string | null) {
  return name?.startsWith("own/") ? [...rules, ...(await ownRules())] : rules;
}

/** Answers why a rule matters and how to fix what it finds, or which rule may have been meant. */
export async function explain(
  ports: Explaining,
  answer: (body: string) => Promise<void>,
  name: string,
): Promise<"rocket" | "confused"> {
  const rules = await rulesFor(ports, name);
  const found = ruleNamed(rules, name);
  await answer(found ? explainAnswer(found, ports) : unknownRuleAnswer(rules, name));
  return found ? "rocket" : "confused";
}
