import { cannotJudge, defineRule, shareOf, skip } from "../../src/rule.ts";

const WHY = {
  runner: "is a runner that GitHub retired",
  service: "talks to a service that is gone",
  node: "is made for a version of Node that runners no longer have",
  archived: "is archived, and nobody mends it",
  command: "is a workflow command that GitHub gave up, because any output can forge it",
};

export default defineRule({
  title: "The pipeline relies on nothing that is retired",
  severity: "medium",
  why: "A retired runner or action fails on the day that its owner chooses, which tends to be the day of your release; an archived one gets no fixes.",
  fix: "Raise the version in `uses:` or the label in `runs-on:` to a current one, write outputs to `$GITHUB_OUTPUT`, and replace archived actions; Dependabot raises versions by itself.",
  references: [
    "https://github.com/actions/runner-images#available-images",
    "https://github.blog/changelog/2023-09-22-github-actions-transitioning-from-node-16-to-node-20/",
  ],
  peers: ["actionlint action", "actionlint deprecated-commands", "zizmor archived-uses", "sp-repo-review GH104"],
  appliesTo: "any",
  scope: "repository",
  needs: ["retiredPieces"],
  check({ retiredPieces: { retired, total, hasWorkflows, unread } }) {
    if (unread[0] && retired.length === 0) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!hasWorkflows) return skip("there are no GitHub workflows");
    return shareOf(
      total - retired.length,
      total,
      retired.map(({ path, line, ...found }) => ({ path, line, found })),
    );
  },
  message: ({ found: { name, why, since } }) =>
    `\`${name}\` ${WHY[why]}${since ? `: it has failed since ${since}` : ""}.`,
  repair: (_facts, places) =>
    places.flatMap(({ path, line, found: { successor } }) =>
      path && line && successor ? [{ kind: "replace", path, line, ...successor }] : [],
    ),
  examples: {
    passes: {
      ".github/workflows/ci.yml": `on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
`,
    },
    fails: {
      ".github/workflows/ci.yml": `on: push
jobs:
  test:
    runs-on: ubuntu-20.04
    steps:
      - uses: actions/checkout@v2
      - uses: actions/upload-artifact@v3
`,
    },
  },
});
