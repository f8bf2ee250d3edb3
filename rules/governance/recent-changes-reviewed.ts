import { cannotJudge, defineRule, partial, skip } from "../../src/rule.ts";

/** Shares of changes between which the value grows from nothing to all. */
const TOO_FEW = 0.5;
const ENOUGH = 0.95;
/** Fewer changes tell nothing of a habit. */
const LEAST = 5;
/** Pull requests that are named. */
const NAMED = 5;

export default defineRule({
  title: "Recent changes were approved by somebody else",
  severity: "medium",
  why: "A rule that is passed by every other time is no rule; what was merged shows whether people do look at each other's changes.",
  fix: "Have each pull request approved by a person other than its author, and let nobody push to the default branch.",
  byHand: "it takes reviewers",
  references: ["https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review"],
  peers: ["Scorecard Code-Review", "PCI DSS 6.2.3.1", "SOC 2 CC8.1"],
  appliesTo: "any",
  scope: "repository",
  needs: ["githubSettings", "reviewElsewhere"],
  check({ githubSettings: { contributors, recentChanges }, reviewElsewhere }) {
    if (contributors.known && contributors.value < 2) return skip("one person alone works here");
    if (!recentChanges.known) cannotJudge(recentChanges.reason);
    if (!contributors.known) cannotJudge(`how many people work here is not known: ${contributors.reason}`);
    if (reviewElsewhere) cannotJudge(`${reviewElsewhere.path}: approvals are given in ${reviewElsewhere.system}`);
    const { merged, directPushes } = recentChanges.value;
    const byPeople = merged.filter(({ authorIsBot }) => !authorIsBot);
    const total = byPeople.length + directPushes;
    if (byPeople.length < LEAST) cannotJudge(`only ${byPeople.length} pull requests of people were merged`);
    const without = byPeople.filter(({ isReviewed }) => !isReviewed);
    const reviewed = byPeople.length - without.length;
    const value = Math.min(1, Math.max(0, (reviewed / total - TOO_FEW) / (ENOUGH - TOO_FEW)));
    const named = without.slice(0, NAMED).map(({ number }) => number);
    return partial(value, [{ found: { reviewed, total, directPushes, named } }]);
  },
  message: ({ found: { reviewed, total, directPushes, named } }) => {
    const pushes = directPushes > 0 ? `; ${directPushes} were pushed without a pull request` : "";
    const examples = named.length > 0 ? `; not approved: pull requests ${named.join(", ")}` : "";
    return `Of the last ${total} changes of people ${reviewed} were approved by somebody else${pushes}${examples}.`;
  },
  examples: {
    passes: { "shop/api.py": "" },
    fails: { "shop/api.py": "" },
    outside: {
      passes: { settings: { contributors: 3, recentChanges: { merged: changes(true), directPushes: 0 } } },
      fails: { settings: { contributors: 3, recentChanges: { merged: changes(false), directPushes: 2 } } },
    },
  },
});

function changes(isReviewed: boolean) {
  return [91, 90, 88, 85, 84].map((number) => ({ number, author: "ada", authorIsBot: false, isReviewed }));
}
