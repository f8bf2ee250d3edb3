import { cannotJudge, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** A guide that leaves out one of two, or both. */
const ONE_OF_TWO = 0.8;
const NEITHER = 0.5;

export default defineRule({
  title: "How to propose a change is written down",
  severity: "low",
  why: "Whoever wants to help guesses which tests must pass and who decides, and the review goes over it again each time.",
  fix: "Add CONTRIBUTING.md: how to set up, which tests and checks must pass, and how a change is proposed and reviewed.",
  byHand: "how changes are proposed and judged is for people to say",
  references: [
    "https://docs.github.com/communities/setting-up-your-project-for-healthy-contributions/setting-guidelines-for-repository-contributors",
  ],
  peers: ["OpenSSF OSPS-GV-03.01", "CLOMonitor contributing", "OpenSSF Best Practices contribution"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  scope: "repository",
  needs: ["contributionGuide", "repositoryInfo", "githubSettings"],
  check({
    contributionGuide: { guide, unread },
    repositoryInfo: { visibility, owner },
    githubSettings: { community },
  }) {
    if (!guide) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (community.known && community.value.hasContributingGuide)
        return partial(ONE_OF_TWO, [
          { found: "The organisation's guide holds, whose text is not in this repository." },
        ]);
      if (!community.known && owner !== "user")
        cannotJudge("there is no guide here, and the organisation's .github repository may hold one for all");
      if (visibility === "unknown")
        cannotJudge("there is no guide here, and whether the repository is public is not known");
      return fail([{ found: "Neither a CONTRIBUTING file nor the README tells how to propose a change." }]);
    }
    const { path, line, saysTests, saysReview, leadsElsewhere, isEmpty, cut } = guide;
    if (isEmpty) return fail([{ path, line, found: "The guide is empty." }]);
    if (leadsElsewhere) return pass([{ path, line, found: "It leads to the guide." }]);
    if (saysTests && saysReview)
      return pass([{ path, line, found: "It tells how a change is tested and how it is proposed." }]);
    if (cut) cannotJudge(`only the beginning of ${path} could be read`);
    const missing = [saysTests ? "" : "which tests must pass", saysReview ? "" : "how a change is proposed"];
    return partial(saysTests || saysReview ? ONE_OF_TWO : NEITHER, [
      { path, line, found: `It does not tell ${missing.filter(Boolean).join(", nor ")}.` },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "CONTRIBUTING.md":
        "# Contributing\n\nRun `pytest` before you open a pull request. One maintainer reviews each change.\n",
      "slug.py": "",
    },
    fails: { "CONTRIBUTING.md": "# Contributing\n\nTo be written.\n", "slug.py": "" },
  },
});
