import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Share of the paths that somebody must own. */
const ENOUGH = 0.8;

export default defineRule({
  title: "Every path has somebody who reviews it",
  severity: "medium",
  why: "A change that nobody is asked to review is reviewed by whoever has time, or by nobody.",
  fix: "Add `.github/CODEOWNERS` with a line for everything, as `* @org/team`, and more specific lines below it.",
  byHand: "who answers for which files is for people to say",
  references: [
    "https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
  ],
  peers: ["Allstar codeowners", "Scorecard Branch-Protection"],
  appliesTo: "any",
  scope: "repository",
  needs: ["codeOwners", "repositoryInfo", "githubSettings"],
  check({
    codeOwners: { path, lines, errors, cover, unread },
    repositoryInfo: { owner },
    githubSettings: { contributors, codeOwnersErrors },
  }) {
    if (path === undefined) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (contributors.known && (contributors.value > 1 || owner === "organization"))
        return fail([{ found: "There is no CODEOWNERS in .github/, the root or docs/." }]);
      if (contributors.known && owner === "user") return skip("one person alone works here");
      cannotJudge("there is no CODEOWNERS, and how many people work here is not known");
    }
    if (errors.length > 0) return fail(errors.map(({ line, says }) => ({ path, line, found: says })));
    // What GitHub says is of the default branch: a line that is no longer there is mended.
    const told = codeOwnersErrors.known ? codeOwnersErrors.value : [];
    const standing = told.filter((error) => error.path === path && lines.some(({ line }) => line === error.line));
    if (standing.length > 0)
      return fail(standing.map(({ line, says }) => ({ path, line, found: `GitHub says: ${says}.` })));
    const covered = `Somebody owns ${Math.floor(cover * 100)} % of the paths.`;
    if (cover >= ENOUGH) return pass([{ path, line: lines[0]?.line ?? 1, found: covered }]);
    if (cover === 0) return fail([{ path, line: 1, found: "It gives nothing an owner." }]);
    return partial(cover / ENOUGH, [{ path, line: 1, found: covered }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: { ".github/CODEOWNERS": "* @acme/platform\n", "shop/api.py": "" },
    fails: { CODEOWNERS: "* acme/platform\n", "shop/api.py": "" },
  },
});
