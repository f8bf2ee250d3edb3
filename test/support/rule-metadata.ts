/** What a rule's test lacks: a case for each outcome that its code can give, and places on a line of their own. */
export function ruleMetadata(rule: string, cases: string): readonly string[] {
  const missing = ["pass", "fail"].filter((outcome) => !cases.includes(`expect: "${outcome}"`));
  const optional: readonly (readonly [outcome: string, inRule: RegExp])[] = [
    ["skip", /\bskip\(/],
    ["partial", /\b(partial|shareOf)\(/],
    ["unknown", /\bcannotJudge\(/],
  ];
  for (const [outcome, inRule] of optional) {
    if (inRule.test(rule) && !cases.includes(`expect: "${outcome}"`)) missing.push(outcome);
  }
  const problems = missing.map((outcome) => `no case expects ${outcome}`);
  if (!/evidence: \[/.test(cases)) problems.push("no case gives exact evidence");
  return problems;
}
