import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Programs that release push tags and versions: a narrower way past than that of a role. */
const PROGRAMS_ONLY = 0.8;
const PROGRAM = /^(Integration|DeployKey)$/;

export default defineRule({
  title: "Administrators and bots follow the same rules",
  severity: "low",
  why: "Rules that those with the most rights need not follow protect against everybody but whoever takes over one of their accounts.",
  fix: "Empty the bypass list of the ruleset, or let its entries pass for pull requests only; in a classic protection choose that administrators are not exempt.",
  byHand: "it is switched off in GitHub's settings",
  references: [
    "https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#granting-bypass-permissions-for-your-branch-or-tag-ruleset",
  ],
  peers: ["Scorecard Branch-Protection", "Allstar admin"],
  appliesTo: "any",
  scope: "repository",
  needs: ["githubSettings"],
  check({ githubSettings: { bypasses, classicProtection: classic, isProtected } }) {
    if (!bypasses.known) {
      if (bypasses.isNotOffered) return skip(bypasses.reason);
      cannotJudge(bypasses.reason);
    }
    const open = bypasses.value.flatMap(({ ruleset, always }) =>
      always.known ? always.value.map((actor) => ({ found: { ruleset, actor } })) : [],
    );
    const exempt = classic.known && classic.value?.bindsAdministrators === false;
    const places = exempt ? [...open, { found: { ruleset: "", actor: "administrators" } }] : open;
    if (places.some(({ found }) => !PROGRAM.test(found.actor))) return fail(places);
    for (const { always } of bypasses.value) if (!always.known) cannotJudge(always.reason);
    if (!classic.known && !(isProtected.known && !isProtected.value) && bypasses.value.length === 0)
      cannotJudge(classic.reason);
    if (places.length > 0) return partial(PROGRAMS_ONLY, places);
    const hasRules = bypasses.value.length > 0 || (classic.known && classic.value !== null);
    return hasRules ? pass() : skip("there is no rule that anybody could pass by");
  },
  message: ({ found: { ruleset, actor } }) => {
    if (ruleset === "") return "The protection of the default branch does not bind administrators.";
    return `The ruleset ${ruleset} does not bind ${PROGRAM.test(actor) ? "a program" : "a role or team"} (${actor}).`;
  },
  examples: {
    passes: { "shop/api.py": "" },
    fails: { "shop/api.py": "" },
    outside: {
      passes: {
        settings: { bypasses: [{ ruleset: "main", always: { known: true, value: [] } }], classicProtection: null },
      },
      fails: {
        settings: {
          bypasses: [{ ruleset: "main", always: { known: true, value: ["RepositoryRole"] } }],
          classicProtection: null,
        },
      },
    },
  },
});
