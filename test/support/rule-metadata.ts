/** What a rule's test lacks: a case for each outcome that its code can give, and places on a line of their own. */
export function ruleMetadata(rule: string, cases: string): readonly string[] {
  const missing: string[] = [];
  const possible: readonly (readonly [outcome: string, inRule: RegExp])[] = [
    // Only a rule that leaves the rest to GitHub's settings gives neither of the two.
    ["pass", /\b(pass|failIfAny|shareOf)\(|\bpartial\((?![A-Z_]+,)/],
    ["fail", /\b(fail|failIfAny|shareOf)\(|\bpartial\((?![A-Z_]+,)/],
    ["skip", /\bskip\(/],
    ["partial", /\b(partial|shareOf)\(/],
    ["unknown", /\bcannotJudge\(/],
  ];
  for (const [outcome, inRule] of possible) {
    if (inRule.test(rule) && !cases.includes(`expect: "${outcome}"`)) missing.push(outcome);
  }
  const problems = missing.map((outcome) => `no case expects ${outcome}`);
  if (!/evidence: \[/.test(cases)) problems.push("no case gives exact evidence");
  return problems;
}
