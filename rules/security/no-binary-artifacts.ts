import { defineRule, fail, partial, pass } from "../../src/rule.ts";

/** What only tests load, and a Gradle wrapper, count as low. */
const TOLERATED = 0.8;
const MOST_NAMED = 10;

export default defineRule({
  title: "What runs can be read",
  severity: "medium",
  why: "Nobody can review a compiled file: what it does, and whether it was built from the sources beside it, is a matter of faith.",
  fix: "Remove it with `git rm --cached` and add its ending to `.gitignore`; build it in the pipeline or install it from an index, and keep the weights of models in LFS, DVC or a model hub.",
  byHand: "what needs the file, and what builds it, is for people to say before it is taken out of git",
  references: ["https://github.com/ossf/scorecard/blob/main/docs/checks.md#binary-artifacts"],
  peers: ["Scorecard Binary-Artifacts", "OpenSSF OSPS-QA-05.01", "OpenSSF OSPS-QA-05.02"],
  appliesTo: "any",
  scope: "repository",
  needs: ["binaryArtifacts"],
  check({ binaryArtifacts }) {
    const open = binaryArtifacts.filter(({ isTolerated }) => !isTolerated);
    const named = open.length > 0 ? open : binaryArtifacts;
    if (named.length === 0) return pass();
    const more = named.length - MOST_NAMED;
    const places = named.slice(0, MOST_NAMED).map(({ path, kind, isTolerated }, index) => ({
      path,
      found: { kind, isTolerated, more: index === MOST_NAMED - 1 && more > 0 ? more : 0 },
    }));
    return open.length > 0 ? fail(places) : partial(TOLERATED, places);
  },
  message: ({ found: { kind, isTolerated, more } }) => {
    const what = kind === "model" ? "The weights of a model are tracked by git" : "A compiled file is tracked by git";
    const others = more > 0 ? `, and so are ${more} more` : "";
    return `${what}${isTolerated ? ", though nothing but tests or a build wrapper needs it" : ""}${others}.`;
  },
  examples: {
    passes: { "shop/api.py": "", "docs/logo.png": "" },
    fails: { "shop/api.py": "", "shop/_speed.so": "\u007fELF".padEnd(400, ".") },
  },
});
