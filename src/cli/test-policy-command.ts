import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { OWN_RULES_PATH } from "../own-rules/read.ts";
import { type TestResult, testOwnRules } from "../own-rules/test-rules.ts";
import { POLICY_PATH } from "../policy/document.ts";
import { createPythonReader } from "../python/pool.ts";
import { folderSnapshot } from "../snapshot/folder.ts";
import { textSnapshot } from "../snapshot/texts.ts";
import { errorLines, ownPolicy } from "./own-policy.ts";
import { ownRulesOf } from "./own-rules.ts";
import type { Streams } from "./review-command.ts";

/**
 * Checks the policy of a folder and runs the tests of its own rules.
 * @returns 0 when all is well, 1 when something is wrong with either.
 * @throws when there is nothing to test
 */
export async function testPolicy(
  folder: string,
  { date }: { readonly date: string },
  { out, error }: Streams,
): Promise<number> {
  const snapshot = await folderSnapshot(folder);
  const own = await ownRulesOf(snapshot);
  const { notices } = await ownPolicy(snapshot, date);
  if (!own.isThere && !snapshot.tree.some(({ path }) => path === POLICY_PATH))
    throw new Error(`${folder} has neither ${POLICY_PATH} nor ${OWN_RULES_PATH}`);
  const complaints = errorLines([...notices, ...own.notices]);
  for (const line of complaints) error.write(`pyready: ${line}\n`);
  const python = createPythonReader({ threads: 1 });
  const results = await testOwnRules(own.rules, async (rule, texts) => {
    const review = await reviewSnapshot(textSnapshot(texts), { rules: [rule], date, python });
    return review.rules[0] as (typeof review.rules)[number];
  });
  for (const result of results.filter(({ isRight }) => !isRight)) out.write(`${failureLine(result)}\n`);
  const wrong = results.filter(({ isRight }) => !isRight).length;
  out.write(`${own.rules.length} own rules, ${results.length - wrong} of ${results.length} tests pass\n`);
  return complaints.length + wrong > 0 ? 1 : 0;
}

function failureLine({ id, name, wanted, outcome, why }: TestResult): string {
  return `${id} ${name}: it should ${wanted}, and the outcome is ${outcome}${why && ` (${why})`}`;
}
