import { cannotJudge, defineRule, shareOf, skip } from "../../src/rule.ts";

const PINNED = new Set(["commit", "digest"]);
const NAMES = {
  commit: "a commit",
  digest: "a digest",
  tag: "a tag, which can be moved to other code",
  "short-commit": "a shortened commit, which GitHub takes for a branch or tag",
  name: "a branch or tag, which can be moved to other code",
  none: "no version at all",
};

export default defineRule({
  title: "Actions are pinned to a commit",
  severity: "high",
  why: "Whoever can move a tag or push to a branch of an action runs their code in your pipeline, with its token and secrets.",
  fix: "Write the full commit, `uses: owner/action@<40 hex digits> # v1.2.3`, and an image as `docker://name@sha256:<digest>`; Dependabot and Renovate keep both up to date.",
  references: [
    "https://docs.github.com/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions#using-third-party-actions",
  ],
  peers: ["Scorecard Pinned-Dependencies", "zizmor unpinned-uses", "Allstar action policy"],
  appliesTo: "any",
  scope: "repository",
  needs: ["actionReferences"],
  check({ actionReferences: { hasActions, references, unread } }) {
    const unpinned = references.filter(({ pinning, needsTag }) => !PINNED.has(pinning) && !needsTag);
    if (unpinned.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!hasActions) return skip("there are no GitHub workflows");
    // GitHub's own actions come from those who run the pipeline anyway: a tag of theirs counts half.
    const halves = unpinned.filter(({ isOfficial, pinning }) => isOfficial && pinning === "tag").length;
    const complying = references.length - unpinned.length + halves / 2;
    return shareOf(
      complying,
      references.length,
      unpinned.map(({ path, line, text, pinning, named }) => ({ path, line, found: { text, pinning, named } })),
    );
  },
  message: ({ found: { text, pinning } }) => `${text} names ${NAMES[pinning]}.`,
  repair: (_facts, places) =>
    places.flatMap(({ path, line, found: { named } }) =>
      named && path && line && !named.ref.includes("${{") ? [{ kind: "pin", path, line, ...named }] : [],
    ),
  examples: {
    passes: {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0\n",
    },
    fails: {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: acme/setup@main\n",
    },
  },
});
